// The process's loop: when a stop is heard, and what it answers. It is one for a process's whole life, so each test has
// a process.
#include "base/loop.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <csignal>

using namespace vss;
using testing::ExitedWithCode;

namespace {

loop_body body_of(std::function<task<void>(executor)> start) {
  return {std::move(start), []() -> task<void> {
            fmt::print(stderr, "stopped in order");
            co_return;
          }};
}

task<void> stopped_meanwhile(executor) {
  std::raise(SIGTERM);
  co_return;
}

task<void> no_room(executor) {
  throw std::runtime_error("no room");
  co_return;
}

}  // namespace

TEST(loop_death, a_stop_during_the_start_stops_in_order) {
  EXPECT_EXIT(std::exit(run_loop(body_of(stopped_meanwhile))), ExitedWithCode(0), "^stopped in order$");
}

TEST(loop_death, a_start_that_fails_ends_with_1_and_is_not_stopped) {
  EXPECT_EXIT(std::exit(run_loop(body_of(no_room))), ExitedWithCode(1), "vss: no room\n$");
}
