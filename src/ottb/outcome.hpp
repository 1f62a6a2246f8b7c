#pragma once
// From what SIP and Q.850 said to how an attempt ended, and from there to when the lead is due again. Pure; the tables
// are in docs/flows.md, F-11.
#include <map>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "link/slot_state.hpp"

namespace vss::ottb {

// What is known when the lead's leg ends.
struct leg_facts {
  bool answered = false;
  bool blocked_at_edge = false;  // our own last barrier refused: nothing reached a carrier
  bool slot_left = false;        // our side hung up before the answer
  bool ring_timeout = false;     // our ring timer ended it
  bool trying = false;           // a carrier said 100
  bool ringing = false;          // a carrier said 180 or 183
  bool silence = false;          // no final answer of a carrier: the final code is our own
  int sip_code = 0;              // final code of the lead's leg (ChannelDestroyed.tech_cause), 0: none
  int q850 = 0;                  // ITU-T Q.850 cause, 0: none
};

link::outcome outcome_of(const leg_facts& facts);

const char* name(link::outcome what);
std::optional<link::outcome> parse_outcome(std::string_view text);

// True when a person's telephone rang or may have rung: the attempt counts towards the profile's caps.
bool reached_carrier(link::outcome what);

// Seconds until the lead is due again, by outcome name; a negative number closes the lead. What a campaign does not
// name has the defaults: busy 15 min, no_answer 1 h, failed 5 min, blocked 1 h, abandoned 15 min, unknown 72 h;
// answered, rejected and invalid close. `unknown` cannot be shortened below 72 h: it may have been answered.
using retry_rules = std::map<std::string, std::int64_t>;

struct next_step {
  bool finished = false;
  std::optional<instant> next_at{};  // when not finished
};
// `attempts`: counted attempts including this one.
next_step after(link::outcome what, int attempts, int max_attempts, const retry_rules& rules, instant now);

}  // namespace vss::ottb
