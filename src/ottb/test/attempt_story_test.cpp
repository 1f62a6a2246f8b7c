#include "ottb/attempt_story.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

const instant now = *parse_instant("2026-11-23T08:00:00Z");  // a Monday

TEST(attempt_story, gates_stand_in_the_order_in_which_they_are_asked) {
  // Everything is wrong at once; each round mends what was refused, and the next gate must be the next in the list.
  lead_snapshot lead;
  lead.listed_global = lead.listed_national = lead.listed_campaign = true;
  lead.region = "US";
  lead.attempts = 9;
  lead.dialled = {now - seconds(60)};
  campaign_snapshot campaign;
  campaign.starts_at = now + seconds(60);
  campaign.ends_at = now - seconds(60);
  campaign.advertising = true;
  profile rules;
  rules.countries = {"RU"};
  rules.caps = {{24, 1}};
  const std::vector<std::pair<refusal_reason, std::function<void()>>> mends{
      {refusal_reason::campaign_not_running, [&] { campaign.running = true; }},
      {refusal_reason::campaign_not_started, [&] { campaign.starts_at.reset(); }},
      {refusal_reason::campaign_over, [&] { campaign.ends_at.reset(); }},
      {refusal_reason::advertising_by_machine, [&] { campaign.advertising = false; }},
      {refusal_reason::caller_id_not_owned, [&] { campaign.caller_id_owned = true; }},
      {refusal_reason::no_trunk, [&] { campaign.any_trunk = true; }},
      {refusal_reason::window_required, [&] { rules.hours.windows = {{1, 0, 60}}; }},
      {refusal_reason::do_not_call, [&] { lead.listed_global = false; }},
      {refusal_reason::do_not_call_national, [&] { lead.listed_national = false; }},
      {refusal_reason::do_not_call_campaign, [&] { lead.listed_campaign = false; }},
      {refusal_reason::no_consent, [&] { lead.consent = true; }},
      {refusal_reason::country_not_allowed, [&] { lead.region = "RU"; }},
      {refusal_reason::attempts_exhausted, [&] { lead.attempts = 0; }},
      {refusal_reason::attempt_cap, [&] { lead.dialled.clear(); }},
      {refusal_reason::zone_unknown, [&] { lead.zones = {"Europe/Moscow"}; }},
      {refusal_reason::outside_window, [&] { rules.hours.windows = {{127, 0, 1440}}; }}};
  const auto all = gates_of("");
  ASSERT_EQ(all.size(), mends.size());
  for (std::size_t i = 0; i < mends.size(); ++i) {
    const auto said = decide(lead, campaign, rules, now);
    ASSERT_FALSE(said.allowed);
    EXPECT_EQ(said.reason, mends[i].first);
    const auto gates = gates_of(name(said.reason));
    for (std::size_t k = 0; k < gates.size(); ++k) {
      const auto wanted = k < i ? gate_result::passed : k == i ? gate_result::refused : gate_result::not_asked;
      EXPECT_EQ(gates[k].result, wanted) << gates[k].gate;
    }
    mends[i].second();
  }
  EXPECT_TRUE(decide(lead, campaign, rules, now).allowed);
}

TEST(attempt_story, a_yes_passed_every_gate_and_a_stale_assignment_met_none) {
  for (const auto& each : gates_of("")) EXPECT_EQ(each.result, gate_result::passed);
  for (const auto& each : gates_of("stale_assignment")) EXPECT_EQ(each.result, gate_result::not_asked);
}

attempt_view answered() {
  attempt_view out;
  out.state = "done";
  out.outcome = "answered";
  out.ringing_at = now + seconds(3);
  out.answered_at = now + seconds(3);
  out.ended_at = now + seconds(30);
  return out;
}
std::string text(const std::vector<ladder_step>& steps) {
  std::string out;
  for (const auto& each : steps) out += each.from + ">" + each.to + ":" + each.message + " ";
  return out;
}
const std::vector<permit_view> used{{"sent", now, now + seconds(3), now + seconds(1), now + seconds(2)}};

TEST(attempt_story, the_ladder_of_an_answered_call) {
  call_sides record;
  record.hangup_by = "lead";
  EXPECT_EQ(text(ladder_of(answered(), used, record)),
            "slot>pbx:INVITE pbx>trunk:INVITE trunk>pbx:180 trunk>pbx:200 trunk>pbx:BYE ");
  record.hangup_by = "slot";
  EXPECT_TRUE(text(ladder_of(answered(), used, record)).ends_with("slot>pbx:BYE "));
  EXPECT_TRUE(text(ladder_of(answered(), used, std::nullopt)).ends_with("pbx>trunk:BYE "));
}

TEST(attempt_story, the_ladder_of_a_call_that_nobody_took) {
  auto attempt = answered();
  attempt.answered_at.reset();
  attempt.sip_code = 486;
  attempt.outcome = "busy";
  EXPECT_EQ(text(ladder_of(attempt, used, std::nullopt)),
            "slot>pbx:INVITE pbx>trunk:INVITE trunk>pbx:180 trunk>pbx:486 ");
  attempt.outcome = "abandoned";
  EXPECT_TRUE(text(ladder_of(attempt, used, std::nullopt)).ends_with("pbx>trunk:CANCEL "));
  attempt.ended_at.reset();
  EXPECT_TRUE(text(ladder_of(attempt, used, std::nullopt)).ends_with("trunk>pbx:180 ")) << "it rings";
}

TEST(attempt_story, nothing_went_over_sip_without_a_used_permit) {
  auto attempt = answered();
  attempt.answered_at.reset();
  EXPECT_TRUE(ladder_of(attempt, {}, std::nullopt).empty());
  EXPECT_TRUE(ladder_of(attempt, {{"expired", now, now + seconds(3), {}, {}}}, std::nullopt).empty());
}

TEST(attempt_view, ids_lie_between_the_times_asked_for) {
  attempt_filter filter;
  EXPECT_EQ(ids_of(filter).above, "00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(ids_of(filter).below, "ffffffff-ffff-ffff-ffff-ffffffffffff");
  filter.from = instant{milliseconds{0x0123456789ab} + std::chrono::hours(1)};
  filter.to = instant{milliseconds{0x0123456789ac} - std::chrono::hours(1)};
  EXPECT_EQ(ids_of(filter).above, "01234567-89ab-0000-0000-000000000000");
  EXPECT_EQ(ids_of(filter).below, "01234567-89ac-ffff-ffff-ffffffffffff");
  filter.after = "01234567-89ab-7000-8000-000000000001";
  EXPECT_EQ(ids_of(filter).above, filter.after);
  filter.newest_first = true;
  EXPECT_EQ(ids_of(filter).below, filter.after);
  filter.after = "ff234567-89ab-7000-8000-000000000001";
  EXPECT_EQ(ids_of(filter).below, "01234567-89ac-ffff-ffff-ffffffffffff") << "never beyond the time asked for";
  filter.from = instant{seconds(-10)};
  EXPECT_EQ(ids_of(filter).above, "00000000-0000-0000-0000-000000000000");
}

}  // namespace
}  // namespace vss::ottb
