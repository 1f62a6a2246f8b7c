#pragma once
// The permit: the one-use right to place one attempt now. `permit_desk` is the only door: the REST route issues, the
// call controller consumes, the edge sends. Every step is one compare-and-set in PostgreSQL; twenty at once let exactly
// one through. Nothing else in the product can construct a permit, and nothing reaches a trunk without one.
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/async.hpp"
#include "base/secret.hpp"
#include "base/trail.hpp"
#include "link/lead.hpp"
#include "link/slot_state.hpp"

namespace vss::ottb {

// What the controller learns when it consumes a permit: enough to dial, nothing that is not needed.
struct consumed_permit {
  trail story;
  std::string attempt;  // uuid, also the CDR's call id
  std::string campaign;
  std::string mode;  // ivr, progressive
  std::string flow;  // uuid of the IVR flow, "" without
  e164 number;       // the lead's number; stays in the server
  std::string caller_id;
  int ring_seconds = 25;
  int max_call_seconds = 3600;
};

// What the edge gets for a sent permit: the trunks in order of preference and the caller ID.
struct edge_decision {
  std::vector<int> trunks;
  std::string caller_id;
};

enum class permit_refusal : std::uint8_t { unknown, used, expired, foreign, stopped, wrong_number };
const char* name(permit_refusal why);

// Facts about the end of a call as the PBX saw it; the first of hub and PBX to report ends the attempt, the PBX's
// outcome wins, a disagreement becomes an event.
struct call_end {
  std::string attempt;
  link::outcome outcome = link::outcome::unknown;
  int sip_code = 0;
  int q850 = 0;
  std::optional<int> trunk;
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
  instant ended_at{};
  std::string dtmf{};
  std::string hangup_by{};  // lead, slot, flow, limit, operator, lost
  std::string lead_call_id{};
  std::int64_t rtp_sent = 0;
  std::int64_t rtp_received = 0;
};

class permit_desk {
 public:
  virtual ~permit_desk() = default;
  // F-01 step 3, for the hub's REST call. `hub` is the authenticated archont.
  virtual task<result<link::permit_answer>> issue(std::string hub, link::permit_request request) = 0;
  // issued -> consumed, bound to the slot that Kamailio authenticated. `slot_call_id`: SIP Call-ID of the slot leg.
  virtual task<result<std::variant<consumed_permit, permit_refusal>>> consume(std::string permit, std::string slot,
                                                                              std::string slot_call_id) = 0;
  // consumed -> sent, once; checks again that the number is the lead's and not on a do-not-call list.
  virtual task<result<std::variant<edge_decision, permit_refusal>>> send(std::string permit, e164 to,
                                                                         std::string lead_call_id) = 0;
  // `trunk`: the one that carries it now, 0 when that is not known.
  virtual task<result<void>> ringing(std::string attempt, instant at, int trunk) = 0;
  virtual task<result<void>> answered(std::string attempt, instant at, int trunk) = 0;
  virtual task<result<void>> ended(call_end facts) = 0;
  // The callee opted out (DTMF, G-3): do-not-call at once, everywhere, queued attempts cancelled, edge updated; < 1 s.
  virtual task<result<void>> opt_out(std::string attempt, std::string how) = 0;
};

}  // namespace vss::ottb
