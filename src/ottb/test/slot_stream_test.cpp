#include "ottb/slot_stream.hpp"

#include <gtest/gtest.h>

#include "base/dto.hpp"

namespace vss::ottb {
namespace {

TEST(slot_stream, an_entry_is_json_of_what_changed) {
  const std::vector<slot_delta> deltas{{"7001", "h", "FAULT", 3, true, "AUTH\"", instant{}, false},
                                       {"7002", "h", "IDLE", 0, false, "", instant{}, true}};
  const auto json = dto::parse_json(deltas_json(deltas));
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->at(0).at("fault_code").as_string(), "AUTH\"");
  EXPECT_EQ(json->at(1).at("state").as_string(), "IDLE");
  EXPECT_EQ(json->at(1).as_object().if_contains("fault_code"), nullptr);
  EXPECT_EQ(deltas_json({}), "[]");
}

TEST(slot_stream, an_entry_reads_back_and_what_is_not_understood_is_left_out) {
  const instant since{std::chrono::seconds(1790000000)};
  const std::vector<slot_delta> deltas{{"7001", "h", "FAULT", 3, true, "AUTH", since, false, 12, "c", true, false},
                                       {"7002", "h", "IDLE", 0, false, "", since, true, 13, "", false, true}};
  const auto news = read_slot_news(deltas_json(deltas));
  ASSERT_EQ(news.size(), 2U);
  EXPECT_EQ(news[0].number, "7001");
  EXPECT_EQ(news[0].hub_id, "h");
  EXPECT_EQ(news[0].state, "FAULT");
  EXPECT_EQ(news[0].since, since);
  EXPECT_TRUE(news[0].registered);
  EXPECT_EQ(news[0].fault_code, "AUTH");
  EXPECT_EQ(news[0].campaign, "c");
  EXPECT_EQ(news[0].epoch, 3);
  EXPECT_EQ(news[0].version, 12);
  EXPECT_TRUE(news[0].locked);
  EXPECT_TRUE(news[1].drained);
  EXPECT_EQ(news[1].campaign, std::nullopt);
  // of an older server without versions, of a newer one with more, and nonsense
  const auto mixed = read_slot_news(
      R"([{"number":"1","since":"2026-11-22T15:04:05Z"},{"number":"2","version":1,"since":"2026-11-22T15:04:05Z","x":{}},
          {"number":"3","version":1,"since":"soon"},7])");
  ASSERT_EQ(mixed.size(), 1U);
  EXPECT_EQ(mixed[0].number, "2");
  EXPECT_TRUE(read_slot_news("{").empty());
  EXPECT_TRUE(read_slot_news("{}").empty());
}

}  // namespace
}  // namespace vss::ottb
