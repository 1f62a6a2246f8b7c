#include "ottb/permit_route.hpp"

#include <gtest/gtest.h>

#include <map>

namespace vss::ottb {
namespace {

using ids = std::vector<int>;

trunk_choice trunk(int id, std::string prefix = "", int priority = 0, int weight = 50) {
  trunk_choice out;
  out.id = id;
  out.prefix = std::move(prefix);
  out.priority = priority;
  out.weight = weight;
  return out;
}

TEST(permit_route, the_longest_prefix_wins_then_priority) {
  fake_random random(1);
  const std::vector<trunk_choice> all{trunk(11, "", 0), trunk(12, "7", 5), trunk(13, "+7495", 9), trunk(14, "1", 0),
                                      trunk(15, "7", 1)};
  EXPECT_EQ(choose_trunks(all, {}, "+74951234567", random), (ids{13, 15, 12, 11}));
  EXPECT_EQ(choose_trunks(all, {}, "+79161234567", random), (ids{15, 12, 11}));
  EXPECT_EQ(choose_trunks(all, {}, "+12125550123", random), (ids{14, 11}));
  EXPECT_EQ(choose_trunks(all, {}, "+442079460018", random), (ids{11}));
}

TEST(permit_route, what_is_down_comes_last_whatever_its_prefix) {
  fake_random random(1);
  std::vector<trunk_choice> all{trunk(11, ""), trunk(12, "7")};
  all[1].down = true;
  EXPECT_EQ(choose_trunks(all, {}, "+79161234567", random), (ids{11, 12}));
}

TEST(permit_route, campaign_caller_and_simulation_narrow) {
  fake_random random(1);
  std::vector<trunk_choice> all{trunk(11), trunk(12, "", 1), trunk(13, "", 2)};
  all[2].simulated = true;
  EXPECT_EQ(choose_trunks(all, {{12, 13}, {}, false}, "+1", random), (ids{12, 13}));
  EXPECT_EQ(choose_trunks(all, {{12, 13}, {11, 12}, false}, "+1", random), (ids{12}));
  EXPECT_EQ(choose_trunks(all, {{}, {}, true}, "+1", random), (ids{13}));
  EXPECT_TRUE(choose_trunks(all, {{11}, {12}, false}, "+1", random).empty());
  EXPECT_TRUE(choose_trunks({}, {}, "+1", random).empty());
}

TEST(permit_route, weight_shares_one_priority) {
  fake_random random(7);
  const std::vector<trunk_choice> all{trunk(11, "", 0, 90), trunk(12, "", 0, 10)};
  std::map<int, int> first;
  for (int i = 0; i < 2000; ++i) ++first[choose_trunks(all, {}, "+1", random).front()];
  EXPECT_GT(first[11], 1700);
  EXPECT_GT(first[12], 20);
}

}  // namespace
}  // namespace vss::ottb
