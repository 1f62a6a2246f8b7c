#include "ottb/link_identity.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

known_run known() {
  known_run out;
  out.run_id = "r7";
  out.boot_id = "b1";
  out.generation = 7;
  out.received_n = 100;
  out.replaced_runs = {"r5", "r6"};
  return out;
}

link::hello said(std::string run, std::int64_t generation, std::string boot = "b1", std::int64_t last_sent = 100) {
  link::hello out;
  out.run_id = std::move(run);
  out.generation = generation;
  out.boot_id = std::move(boot);
  out.last_sent = last_sent;
  return out;
}

TEST(link_identity, the_first_hello_is_believed) {
  EXPECT_EQ(judge(known_run{}, said("r1", 1, "b1", 0)), hello_verdict::accepted);
}

TEST(link_identity, the_same_run_comes_back_after_a_cut) {
  EXPECT_EQ(judge(known(), said("r7", 7, "b1", 180)), hello_verdict::accepted);
}

TEST(link_identity, a_restart_is_the_next_generation) {
  EXPECT_EQ(judge(known(), said("r8", 8)), hello_verdict::accepted);
  EXPECT_EQ(judge(known(), said("r9", 11, "b2")), hello_verdict::accepted) << "restarts out of our sight";
}

TEST(link_identity, a_run_that_was_replaced_cannot_come_back) {
  EXPECT_EQ(judge(known(), said("r6", 6)), hello_verdict::copied);
  EXPECT_EQ(judge(known(), said("r5", 9)), hello_verdict::copied);
}

TEST(link_identity, a_generation_used_twice_is_a_copy) {
  EXPECT_EQ(judge(known(), said("r8", 7)), hello_verdict::copied);
  EXPECT_EQ(judge(known(), said("r8", 7, "b2")), hello_verdict::copied) << "the numbers did not go back: no power loss";
}

TEST(link_identity, what_went_back_after_a_power_loss_only_warns) {
  EXPECT_EQ(judge(known(), said("r8", 6, "b2", 40)), hello_verdict::rolled_back);
  EXPECT_EQ(judge(known(), said("r8", 7, "b2", 40)), hello_verdict::rolled_back);
  EXPECT_EQ(judge(known(), said("r8", 8, "b1", 40)), hello_verdict::rolled_back);
  EXPECT_EQ(judge(known(), said("r7", 7, "b1", 40)), hello_verdict::rolled_back);
}

TEST(link_identity, a_hub_that_begins_anew_in_its_first_generation_only_warns) {
  auto first = known();
  first.generation = 1;
  EXPECT_EQ(judge(first, said("r8", 1, "b1", 0)), hello_verdict::rolled_back);
  EXPECT_EQ(judge(first, said("r8", 1, "b1", 100)), hello_verdict::copied) << "it knows what was said";
  EXPECT_EQ(judge(first, said("r6", 1, "b1", 0)), hello_verdict::copied) << "the one whose place was taken";
}

TEST(link_identity, a_locked_identity_stays_out) {
  auto locked = known();
  locked.locked = true;
  EXPECT_EQ(judge(locked, said("r7", 7)), hello_verdict::locked);
}

}  // namespace
}  // namespace vss::ottb
