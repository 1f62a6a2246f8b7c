// What browsers say, and the small frames that they hear.
#include "workspace/live_frame.hpp"

#include <gtest/gtest.h>

using namespace vss;
using namespace vss::workspace;

TEST(live_frame, the_three_words_of_a_browser_are_read) {
  const auto hello = read_client_frame(R"({"t":"hello","ticket":"abc"})");
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->verb, live_verb::hello);
  EXPECT_EQ(hello->text, "abc");
  EXPECT_EQ(read_client_frame(R"({"t":"sub","topic":"slots"})")->verb, live_verb::sub);
  EXPECT_EQ(read_client_frame(R"({"t":"unsub","topic":"slots","more":[1]})")->text, "slots");
}

TEST(live_frame, anything_else_is_refused) {
  for (const char* bad : {"", "x", "[]", "{}", R"({"t":7})", R"({"t":"snap"})", R"("hello")", "{\"t\":\"hello\""})
    EXPECT_FALSE(read_client_frame(bad)) << bad;
  EXPECT_EQ(read_client_frame(R"({"t":"hello","ticket":7})")->text, "");
  EXPECT_FALSE(read_client_frame(std::string(5000, '[')));
}

TEST(live_frame, what_is_told_is_quoted) {
  EXPECT_EQ(refused_frame("a\"b", "p"), R"({"t":"refused","topic":"a\"b","permission":"p"})");
  EXPECT_EQ(end_frame("rights"), R"({"t":"end","why":"rights"})");
  const instant now{std::chrono::seconds(1790000000)};
  EXPECT_EQ(welcome_frame("server", "run", now),
            R"({"t":"welcome","server":"server","run":"run","now":"2026-09-21T14:13:20.000000Z"})");
  EXPECT_EQ(beat_frame(now), R"({"t":"beat","now":"2026-09-21T14:13:20.000000Z"})");
  EXPECT_EQ(stale_frame("slots", now), R"({"t":"stale","topic":"slots","since":"2026-09-21T14:13:20.000000Z"})");
}
