#pragma once
// What the PBX tells us, as values: ARI events and the edge's evapi events reduced to what a call needs. Pure.
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

namespace vss::ottb {

struct pbx_event {
  std::string type;               // ARI's event type, or "edge.blocked", "edge.trunk_result", "edge.answered",
                                  // "edge.routed", "edge.over", "hang_up", "lost"
  std::string channel;            // id of the channel it is about (for Dial: the called one)
  std::string state;              // channel state: Ring, Ringing, Up...
  std::string protocol_id;        // SIP Call-ID
  std::vector<std::string> args;  // of StasisStart
  std::map<std::string, std::string> variables;
  std::string dial_status;
  std::string digit;
  std::string playback;
  int cause = 0;            // Q.850
  int tech_cause = 0;       // SIP
  int trunk = 0;            // edge.trunk_result, edge.answered
  std::vector<int> trunks;  // edge.routed: ours, when the edge was told where to send the call
  int saw = 0;              // highest provisional code that the carrier sent
  bool silent = false;      // the carrier's final word was silence
  bool final_word = true;   // no further trunk will be tried
  std::string reason;       // hang_up: who asked
  // ChannelVarset of RTPAUDIOQOS, which Asterisk sets when a channel hangs up: packets of the leg, -1 when not told
  std::int64_t sent = -1;
  std::int64_t received = -1;
};

// An ARI event; type "" when it is of no interest.
pbx_event from_ari(const boost::json::object& event);
// A channel of GET /channels as if it had just started.
pbx_event from_channel(const boost::json::object& channel);

// An evapi event about a call's lead leg (engines/kamailio/README.md); type "" when it is of no interest.
pbx_event from_edge(const boost::json::object& event);
// dlg.dlg_list answers one dialog or a list of them; an unknown Call-ID is an error object, and there are none.
std::vector<boost::json::object> dialogs_of(const boost::json::value& answer);

std::string text_at(const boost::json::object& from, std::string_view key);
std::int64_t whole_at(const boost::json::object& from, std::string_view key);

}  // namespace vss::ottb
