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

}  // namespace vss::ottb
