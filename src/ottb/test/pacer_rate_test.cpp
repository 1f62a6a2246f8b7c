#include "ottb/pacer_rate.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace vss::ottb {
namespace {

using std::chrono::milliseconds;
const pacer_rate::moment start{};

TEST(pacer_rate, begins_with_one_and_fills_by_the_clock) {
  pacer_rate rate(10, 2, start);
  EXPECT_EQ(rate.available(start), 1);
  rate.take(1);
  EXPECT_EQ(rate.available(start + milliseconds(99)), 0);
  EXPECT_EQ(rate.next(), milliseconds(1));
  EXPECT_EQ(rate.available(start + milliseconds(100)), 1);
  EXPECT_EQ(rate.available(start + milliseconds(5000)), 2);  // never more than the capacity
}

TEST(pacer_rate, a_clock_that_goes_back_gives_nothing) {
  pacer_rate rate(10, 5, start + milliseconds(1000));
  rate.take(1);
  EXPECT_EQ(rate.available(start), 0);
  EXPECT_EQ(rate.available(start + milliseconds(100)), 1);
}

TEST(pacer_rate, in_any_second_at_most_capacity_plus_rate) {
  for (const int per_second : {1, 2, 5, 20, 137, 500}) {
    const double capacity = std::max(1.0, per_second * 0.1);
    pacer_rate rate(per_second * 0.9, capacity, start);
    std::deque<milliseconds> sent;
    for (milliseconds at{0}; at < milliseconds(10000); at += milliseconds(at.count() % 3 == 0 ? 7 : 91)) {
      const int n = rate.available(start + at);
      rate.take(n);
      for (int i = 0; i < n; ++i) sent.push_back(at);
      while (!sent.empty() && sent.front() <= at - milliseconds(1000)) sent.pop_front();
      EXPECT_LE(static_cast<int>(sent.size()), std::max(per_second, 1)) << per_second << "/s at " << at.count();
    }
  }
}

TEST(pacer_rate, the_long_run_is_the_rate) {
  pacer_rate rate(20, 2, start);
  int sent = 0;
  for (milliseconds at{0}; at <= milliseconds(60000); at += milliseconds(100)) {
    const int n = rate.available(start + at);
    rate.take(n);
    sent += n;
  }
  EXPECT_NEAR(sent, 1200, 3);
}

TEST(pacer_rate, a_new_rate_keeps_what_was_saved) {
  pacer_rate rate(10, 5, start);
  EXPECT_EQ(rate.available(start + milliseconds(300)), 4);
  rate.set(100, 2, start + milliseconds(300));
  EXPECT_EQ(rate.available(start + milliseconds(300)), 2);
}

}  // namespace
}  // namespace vss::ottb
