#include "ottb/why.hpp"

#include <gtest/gtest.h>

#include "ottb/why_words.hpp"

namespace vss::ottb {
namespace {

const instant now = *parse_instant("2026-11-23T08:00:00Z");

// A campaign that has all it needs.
dialling_facts good() {
  dialling_facts out;
  out.state = campaign_state::running;
  out.whole.allowed = true;
  out.slots.chosen = out.slots.free = 3;
  out.leads.due_now = 10;
  out.trunks = {1, 0, 0, 1, 10, 2};
  return out;
}

std::vector<std::string> codes(const why_view& from, bool stopping) {
  std::vector<std::string> out;
  for (const auto& each : from.reasons) {
    if (each.stops == stopping) out.push_back(each.code);
  }
  return out;
}
using list = std::vector<std::string>;

TEST(why, nothing_is_in_the_way) {
  const auto said = why_not(good(), now);
  EXPECT_TRUE(said.reasons.empty());
  EXPECT_FALSE(said.dialling) << "it has not begun yet";
}

TEST(why, it_dials_while_calls_are_under_way_or_an_attempt_is_young) {
  auto facts = good();
  facts.calls_now = 1;
  EXPECT_TRUE(why_not(facts, now).dialling);
  facts.calls_now = 0;
  facts.last_attempt = now - seconds(10);
  EXPECT_TRUE(why_not(facts, now).dialling);
  facts.last_attempt = now - seconds(11);
  EXPECT_FALSE(why_not(facts, now).dialling);
  facts.calls_now = 1;
  facts.state = campaign_state::paused;
  EXPECT_FALSE(why_not(facts, now).dialling) << "what rings after a pause is not dialling";
  facts.state = campaign_state::draining;
  EXPECT_TRUE(why_not(facts, now).dialling);
}

TEST(why, every_state_that_does_not_dial_says_so) {
  for (const auto state : {campaign_state::draft, campaign_state::paused, campaign_state::draining,
                           campaign_state::stopped, campaign_state::finished}) {
    auto facts = good();
    facts.state = state;
    EXPECT_EQ(codes(why_not(facts, now), true), list{std::string("campaign_") + name(state)});
  }
}

TEST(why, a_finished_campaign_has_one_reason_only) {
  dialling_facts facts;
  facts.state = campaign_state::finished;
  facts.leads.finished = 5;
  EXPECT_EQ(why_not(facts, now).reasons.size(), 1U);
}

TEST(why, the_rules_of_the_whole_campaign_have_their_moment) {
  auto facts = good();
  facts.whole = {false, refusal_reason::campaign_not_started, now + seconds(60)};
  const auto said = why_not(facts, now);
  ASSERT_EQ(said.reasons.size(), 1U);
  EXPECT_EQ(said.reasons[0].code, "campaign_not_started");
  EXPECT_EQ(said.reasons[0].until, now + seconds(60));
  EXPECT_TRUE(said.reasons[0].stops);
}

TEST(why, slots_are_counted_by_what_keeps_them) {
  auto facts = good();
  facts.slots = {.chosen = 7,
                 .unreachable = 1,
                 .locked = 1,
                 .drained = 1,
                 .quarantine = 1,
                 .fault = 1,
                 .busy = 1,
                 .not_ready = 0,
                 .unregistered = 1};
  const auto said = why_not(facts, now);
  EXPECT_EQ(codes(said, true), list{"no_free_slot"});
  EXPECT_FALSE(said.reasons[0].count) << "the words hold no number";
  EXPECT_EQ(codes(said, false), (list{"slots_busy", "slots_unreachable", "slots_fault", "slots_locked", "slots_drained",
                                      "slots_quarantine", "slots_unregistered"}));
  facts.slots = {};
  EXPECT_EQ(codes(why_not(facts, now), true), list{"no_slot_chosen"});
}

TEST(why, a_free_slot_beside_busy_ones_stops_nothing) {
  auto facts = good();
  facts.slots = {.chosen = 2, .busy = 1, .free = 1};
  const auto said = why_not(facts, now);
  EXPECT_TRUE(codes(said, true).empty());
  EXPECT_EQ(codes(said, false), list{"slots_busy"});
}

TEST(why, leads_that_wait_stop_it_when_none_is_due) {
  auto facts = good();
  facts.leads = {.due_now = 0, .waiting = 9, .in_call = 0, .finished = 1};
  facts.waiting = {{"", 4, now + seconds(300)}, {"outside_window", 3, now + seconds(3600)}, {"zone_unknown", 2, now}};
  auto said = why_not(facts, now);
  EXPECT_EQ(codes(said, true), (list{"waiting_for_retry", "outside_window", "zone_unknown"}));
  EXPECT_EQ(said.reasons[1].count, 3);
  EXPECT_EQ(said.reasons[1].until, now + seconds(3600));
  EXPECT_EQ(said.reasons[2].words, words(refusal_reason::zone_unknown, false));
  facts.leads.due_now = 1;
  said = why_not(facts, now);
  EXPECT_TRUE(codes(said, true).empty());
  EXPECT_EQ(said.reasons.size(), 3U);
}

TEST(why, no_lead_is_left) {
  auto facts = good();
  facts.leads = {};
  EXPECT_EQ(codes(why_not(facts, now), true), list{"no_leads"});
  facts.leads.finished = 8;
  EXPECT_EQ(codes(why_not(facts, now), true), list{"leads_finished"});
  facts.leads.in_call = 1;
  EXPECT_EQ(codes(why_not(facts, now), true), list{"leads_in_call"});
}

TEST(why, trunks) {
  auto facts = good();
  facts.trunks = {3, 2, 1, 0, 0, 0};
  EXPECT_EQ(codes(why_not(facts, now), true), (list{"trunks_down", "trunks_not_for_caller"}));
  facts.trunks = {2, 1, 0, 1, 10, 3};
  EXPECT_EQ(codes(why_not(facts, now), false), list{"trunks_down"});
  facts.trunks = {1, 0, 0, 1, 10, 10};
  EXPECT_EQ(codes(why_not(facts, now), true), list{"trunks_full"});
  facts.trunks.channels_in_use = 1;
  facts.trunk_token = false;
  EXPECT_EQ(codes(why_not(facts, now), false), list{"trunks_at_rate"});
}

TEST(why, the_house_matters_while_the_campaign_lives) {
  auto facts = good();
  facts.server_ready = facts.paced = facts.broker_up = false;
  facts.messages = 4;
  const auto said = why_not(facts, now);
  EXPECT_EQ(codes(said, true), (list{"server_not_ready", "no_server", "broker_away"}));
  EXPECT_EQ(said.reasons[2].count, 4);
  facts.state = campaign_state::draft;
  EXPECT_EQ(codes(why_not(facts, now), true), list{"campaign_draft"});
}

TEST(why, a_message_that_waits_too_long_means_that_the_broker_is_away) {
  auto facts = good();
  facts.oldest_message = now - seconds(5);
  EXPECT_TRUE(why_not(facts, now).reasons.empty());
  facts.oldest_message = now - seconds(6);
  EXPECT_EQ(codes(why_not(facts, now), true), list{"broker_away"});
}

TEST(why, has_words_in_both_languages_for_all_it_says) {
  EXPECT_FALSE(has_why_words("nonsense"));
  EXPECT_THROW(why_words("nonsense"), std::logic_error);
  EXPECT_NE(std::string_view(why_words("slots_busy").english), why_words("slots_busy").russian);
}

}  // namespace
}  // namespace vss::ottb
