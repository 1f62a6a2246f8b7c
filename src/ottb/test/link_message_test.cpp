#include "ottb/link_message.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

const instant now = instant{} + seconds(1'800'000'000);

link_item item(const char* text) {
  const auto message = read_envelope(text);
  EXPECT_TRUE(message) << text;
  return numbered_item("hub", *message, milliseconds{0}, now);
}

std::string detail_of(const char* text) { return std::get<link::hub_event>(item(text).body).detail; }

TEST(link_message, escaped_nuls_are_left_out_and_what_only_looks_like_one_stays) {
  EXPECT_EQ(
      detail_of(R"({"t":"event","n":1,"body":{"trail":"","kind":"k","severity":"info","at":"2026-01-01T00:00:00Z",)"
                R"("detail":"a\u0000b"}})"),
      "ab");
  EXPECT_EQ(detail_of(R"({"t":"event","n":1,"body":{"trail":"\u0000","kind":"k","severity":"info",)"
                      R"("at":"2026-01-01T00:00:00Z","detail":"a\\u0000b"}})"),
            "a\\u0000b");
}

TEST(link_message, a_frame_full_of_nuls_is_read_in_one_pass) {
  std::string text = R"({"t":"ack","n":0,"body":{"x":")";
  for (int i = 0; i < 150'000; ++i) text += "\\u0000";
  text += R"("}})";
  const auto from = std::chrono::steady_clock::now();
  EXPECT_TRUE(read_envelope(text));
  EXPECT_LT(std::chrono::steady_clock::now() - from, seconds(1));
}

TEST(link_message, what_does_not_read_is_told_and_keeps_its_number) {
  const auto bad = item(R"({"t":"status","n":7,"body":{"slot":"7001"}})");
  EXPECT_EQ(bad.n, 7);
  EXPECT_NE(std::get<unreadable>(bad.body).why.find("/from"), std::string::npos) << std::get<unreadable>(bad.body).why;
  EXPECT_TRUE(std::holds_alternative<unreadable>(item(R"({"t":"sing","n":8,"body":{}})").body));
  EXPECT_FALSE(read_envelope("{"));
}

TEST(link_message, a_state_never_began_later_than_now) {
  const auto late =
      item(R"({"t":"status","n":1,"body":{"trail":"","slot":"7001","from":"IDLE","to":"READY","event":"x",)"
           R"("epoch":1,"at":"2040-01-01T00:00:00Z","mono_us":1,"registered":true}})");
  EXPECT_EQ(late.since, now);
}

}  // namespace
}  // namespace vss::ottb
