#include "dci/analytics.hpp"

#include <gtest/gtest.h>

namespace vss::dci {
namespace {

instant at(const char* text) { return *parse_instant(text); }

analytics_wish between(const char* from, const char* to, analytics_by by = analytics_by::day) {
  analytics_wish out;
  out.from = at(from);
  out.to = at(to);
  out.by = by;
  return out;
}

TEST(analytics, times_are_rounded_outwards_to_quarters) {
  auto wish = rounded(between("2026-11-23T10:14:59.999999Z", "2026-11-23T10:15:00.000001Z"));
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->from, at("2026-11-23T10:00:00Z"));
  EXPECT_EQ(wish->to, at("2026-11-23T10:30:00Z"));
  wish = rounded(between("2026-11-23T10:15:00Z", "2026-11-23T10:30:00Z"));
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->from, at("2026-11-23T10:15:00Z"));
  EXPECT_EQ(wish->to, at("2026-11-23T10:30:00Z"));
  wish = rounded(between("2000-01-01T00:00:01Z", "2000-01-01T00:10:00Z"));
  ASSERT_TRUE(wish);
  EXPECT_EQ(wish->from, at("2000-01-01T00:00:00Z"));
  EXPECT_EQ(wish->to, at("2000-01-01T00:15:00Z"));
}

TEST(analytics, has_its_bounds) {
  const auto early = rounded(between("1999-12-31T23:59:59Z", "2000-01-01T00:15:00Z"));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().problems.at(0).pointer, "/from");
  EXPECT_FALSE(rounded(between("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")));
  EXPECT_FALSE(rounded(between("2026-11-23T10:00:01Z", "2026-11-23T10:00:00Z")));
  EXPECT_TRUE(rounded(between("2025-01-01T00:00:00Z", "2026-02-05T00:00:00Z")));
  EXPECT_FALSE(rounded(between("2025-01-01T00:00:00Z", "2026-02-05T00:00:01Z")));
  EXPECT_TRUE(rounded(between("2026-01-01T00:00:00Z", "2026-03-04T00:00:00Z", analytics_by::hour)));
  EXPECT_FALSE(rounded(between("2026-01-01T00:00:00Z", "2026-03-04T00:15:00Z", analytics_by::hour)));
}

analytics_part part(std::string key, std::string digit, std::int64_t calls, std::int64_t answered, std::int64_t ms) {
  analytics_part out;
  out.label = "label of " + key;
  out.key = std::move(key);
  out.digit = std::move(digit);
  out.calls = calls;
  out.answered = answered;
  out.busy = calls - answered;
  out.talk_ms = ms;
  return out;
}

TEST(analytics, rows_of_a_key_become_one_and_ratios_are_those_of_the_sums) {
  analytics_view view;
  fold({part("a", "", 5, 1, 1600), part("a", "1", 2, 2, 2600), part("a", "9", 1, 1, 800), part("b", "", 3, 0, 0)},
       view);
  ASSERT_EQ(view.rows.size(), 2U);
  const auto& a = view.rows[0];
  EXPECT_EQ(a.label, "label of a");
  EXPECT_EQ(a.attempts, 8);
  EXPECT_EQ(a.answered, 4);
  EXPECT_EQ(a.busy, 4);
  EXPECT_EQ(a.talk_seconds, 5);
  EXPECT_EQ(a.asr, 0.5);
  EXPECT_EQ(a.acd, 1.3) << "1250 ms, rounded";
  EXPECT_EQ(a.with_digits, 3);
  EXPECT_EQ(a.digits, (std::map<std::string, std::int64_t>{{"1", 2}, {"9", 1}}));
  EXPECT_EQ(view.rows[1].asr, 0.0);
  EXPECT_FALSE(view.rows[1].acd);
  EXPECT_EQ(view.total.attempts, 11);
  EXPECT_EQ(view.total.asr, 0.3636);
}

TEST(analytics, nothing_has_no_ratio) {
  analytics_view view;
  fold({}, view);
  EXPECT_TRUE(view.rows.empty());
  EXPECT_EQ(view.total.attempts, 0);
  EXPECT_FALSE(view.total.asr);
}

TEST(analytics, csv_keeps_its_columns_whatever_a_name_holds) {
  analytics_view view;
  fold({part("k", "", 1, 1, 1000)}, view);
  view.rows[0].label = "=cmd|' /C calc'!A1, \"x\"";
  const auto text = csv_of(view);
  EXPECT_TRUE(text.starts_with("key,label,attempts,answered,"));
  EXPECT_NE(text.find("\r\nk,\"'=cmd|' /C calc'!A1, \"\"x\"\"\",1,1,0,0,0,0,0,0,0,0,1,1.0000,1.0,0\r\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace vss::dci
