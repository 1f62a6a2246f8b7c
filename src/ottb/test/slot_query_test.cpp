#include "ottb/slot_query.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

slot_query parsed(std::string_view text) {
  auto out = parse_slot_query(text);
  EXPECT_TRUE(out.has_value()) << text;
  return out.value_or(slot_query{});
}

std::string first_problem(std::string_view text) {
  auto out = parse_slot_query(text);
  if (out || out.error().problems.empty()) return "";
  return out.error().problems.front().pointer + " " + out.error().problems.front().message;
}

TEST(slot_query, an_empty_text_asks_nothing) {
  const auto query = parsed("   ");
  EXPECT_TRUE(query.states.empty() && query.hubs.empty() && query.numbers.empty() && query.words.empty());
  EXPECT_FALSE(query.retired);
}

TEST(slot_query, every_key_is_understood) {
  const auto query = parsed("state:FAULT,ready hub:mf-01 kind:mf number:7001-7010,7020 fault:auth 358A");
  EXPECT_EQ(query.states, (std::vector<std::string>{"FAULT", "READY"}));
  EXPECT_EQ(query.hubs, (std::vector<std::string>{"mf-01"}));
  EXPECT_EQ(query.kinds, (std::vector<std::string>{"MF"}));
  EXPECT_EQ(query.numbers, (std::vector<number_range>{{7001, 7010}, {7020, 7020}}));
  EXPECT_EQ(query.faults, (std::vector<std::string>{"AUTH"}));
  EXPECT_EQ(query.words, (std::vector<std::string>{"358A"}));
}

TEST(slot_query, attributes_can_be_asked_and_negated) {
  const auto query = parsed("is:drain -is:registered is:virtual,leased is:retired");
  EXPECT_EQ(query.drain, true);
  EXPECT_EQ(query.registered, false);
  EXPECT_EQ(query.is_virtual, true);
  EXPECT_EQ(query.leased, true);
  EXPECT_FALSE(query.locked.has_value());
  EXPECT_TRUE(query.retired);
}

TEST(slot_query, quotes_hold_spaces_commas_and_colons) {
  const auto query = parsed(R"(hub:"mf 01, left" "a:b")");
  EXPECT_EQ(query.hubs, (std::vector<std::string>{"mf 01, left"}));
  EXPECT_EQ(query.words, (std::vector<std::string>{"a:b"}));
}

TEST(slot_query, each_wrong_word_is_reported_where_it_begins) {
  const auto out = parse_slot_query("state:BROKEN hub:x number:7010-7001 colour:red");
  ASSERT_FALSE(out.has_value());
  ASSERT_EQ(out.error().problems.size(), 3u);
  EXPECT_EQ(out.error().problems[0].pointer, "/q/1");
  EXPECT_EQ(out.error().problems[1].pointer, "/q/20");
  EXPECT_EQ(out.error().problems[2].pointer, "/q/37");
}

TEST(slot_query, hostile_text_is_refused_not_obeyed) {
  EXPECT_EQ(first_problem("hub:\"mf"), "/q/1 a quote is not closed");
  EXPECT_EQ(first_problem("hub:"), "/q/1 a value is missing");
  EXPECT_EQ(first_problem("state:IDLE,,READY"), "/q/1 a value is missing");
  EXPECT_EQ(first_problem("number:99999999999"), "/q/1 not a number or a range of numbers: 99999999999");
  EXPECT_EQ(first_problem("number:-5"), "/q/1 not a number or a range of numbers: -5");
  EXPECT_EQ(first_problem("-state:IDLE"), "/q/1 only is: can be negated");
  EXPECT_EQ(first_problem("-is:retired").substr(0, 12), "/q/1 is: exp");
  EXPECT_EQ(first_problem("campaign:1;drop"), "/q/1 not a campaign id: 1;drop");
  EXPECT_EQ(first_problem(std::string(1001, 'a')), "/q longer than 1000 characters");
  EXPECT_EQ(first_problem("\xff\xfe"), "/q not UTF-8 text");
  EXPECT_EQ(first_problem(std::string_view("a\0b", 3)), "/q not UTF-8 text");
  std::string many = "number:1";
  for (int i = 0; i < 64; ++i) many += ",1";
  EXPECT_EQ(first_problem(many), "/q more than 64 values");
}

}  // namespace
}  // namespace vss::ottb
