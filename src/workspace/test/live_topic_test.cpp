// A topic's picture: last value wins, numbers without gaps, a snapshot is what all deltas make.
#include "workspace/live_topic.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/dto.hpp"

using namespace vss;
using workspace::live_topic;

namespace {

using picture = std::map<std::string, std::string>;
using dto::json::array;
using dto::json::object;

object parsed(const std::string& frame) {
  auto tree = dto::parse_json(frame);
  EXPECT_TRUE(tree && tree->is_object()) << frame;
  return tree ? tree->get_object() : object{};
}

std::string item(const std::string& id, int value) {
  return R"({"id":")" + id + R"(","v":)" + std::to_string(value) + "}";
}

// What a browser does with the frames.
struct listener {
  picture seen{};
  std::int64_t seq = 0;

  void take(const object& frame) {
    const bool snap = frame.at("t") == "snap";
    if (snap) seen.clear();
    if (!snap) EXPECT_EQ(frame.at("seq").as_int64(), seq + 1);
    seq = frame.at("seq").as_int64();
    for (const auto& one : frame.at("items").as_array())
      seen[std::string(one.at("id").as_string())] = dto::json::serialize(one);
    if (snap) return;
    for (const auto& id : frame.at("gone").as_array()) seen.erase(std::string(id.as_string()));
  }
};

}  // namespace

TEST(live_topic, the_last_value_of_a_tick_is_told_once) {
  live_topic t("slots");
  t.put("7001", item("7001", 1));
  t.put("7001", item("7001", 2));
  EXPECT_EQ(t.flush(), R"({"t":"delta","topic":"slots","seq":1,"items":[{"id":"7001","v":2}],"gone":[]})");
  EXPECT_EQ(t.flush(), std::nullopt);
  t.put("7001", item("7001", 3));
  t.put("7001", item("7001", 2));  // back to what was told
  EXPECT_EQ(t.flush(), std::nullopt);
  EXPECT_EQ(t.seq(), 1);
}

TEST(live_topic, what_went_is_named_and_what_came_and_went_is_not) {
  live_topic t("calls");
  t.put("a", item("a", 1));
  t.flush();
  t.drop("a");
  t.put("b", item("b", 1));
  t.drop("b");
  EXPECT_EQ(t.flush(), R"({"t":"delta","topic":"calls","seq":2,"items":[],"gone":["a"]})");
  EXPECT_EQ(t.snapshot(), R"({"t":"snap","topic":"calls","seq":2,"items":[]})");
}

TEST(live_topic, a_whole_new_picture_replaces_the_old_one) {
  live_topic t("hubs");
  t.replace({{"a", item("a", 1)}, {"b", item("b", 1)}});
  t.flush();
  t.put("c", item("c", 1));  // not told yet, and not in the next picture
  t.replace({{"b", item("b", 1)}, {"d", item("d", 4)}});
  EXPECT_EQ(t.flush(), R"({"t":"delta","topic":"hubs","seq":2,"items":[{"id":"d","v":4}],"gone":["a"]})");
}

TEST(live_topic, whoever_comes_at_any_moment_sees_the_same) {
  std::mt19937 dice(20261123);
  live_topic t("slots");
  picture truth;
  std::vector<listener> all;
  for (int step = 0; step < 20000; ++step) {
    const std::string id = std::to_string(dice() % 40);
    if (dice() % 5 == 0) {
      t.drop(id);
      truth.erase(id);
    } else {
      const int value = static_cast<int>(dice() % 3);
      t.put(id, item(id, value));
      truth[id] = item(id, value);
    }
    if (dice() % 4 != 0) continue;
    if (const auto delta = t.flush()) {
      const auto frame = parsed(*delta);
      for (auto& one : all) one.take(frame);
    }
    if (all.size() < 50 && dice() % 20 == 0) all.emplace_back().take(parsed(t.snapshot()));
    for (const auto& one : all) ASSERT_EQ(one.seen, truth);
  }
  EXPECT_EQ(all.size(), 50U);
}
