// What is wrong, and since when.
#include "workspace/platform_health.hpp"

#include <gtest/gtest.h>

using namespace vss;
using namespace vss::workspace;

namespace {

const health_item& of(const std::vector<health_item>& all, const std::string& id) {
  for (const auto& one : all)
    if (one.id == id) return one;
  throw std::runtime_error("no " + id);
}

}  // namespace

TEST(platform_health, numbers_become_states) {
  ottb::fleet_waits waits;
  waits.outbox = 700;
  waits.outbox_seconds = 31;
  waits.slots_fault = 2;
  const auto all = judge_health({{"postgres", true}, {"redis", false}, {"pbx", false, false}}, waits);
  EXPECT_EQ(of(all, "engine:postgres").state, "ok");
  EXPECT_EQ(of(all, "engine:redis").state, "bad");
  EXPECT_THROW(of(all, "engine:pbx"), std::runtime_error);  // another server has it
  EXPECT_EQ(of(all, "queue:outbox").state, "warn");
  EXPECT_EQ(of(all, "queue:outbox").value, 700);
  EXPECT_EQ(of(all, "lag:outbox").state, "bad");
  EXPECT_EQ(of(all, "lag:outbox").unit, "s");
  EXPECT_EQ(of(all, "fleet:slots_fault").state, "warn");
  EXPECT_EQ(of(all, "fleet:hubs_unreachable").state, "ok");
}

TEST(platform_health, without_the_truth_nothing_is_claimed) {
  const auto all = judge_health({{"postgres", false}}, std::nullopt);
  EXPECT_EQ(of(all, "engine:postgres").state, "bad");
  EXPECT_EQ(of(all, "queue:outbox").state, "unknown");
  EXPECT_FALSE(of(all, "queue:outbox").value);
}

TEST(platform_health, a_server_that_was_there_and_is_not_is_wrong_for_a_quarter_of_an_hour) {
  server_roll roll("one:7:server:aaaa");
  const instant first{std::chrono::seconds(1)};
  const auto at = [&](int minutes) { return first + std::chrono::minutes(minutes); };
  auto all = roll.call("one:7:server:aaaa two:9:server:bbbb", first);
  EXPECT_EQ(of(all, "process:server@one").state, "ok");
  EXPECT_EQ(of(all, "process:server@two").state, "ok");
  all = roll.call(std::nullopt, at(1));
  EXPECT_EQ(of(all, "process:server@two").state, "unknown");
  all = roll.call("", at(2));
  EXPECT_EQ(of(all, "process:server@one").state, "ok");  // owns nothing, but it is here
  EXPECT_EQ(of(all, "process:server@two").state, "bad");
  all = roll.call("two:10:server:cccc", at(3));
  EXPECT_EQ(of(all, "process:server@two").state, "ok");
  all = roll.call("", at(19));
  EXPECT_EQ(all.size(), 1U);
}

TEST(platform_health, a_state_keeps_the_moment_when_it_began) {
  health_memory memory;
  const instant first{std::chrono::seconds(1)}, later{std::chrono::seconds(9)}, last{std::chrono::seconds(20)};
  auto all = judge_health({{"redis", true}}, std::nullopt);
  memory.date(all, first);
  memory.date(all, later);
  EXPECT_EQ(of(all, "engine:redis").since, first);
  all = judge_health({{"redis", false}}, std::nullopt);
  memory.date(all, last);
  EXPECT_EQ(of(all, "engine:redis").since, last);
}
