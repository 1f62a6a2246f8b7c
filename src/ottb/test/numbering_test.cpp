#include "ottb/numbering.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

TEST(numbering, each_kind_has_its_digit) {
  EXPECT_EQ(next_numbers("AUTO", {}, 2).value(), (std::vector<std::string>{"6001", "6002"}));
  EXPECT_EQ(next_numbers("MF", {}, 1).value(), (std::vector<std::string>{"7001"}));
  EXPECT_EQ(next_numbers("LS", {}, 1).value(), (std::vector<std::string>{"8001"}));
  EXPECT_EQ(next_numbers("XX", {}, 1).error().kind, errc::invalid);
}

TEST(numbering, a_used_number_is_never_given_again) {
  EXPECT_EQ(next_numbers("MF", {7001, 7003}, 3).value(), (std::vector<std::string>{"7002", "7004", "7005"}));
}

TEST(numbering, the_plan_grows_by_a_digit) {
  std::set<std::int64_t> used;
  for (int n = 7001; n <= 7998; ++n) used.insert(n);
  EXPECT_EQ(next_numbers("MF", used, 3).value(), (std::vector<std::string>{"7999", "70000", "70001"}));
  used.insert(7999);
  for (int n = 70000; n <= 79999; ++n) used.insert(n);
  EXPECT_EQ(next_numbers("MF", used, 1).value(), (std::vector<std::string>{"700000"}));
  for (int n = 700000; n <= 799999; ++n) used.insert(n);
  EXPECT_EQ(next_numbers("MF", used, 1).error().kind, errc::conflict);
}

TEST(numbering, a_number_says_its_kind) {
  EXPECT_TRUE(number_fits("7001", "MF"));
  EXPECT_TRUE(number_fits("700000", "MF"));
  EXPECT_FALSE(number_fits("7000", "MF"));
  EXPECT_FALSE(number_fits("6001", "MF"));
  EXPECT_FALSE(number_fits("7001", "??"));
  EXPECT_FALSE(is_slot_number("7a01"));
  EXPECT_FALSE(is_slot_number("700"));
  EXPECT_FALSE(is_slot_number("7000000"));
  EXPECT_FALSE(is_slot_number("1001"));
}

}  // namespace
}  // namespace vss::ottb
