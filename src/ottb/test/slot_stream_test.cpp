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

}  // namespace
}  // namespace vss::ottb
