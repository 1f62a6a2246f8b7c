#include "link/config_hash.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace vss::link {
namespace {

boost::json::value json(const char* text) { return boost::json::parse(text); }

TEST(config_hash, canonical_json_sorts_members_and_keeps_arrays) {
  EXPECT_EQ(canonical_json(json(R"({ "b" : [2, 1], "a" : {"z": null, "y": "\u00e9\n"} })")),
            "{\"a\":{\"y\":\"\xc3\xa9\\n\",\"z\":null},\"b\":[2,1]}");
  EXPECT_EQ(canonical_json(json("{}")), "{}");
  EXPECT_EQ(canonical_json(json("[]")), "[]");
  EXPECT_EQ(canonical_json(json("[{},[]]")), "[{},[]]");
}

TEST(config_hash, the_hash_does_not_know_the_order_of_members) {
  EXPECT_EQ(config_hash(json(R"({"a":1,"b":2})")), config_hash(json(R"({"b":2,"a":1})")));
  EXPECT_NE(config_hash(json(R"({"a":1,"b":2})")), config_hash(json(R"({"a":1,"b":3})")));
  EXPECT_EQ(config_hash(json("{}")), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

TEST(config_hash, drift_names_what_differs) {
  const auto desired =
      json(R"({"realm":"vss.local","slots":[{"number":"7001","enabled":true},{"number":"7002"}],"x~/":1})");
  const auto running = json(R"({"realm":"other","slots":[{"number":"7001","enabled":false}],"extra":0})");
  EXPECT_EQ(config_drift(desired, running),
            (std::vector<std::string>{"/extra", "/realm", "/slots/0/enabled", "/slots/1", "/x~0~1"}));
  EXPECT_TRUE(config_drift(desired, desired).empty());
  EXPECT_EQ(config_drift(desired, json("3")), (std::vector<std::string>{""}));
}

TEST(config_hash, drift_is_bounded) {
  boost::json::array many;
  for (int i = 0; i < 500; ++i) many.push_back(i);
  EXPECT_EQ(config_drift(many, boost::json::array{}).size(), 100u);
}

}  // namespace
}  // namespace vss::link
