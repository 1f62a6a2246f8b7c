// One million random schedules against the slot's state machine: nothing may break, ever.
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "link/test/slot_world.hpp"

using namespace vss::link;

TEST(slot_schedules, a_million_break_no_invariant) {
#ifdef NDEBUG
  constexpr std::uint64_t schedules = 1'000'000;
#else
  constexpr std::uint64_t schedules = 100'000;  // unoptimised and sanitised builds
#endif
  constexpr std::uint64_t threads = 2;
  std::array<world_counts, threads> counts{};
  std::array<std::string, threads> broken{};
  {
    std::vector<std::jthread> runners;
    for (std::uint64_t t = 0; t < threads; ++t) {
      runners.emplace_back([t, &counts, &broken] {
        for (std::uint64_t seed = t; seed < schedules && broken[t].empty(); seed += threads) {
          const auto what = slot_world(seed).run(40, counts[t]);
          if (!what.empty()) broken[t] = "seed " + std::to_string(seed) + ": " + what;
        }
      });
    }
  }
  for (std::uint64_t t = 0; t < threads; ++t) {
    EXPECT_EQ(broken[t], "");
    RecordProperty("steps_" + std::to_string(t), std::to_string(counts[t].steps));
    EXPECT_GT(counts[t].invites, 1'000U);
    EXPECT_GT(counts[t].illegal, 1'000U);
    EXPECT_GT(counts[t].stale, 1'000U);
    EXPECT_GT(counts[t].reported, 1'000U);
  }
}
