#pragma once
// Why is nothing, or less than wished, being dialled for a campaign now? One pure function from what is known of its
// state, rules, slots, trunks, leads and the house to reasons with a code, words and a count: first what stops every
// new call, then what only makes it less.
#include "base/dto.hpp"
#include "ottb/campaign.hpp"
#include "ottb/compliance.hpp"

namespace vss::ottb {

// The chosen slots, each counted once, in the first class that fits.
struct why_slots {
  std::int64_t chosen = 0;
  std::int64_t unreachable = 0;  // the hub's link is cut
  std::int64_t locked = 0;       // the slot or its hub
  std::int64_t drained = 0;      // the slot or its hub
  std::int64_t quarantine = 0;
  std::int64_t fault = 0;
  std::int64_t busy = 0;          // leased, or on its way back to IDLE
  std::int64_t not_ready = 0;     // the hub is not reconciled or runs another configuration
  std::int64_t unregistered = 0;  // no SIP registration
  std::int64_t free = 0;
};
BOOST_DESCRIBE_STRUCT(why_slots, (),
                      (chosen, unreachable, locked, drained, quarantine, fault, busy, not_ready, unregistered, free))

struct why_leads {
  std::int64_t due_now = 0, waiting = 0, in_call = 0, finished = 0;
  std::optional<instant> next_at{};  // of those that wait
};
BOOST_DESCRIBE_STRUCT(why_leads, (), (due_now, waiting, in_call, finished, next_at))

struct why_trunks {
  std::int64_t chosen = 0;  // enabled, and the campaign may use them
  std::int64_t down = 0, not_for_caller = 0, usable = 0;
  std::int64_t channels = 0, channels_in_use = 0;  // of the usable ones
};
BOOST_DESCRIBE_STRUCT(why_trunks, (), (chosen, down, not_for_caller, usable, channels, channels_in_use))

struct why_reason {
  std::string code;
  std::string words;  // English
  std::string words_ru;
  std::optional<std::int64_t> count;
  std::optional<instant> until;  // when it heals by itself
  bool stops = false;            // nothing new begins because of it
};
BOOST_DESCRIBE_STRUCT(why_reason, (), (code, words, words_ru, count, until, stops))

struct why_view {
  bool dialling = false;
  campaign_state state{};
  std::int64_t calls_now = 0;
  std::optional<instant> last_attempt_at;
  why_slots slots;
  why_leads leads;
  why_trunks trunks;
  std::vector<why_reason> reasons;
};
BOOST_DESCRIBE_STRUCT(why_view, (), (dialling, state, calls_now, last_attempt_at, slots, leads, trunks, reasons))

struct waiting_leads {
  std::string refusal;  // "": they wait for their next attempt
  std::int64_t count = 0;
  instant next_at{};
};

struct dialling_facts {
  campaign_state state{};
  decision whole;  // of the campaign as if it were running
  why_slots slots;
  why_leads leads;
  std::vector<waiting_leads> waiting;
  why_trunks trunks;
  bool trunk_token = true;  // a usable trunk may take a call in this moment
  std::int64_t calls_now = 0;
  std::optional<instant> last_attempt;
  bool server_ready = true;  // the picture of the fleet is whole
  bool paced = true;         // some server holds the campaign's lease:
  std::string pacer;         // this one
  bool broker_up = true;
  std::int64_t messages = 0;  // of this campaign that wait for the broker
  std::optional<instant> oldest_message;
};

why_view why_not(const dialling_facts& facts, instant now);

}  // namespace vss::ottb
