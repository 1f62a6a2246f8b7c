#pragma once
// A campaign as the API speaks of it: what is dialled, by which rules, through which slots and trunks. Pure.
#include "base/dto.hpp"
#include "ottb/campaign.hpp"

namespace vss::ottb {

struct slot_choice {  // empty: all
  std::vector<std::string> kinds;
  std::vector<std::string> hubs;  // labels
  std::vector<std::string> numbers;
};
BOOST_DESCRIBE_STRUCT(slot_choice, (), (kinds, hubs, numbers))
inline auto dto_rules(const slot_choice*) {
  return dto::rules(dto::has_default<&slot_choice::kinds>(), dto::format<&slot_choice::kinds>("AUTO|MF|LS"),
                    dto::items<&slot_choice::kinds>(0, 3), dto::has_default<&slot_choice::hubs>(),
                    dto::items<&slot_choice::hubs>(0, 1000), dto::length<&slot_choice::hubs>(1, 100),
                    dto::has_default<&slot_choice::numbers>(), dto::items<&slot_choice::numbers>(0, 10000),
                    dto::format<&slot_choice::numbers>("[678][0-9]{3,5}"));
}

struct campaign_input {
  std::string name;
  campaign_mode mode = campaign_mode::ivr;
  campaign_purpose purpose = campaign_purpose::service;
  std::optional<std::string> profile;  // id; default: the newest version of `strict`
  std::optional<std::string> flow;     // id; needed by mode ivr
  std::string caller_id;               // +E.164, one of ours
  slot_choice slots;
  std::vector<std::int32_t> trunks;
  std::int32_t max_attempts = 3;
  std::int32_t ring_seconds = 25;
  std::int32_t max_call_seconds = 3600;
  std::int32_t calls_per_second = 20;
  std::map<std::string, std::int64_t> retry;  // seconds by outcome, negative: never
  std::optional<instant> starts_at;
  std::optional<instant> ends_at;
};
BOOST_DESCRIBE_STRUCT(campaign_input, (),
                      (name, mode, purpose, profile, flow, caller_id, slots, trunks, max_attempts, ring_seconds,
                       max_call_seconds, calls_per_second, retry, starts_at, ends_at))
inline auto dto_rules(const campaign_input*) {
  return dto::rules(
      dto::length<&campaign_input::name>(1, 100), dto::has_default<&campaign_input::purpose>(),
      dto::format<&campaign_input::profile>("[0-9a-f-]{36}"), dto::format<&campaign_input::flow>("[0-9a-f-]{36}"),
      dto::format<&campaign_input::caller_id>("\\+[1-9][0-9]{6,14}"), dto::has_default<&campaign_input::slots>(),
      dto::has_default<&campaign_input::trunks>(), dto::items<&campaign_input::trunks>(0, 100),
      dto::has_default<&campaign_input::max_attempts>(), dto::range<&campaign_input::max_attempts>(1, 20),
      dto::has_default<&campaign_input::ring_seconds>(), dto::range<&campaign_input::ring_seconds>(3, 120),
      dto::has_default<&campaign_input::max_call_seconds>(), dto::range<&campaign_input::max_call_seconds>(5, 14400),
      dto::has_default<&campaign_input::calls_per_second>(), dto::range<&campaign_input::calls_per_second>(1, 1000),
      dto::has_default<&campaign_input::retry>());
}

// What the rules of single members cannot say: an IVR needs a flow, an end is later than its start, retry names
// outcomes, and US-2: a ring shorter than 15 s belongs to simulated trunks (a profile without windows) only.
result<void> check(const campaign_input& input, bool profile_has_windows);

struct campaign_counts {
  std::int64_t leads = 0, due = 0, queued = 0, finished = 0;
  std::int64_t attempts = 0;                     // those that have an outcome
  std::map<std::string, std::int64_t> outcomes;  // attempts by outcome
  std::int64_t calls_now = 0;                    // dialling, ringing or answered
  std::int64_t answered_now = 0;
  std::int64_t dtmf = 0;  // digits pressed
};
BOOST_DESCRIBE_STRUCT(campaign_counts, (),
                      (leads, due, queued, finished, attempts, outcomes, calls_now, answered_now, dtmf))

struct campaign_view {
  std::string id;
  std::string name;
  campaign_mode mode{};
  campaign_purpose purpose{};
  campaign_state state{};
  std::string profile;
  std::optional<std::string> flow;
  std::string caller_id;
  slot_choice slots;
  std::vector<std::int32_t> trunks;
  std::int32_t max_attempts = 0, ring_seconds = 0, max_call_seconds = 0, calls_per_second = 0;
  std::map<std::string, std::int64_t> retry;
  std::optional<instant> starts_at, ends_at, started_at, finished_at;
  instant created_at{};
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(campaign_view, (),
                      (id, name, mode, purpose, state, profile, flow, caller_id, slots, trunks, max_attempts,
                       ring_seconds, max_call_seconds, calls_per_second, retry, starts_at, ends_at, started_at,
                       finished_at, created_at, version))

}  // namespace vss::ottb
