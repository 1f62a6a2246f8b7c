#pragma once
// Facts that OTTB announces in-process. The left never learns who listens: app wires them to DCI and others.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/trail.hpp"
#include "link/slot_state.hpp"

namespace vss::ottb {

enum class call_direction : std::uint8_t { outbound, inbound, internal };

// A call ended as the PBX saw it: the server's half of its CDR. No phone numbers.
struct call_ended {
  trail story;
  std::string call_id;  // ours: the attempt's id outbound, Kamailio's UUID otherwise
  call_direction direction = call_direction::outbound;
  std::optional<std::string> slot;
  std::optional<std::string> attempt;
  std::optional<std::string> campaign;
  std::optional<int> trunk;
  instant started_at{};
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
  instant ended_at{};
  link::outcome outcome = link::outcome::unknown;
  int sip_code = 0;
  int q850 = 0;
  std::string hangup_by;
  std::int64_t rtp_sent = 0;  // by Asterisk towards the far leg
  std::int64_t rtp_received = 0;
  std::string dtmf;  // digits that Asterisk understood
  std::string slot_call_id;
  std::string lead_call_id;
};
using call_ended_fn = std::function<void(const call_ended&)>;

// An attempt has its outcome (again when the PBX corrects what the hub said first). No phone numbers.
struct attempt_ended {
  trail story;
  std::string attempt;
  std::string campaign;
  std::int64_t lead = 0;
  std::string slot;
  link::outcome outcome = link::outcome::unknown;
  std::optional<link::outcome> hub_said;
  std::optional<link::outcome> pbx_said;  // both there and different: a disagreement
  bool lead_finished = false;
};
using attempt_ended_fn = std::function<void(const attempt_ended&)>;

struct campaign_changed {
  std::string campaign;
  std::string state;  // running, paused, draining, stopped, finished
  std::string by;     // person id, or "system"
};
using campaign_changed_fn = std::function<void(const campaign_changed&)>;

// A number came on or off a do-not-call list: the edge compares `edge_hash`, in every server process at once.
struct dnc_changed {
  std::string edge_hash;
  std::string scope;  // global, national, or a campaign uuid
  bool listed = true;
};
using dnc_changed_fn = std::function<void(const dnc_changed&)>;

}  // namespace vss::ottb
