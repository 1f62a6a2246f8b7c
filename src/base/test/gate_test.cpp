// The gate: how many get in, in which order, and who leaves the line.
#include "base/gate.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/scope.hpp"

using namespace vss;

namespace {

void run(std::function<task<void>(executor)> body) {
  boost::asio::io_context context{1};
  bool done = false;
  boost::asio::co_spawn(context, body(context.get_executor()), [&done](std::exception_ptr thrown) {
    done = true;
    EXPECT_FALSE(thrown);
  });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!done && std::chrono::steady_clock::now() < until) context.run_one_for(milliseconds(50));
  EXPECT_TRUE(done);
}

}  // namespace

TEST(gate, lets_so_many_in_and_the_others_in_their_order) {
  run([](executor on) -> task<void> {
    gate two(on, 2);
    scope all(on, "test");
    std::vector<int> order;
    int inside = 0;
    int most = 0;
    const auto visit = [](gate& at, int n, int& in, int& peak, std::vector<int>& to) -> task<void> {
      const auto place = co_await at.enter(milliseconds(5000));
      if (!place) co_return;
      peak = std::max(peak, ++in);
      to.push_back(n);
      co_await pause(milliseconds(1));
      --in;
    };
    const auto hasty = [](gate& at, bool& gave_up) -> task<void> {
      const auto place = co_await at.enter(milliseconds(0));
      gave_up = !place.has_value();
    };
    std::vector<int> expected;
    bool gave_up = false;
    for (int n = 0; n < 100; ++n) {
      expected.push_back(n);
      all.spawn("visit", visit(two, n, inside, most, order));
      if (n == 50) all.spawn("hasty", hasty(two, gave_up));
    }
    while (all.running() > 0) co_await pause(milliseconds(2));
    EXPECT_EQ(order, expected);
    EXPECT_EQ(most, 2);
    EXPECT_TRUE(gave_up);
    EXPECT_EQ(two.waiting(), 0U);
  });
}

// Who is cancelled in the line does not keep his turn.
TEST(gate, forgets_who_was_cancelled) {
  run([](executor on) -> task<void> {
    gate one(on, 1);
    auto place = co_await one.enter(milliseconds(100));
    const auto wait = [](gate& at, bool& in) -> task<void> {
      const auto got = co_await at.enter(milliseconds(5000));
      in = got.has_value();
    };
    bool first = false;
    bool second = false;
    scope cancelled(on, "cancelled");
    cancelled.spawn("first", wait(one, first));
    scope all(on, "test");
    all.spawn("second", wait(one, second));
    co_await pause(milliseconds(2));
    co_await cancelled.stop(milliseconds(100));
    place.reset();
    while (all.running() > 0) co_await pause(milliseconds(2));
    EXPECT_FALSE(first);
    EXPECT_TRUE(second);
  });
}
