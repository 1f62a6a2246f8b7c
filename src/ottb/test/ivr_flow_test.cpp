#include "ottb/ivr_flow.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

constexpr auto demo = R"({"start":"welcome","nodes":{
  "welcome":{"play":["welcome","press"],"language":"en","gather":{"max":1,"timeout_ms":4000},
             "branch":{"1":"interested","9":"opt_out","":"bye","else":"bye"}},
  "interested":{"play":["thanks"],"next":"end"},
  "opt_out":{"opt_out":true,"play":["opt_out_done"],"next":"end"},
  "bye":{"play":["goodbye"],"next":"end"},
  "end":{"hang_up":true}}})";

ivr_document flow(const char* text = demo) { return dto::parse<ivr_document>(text).value(); }

std::string words(const std::vector<ivr_action>& actions) {
  std::string out;
  for (const auto& action : actions) {
    constexpr const char* names[] = {"play ", "stop", "wait", "opt_out", "hang_up"};
    out += (out.empty() ? "" : ", ") + std::string(names[static_cast<int>(action.verb)]) + action.media;
  }
  return out;
}

TEST(ivr_flow, the_demo_flow_is_valid) { EXPECT_TRUE(check(flow())); }

TEST(ivr_flow, silence_after_the_prompts_says_goodbye_and_hangs_up) {
  ivr_machine call(flow(), "ru");
  EXPECT_EQ(words(call.start()), "play sound:vss/en/welcome");
  EXPECT_EQ(words(call.played()), "play sound:vss/en/press");
  EXPECT_EQ(words(call.played()), "wait");
  EXPECT_EQ(words(call.silence()), "play sound:vss/en/goodbye");
  EXPECT_EQ(words(call.played()), "hang_up");
  EXPECT_TRUE(call.ended());
  EXPECT_EQ(words(call.played()), "");
}

TEST(ivr_flow, a_digit_stops_the_prompt) {
  ivr_machine call(flow(), "en");
  call.start();
  EXPECT_EQ(words(call.digit('1')), "stop, play sound:vss/en/thanks");
  EXPECT_EQ(words(call.digit('1')), "") << "thanks gathers nothing";
  EXPECT_EQ(words(call.played()), "hang_up");
}

TEST(ivr_flow, nine_opts_out_before_anything_is_said) {
  ivr_machine call(flow(), "en");
  call.start();
  EXPECT_EQ(words(call.digit('9')), "stop, opt_out, play sound:vss/en/opt_out_done");
}

TEST(ivr_flow, a_loop_ends_after_fifty_nodes) {
  ivr_machine call(
      flow(R"({"start":"a","nodes":{"a":{"next":"b"},"b":{"branch":{"1":"end"},"next":"a"},"end":{"hang_up":true}}})"),
      "en");
  EXPECT_EQ(words(call.start()), "hang_up");
}

TEST(ivr_flow, every_mistake_is_named) {
  const auto bad = check(flow(R"({"start":"nowhere","nodes":{"a":{"play":["../etc"],"next":"b"},"c":{"next":"c"}}})"));
  ASSERT_FALSE(bad);
  std::string all;
  for (const auto& item : bad.error().problems) all += item.pointer + ": " + item.message + "\n";
  EXPECT_NE(all.find("/start: no node is called nowhere"), std::string::npos);
  EXPECT_NE(all.find("/nodes/a: no node is called b"), std::string::npos);
  EXPECT_NE(all.find("/nodes/a/play"), std::string::npos);
  EXPECT_NE(all.find("/nodes/c: no way from here to a hang_up"), std::string::npos);
}

}  // namespace
}  // namespace vss::ottb
