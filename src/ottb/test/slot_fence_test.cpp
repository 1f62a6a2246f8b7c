#include "ottb/slot_fence.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

using link::slot_state;

slot_mark mark(std::int64_t state_n, std::int64_t epoch, std::int64_t seen, bool leased) {
  slot_mark out;
  out.number = "7001";
  out.state = "IDLE";
  out.state_n = state_n;
  out.epoch = epoch;
  out.seen_epoch = seen;
  out.leased = leased;
  if (leased) out.attempt = "a";
  return out;
}

link::slot_picture picture(slot_state state, std::int64_t epoch, std::optional<std::string> attempt = {}) {
  link::slot_picture out;
  out.slot = "7001";
  out.state = state;
  out.epoch = epoch;
  out.attempt = std::move(attempt);
  return out;
}

TEST(slot_fence, words_are_taken_once_and_in_order) {
  EXPECT_EQ(judge(mark(10, 3, 3, true), 11, 3), fence_verdict::apply);
  EXPECT_EQ(judge(mark(10, 3, 3, true), 10, 3), fence_verdict::seen);
  EXPECT_EQ(judge(mark(10, 3, 3, true), 9, 3), fence_verdict::seen);
}

TEST(slot_fence, an_older_epoch_is_stale) {
  EXPECT_EQ(judge(mark(10, 3, 3, true), 11, 2), fence_verdict::stale) << "a lease is live";
  EXPECT_EQ(judge(mark(10, 3, 3, false), 11, 2), fence_verdict::stale) << "the hub itself went further";
  EXPECT_EQ(judge(mark(10, 4, 3, true), 11, 3), fence_verdict::stale) << "leased again, the lead is still on its way";
}

TEST(slot_fence, a_lease_that_never_reached_the_hub_does_not_silence_it) {
  EXPECT_EQ(judge(mark(10, 4, 3, false), 11, 3), fence_verdict::apply);
}

TEST(slot_fence, a_newer_epoch_is_believed) { EXPECT_EQ(judge(mark(10, 3, 3, false), 11, 9), fence_verdict::apply); }

TEST(slot_reconcile, equal_pictures_change_nothing) {
  const auto plan = reconcile({mark(5, 1, 1, false)}, {picture(slot_state::IDLE, 1)}, 5);
  EXPECT_TRUE(plan.corrections.empty() && plan.lost.empty() && plan.commands.empty() && plan.absent.empty());
}

TEST(slot_reconcile, the_hub_is_right_about_its_states) {
  const auto plan = reconcile({mark(5, 1, 1, false)}, {picture(slot_state::ACTIVE_CALL, 1)}, 5);
  ASSERT_EQ(plan.corrections.size(), 1u);
  EXPECT_TRUE(plan.corrections[0].state_differs);
}

TEST(slot_reconcile, a_hub_that_lost_its_journal_is_believed_in_its_own_epoch_unless_a_lease_is_live) {
  EXPECT_EQ(reconcile({mark(5, 7, 7, false)}, {picture(slot_state::IDLE, 0)}, 5).corrections.size(), 1u);
  EXPECT_TRUE(reconcile({mark(5, 7, 7, true)}, {picture(slot_state::IDLE, 0)}, 5).corrections.empty());
}

TEST(slot_reconcile, a_slot_that_spoke_after_the_snapshot_is_left_alone) {
  const auto plan = reconcile({mark(6, 1, 1, true)}, {picture(slot_state::FAULT, 1)}, 5);
  EXPECT_TRUE(plan.corrections.empty() && plan.lost.empty());
}

TEST(slot_reconcile, an_attempt_that_the_hub_forgot_is_lost) {
  EXPECT_EQ(reconcile({mark(5, 2, 2, true)}, {picture(slot_state::IDLE, 2)}, 5).lost.size(), 1u);
  EXPECT_EQ(reconcile({mark(5, 2, 2, true)}, {picture(slot_state::CALLING, 2, "b")}, 5).lost.size(), 1u);
  EXPECT_EQ(reconcile({mark(5, 2, 2, true)}, {}, 5).lost.size(), 1u);
}

TEST(slot_reconcile, an_attempt_still_on_its_way_or_under_way_is_not_lost) {
  EXPECT_TRUE(reconcile({mark(5, 2, 1, true)}, {picture(slot_state::IDLE, 1)}, 5).lost.empty()) << "in the queue";
  EXPECT_TRUE(reconcile({mark(5, 2, 2, true)}, {picture(slot_state::CALLING, 2, "a")}, 5).lost.empty());
  EXPECT_TRUE(reconcile({mark(5, 2, 1, true)}, {}, 5).lost.empty());
}

TEST(slot_reconcile, our_attributes_win) {
  auto ours = mark(5, 1, 1, false);
  ours.drain = true;
  auto theirs = picture(slot_state::IDLE, 1);
  theirs.locked = true;
  const auto plan = reconcile({ours}, {theirs}, 5);
  ASSERT_EQ(plan.commands.size(), 2u);
  EXPECT_EQ(plan.commands[0].verb, "drain");
  EXPECT_EQ(plan.commands[1].verb, "unlock");
}

TEST(slot_reconcile, foreign_and_absent_slots_are_named) {
  auto other = picture(slot_state::IDLE, 0);
  other.slot = "7999";
  const auto plan = reconcile({mark(0, 0, 0, false)}, {other}, 5);
  EXPECT_EQ(plan.foreign, (std::vector<std::string>{"7999"}));
  EXPECT_EQ(plan.absent, (std::vector<std::string>{"7001"}));
}

}  // namespace
}  // namespace vss::ottb
