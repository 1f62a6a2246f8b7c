#include "ottb/call_rate.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

using std::chrono::seconds;

TEST(call_rate, is_the_growth_of_the_last_minute) {
  const call_rate::moment start{};
  call_rate rate;
  EXPECT_EQ(rate.look(start, 1000), 0);  // what was before the first look is nobody's rate
  EXPECT_EQ(rate.look(start + seconds(10), 1010), 10);
  EXPECT_EQ(rate.look(start + seconds(30), 1025), 25);
  EXPECT_EQ(rate.look(start + seconds(65), 1040), 40);  // nobody looked at 5 s: the look before it counts
  EXPECT_EQ(rate.look(start + seconds(75), 1041), 31);
  EXPECT_EQ(rate.look(start + seconds(200), 1041), 0);
}

TEST(call_rate, begins_anew_when_the_total_shrinks) {
  const call_rate::moment start{};
  call_rate rate;
  rate.look(start, 100);
  EXPECT_EQ(rate.look(start + seconds(1), 150), 50);
  EXPECT_EQ(rate.look(start + seconds(2), 10), 0);
  EXPECT_EQ(rate.look(start + seconds(3), 12), 2);
}

}  // namespace
}  // namespace vss::ottb
