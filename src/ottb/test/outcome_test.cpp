#include "ottb/outcome.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

using link::outcome;

leg_facts final_code(int sip, int q850) {
  leg_facts facts;
  facts.sip_code = sip;
  facts.q850 = q850;
  facts.trying = true;
  return facts;
}

TEST(outcome, by_final_code) {
  const std::tuple<int, int, outcome> all[] = {
      {486, 17, outcome::busy},      {600, 17, outcome::busy},      {0, 17, outcome::busy},
      {480, 19, outcome::no_answer}, {480, 20, outcome::no_answer}, {0, 18, outcome::no_answer},
      {404, 1, outcome::invalid},    {410, 22, outcome::invalid},   {484, 28, outcome::invalid},
      {604, 1, outcome::invalid},    {0, 1, outcome::invalid},      {603, 21, outcome::rejected},
      {607, 21, outcome::rejected},  {608, 21, outcome::rejected},  {403, 21, outcome::rejected},
      {0, 21, outcome::rejected},    {503, 34, outcome::failed},    {500, 38, outcome::failed},
      {0, 0, outcome::failed},       {408, 0, outcome::failed},     {488, 58, outcome::failed},
  };
  for (const auto& [sip, q850, wanted] : all) {
    EXPECT_EQ(outcome_of(final_code(sip, q850)), wanted) << sip << "/" << q850;
  }
}

TEST(outcome, order_of_the_rules) {
  auto facts = final_code(603, 21);
  facts.blocked_at_edge = true;
  EXPECT_EQ(outcome_of(facts), outcome::blocked);
  facts.answered = true;
  EXPECT_EQ(outcome_of(facts), outcome::answered);
  facts = final_code(487, 127);
  facts.slot_left = true;
  EXPECT_EQ(outcome_of(facts), outcome::abandoned);
  facts = final_code(480, 19);
  facts.ring_timeout = true;
  facts.ringing = true;
  EXPECT_EQ(outcome_of(facts), outcome::no_answer);
}

TEST(outcome, silence) {
  auto facts = final_code(408, 18);
  facts.silence = true;
  facts.trying = false;
  EXPECT_EQ(outcome_of(facts), outcome::failed);  // the carrier never spoke
  facts.trying = true;
  EXPECT_EQ(outcome_of(facts), outcome::unknown);  // it took the call and went away
  facts.trying = false;
  facts.ringing = true;
  EXPECT_EQ(outcome_of(facts), outcome::unknown);
}

TEST(outcome, names_go_both_ways) {
  for (int i = 0; i <= static_cast<int>(outcome::unknown); ++i) {
    EXPECT_EQ(parse_outcome(name(static_cast<outcome>(i))), static_cast<outcome>(i));
  }
  EXPECT_FALSE(parse_outcome("nope"));
  EXPECT_FALSE(parse_outcome(""));
}

const instant now = parse_instant("2026-11-23T12:00:00Z").value();

std::int64_t wait(outcome what, const retry_rules& rules = {}, int attempts = 1, int most = 3) {
  const auto step = after(what, attempts, most, rules, now);
  EXPECT_NE(step.finished, step.next_at.has_value());
  return step.finished ? -1 : std::chrono::duration_cast<std::chrono::seconds>(*step.next_at - now).count();
}

TEST(retry, defaults) {
  EXPECT_EQ(wait(outcome::busy), 900);
  EXPECT_EQ(wait(outcome::no_answer), 3600);
  EXPECT_EQ(wait(outcome::failed), 300);
  EXPECT_EQ(wait(outcome::blocked), 3600);
  EXPECT_EQ(wait(outcome::abandoned), 900);
  EXPECT_EQ(wait(outcome::unknown), 72 * 3600);
  for (const auto closed : {outcome::answered, outcome::rejected, outcome::invalid}) EXPECT_EQ(wait(closed), -1);
}

TEST(retry, the_campaign_may_say_otherwise) {
  EXPECT_EQ(wait(outcome::busy, {{"busy", 60}}), 60);
  EXPECT_EQ(wait(outcome::busy, {{"busy", -1}}), -1);
  EXPECT_EQ(wait(outcome::busy, {{"no_answer", 60}}), 900);
  EXPECT_EQ(wait(outcome::rejected, {{"rejected", 86400}}), 86400);
  EXPECT_EQ(wait(outcome::answered, {{"answered", 60}}), -1);
}

TEST(retry, unknown_is_never_due_before_72_hours) {
  EXPECT_EQ(wait(outcome::unknown, {{"unknown", 1}}), 72 * 3600);
  EXPECT_EQ(wait(outcome::unknown, {{"unknown", 100 * 3600}}), 100 * 3600);
  EXPECT_EQ(wait(outcome::unknown, {{"unknown", -1}}), -1);
}

TEST(retry, the_last_attempt_finishes) {
  EXPECT_EQ(wait(outcome::busy, {}, 3, 3), -1);
  EXPECT_EQ(wait(outcome::busy, {}, 2, 3), 900);
  EXPECT_EQ(wait(outcome::unknown, {}, 1, 1), -1);
}

}  // namespace
}  // namespace vss::ottb
