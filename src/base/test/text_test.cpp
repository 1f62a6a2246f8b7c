// JSON quoting, times, identifiers, sealed values and what the log takes.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/clock.hpp"
#include "base/dto.hpp"
#include "base/ids.hpp"
#include "base/json_text.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"

using namespace vss;
using testing::HasSubstr;
using testing::Not;

TEST(json_text, quotes_everything_a_reader_could_trip_over) {
  EXPECT_EQ(json_text("a\"b\\c\nd\te\x01\x7f"), R"("a\"b\\c\nd\u0009e\u0001\u007f")");
  EXPECT_EQ(json_text("Привет 😀"), "\"Привет 😀\"");
  EXPECT_EQ(json_text("a\xff"
                      "b\xc3"),
            R"("a\ufffdb\ufffd")");
  EXPECT_EQ(json_text(std::string_view("\0", 1)), R"("\u0000")");
  for (int first = 0; first < 256; ++first) {  // whatever goes in, JSON comes out
    for (int second = 0; second < 256; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second)};
      ASSERT_TRUE(is_utf8(json_text(text)));
      if (first != 0 && second != 0) ASSERT_TRUE(dto::parse_json(json_text(text))) << first << " " << second;
    }
  }
}

TEST(utf8, follows_the_table_of_the_standard) {
  for (const char* good : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                           "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good));
  }
  for (const char* bad : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x20", "\xe0\x80\x80", "\xe0\x9f\xbf",
                          "\xe1\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xfe"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
}

TEST(clock, prints_and_parses_the_same_instant) {
  const auto at = parse_instant("2024-02-29T23:59:59.000001Z");
  ASSERT_TRUE(at);
  EXPECT_EQ(to_text(*at), "2024-02-29T23:59:59.000001Z");
  EXPECT_EQ(to_text(*parse_instant("2026-01-01T00:30:00+05:30")), "2025-12-31T19:00:00.000000Z");
  EXPECT_EQ(to_text(*parse_instant("2026-01-01T00:30:00-02:00")), "2026-01-01T02:30:00.000000Z");
  EXPECT_EQ(to_text(*parse_instant("2026-11-22 15:04:05.123456+00")), "2026-11-22T15:04:05.123456Z");  // PostgreSQL
  EXPECT_EQ(to_text(*parse_instant("2026-11-22 15:04:05+05:30")), "2026-11-22T09:34:05.000000Z");
  EXPECT_EQ(to_text(*parse_instant("1969-12-31T23:59:59.5Z")), "1969-12-31T23:59:59.500000Z");
  EXPECT_EQ(to_text(*parse_instant("2026-11-22T15:04:05.1234567Z")), "2026-11-22T15:04:05.123456Z");
  EXPECT_EQ(to_text(*parse_instant("2016-12-31T23:59:60Z")), "2017-01-01T00:00:00.000000Z");
  EXPECT_EQ(to_text(*parse_instant("9999-12-31T23:59:59.999999Z")), "9999-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_text(*parse_instant("0000-01-01T00:00:00-00:01")), "0000-01-01T00:01:00.000000Z");
}

TEST(clock, refuses_what_is_not_a_time) {
  for (const char* text :
       {"", "2026", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+5", "-026-01-01T00:00:00Z", "2026-1-1T0:0:0Z", "2026-01-01T00:00:00.Z", "20260101T000000Z",
        "infinity", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:60Z", "0000-01-01T00:00:00+00:01"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(clock, of_a_test_moves_only_when_told) {
  fake_clock time(*parse_instant("2026-01-01T00:00:00Z"));
  const auto before = time.steady();
  time.advance(std::chrono::minutes(1));
  EXPECT_EQ(to_text(time.now()), "2026-01-01T00:01:00.000000Z");
  EXPECT_EQ(time.steady() - before, std::chrono::minutes(1));
}

TEST(ids, are_version_7_and_sort_by_time) {
  fake_clock time(*parse_instant("2026-01-01T00:00:00Z"));
  fake_random random(1);
  std::string last;
  std::set<std::string> all;
  for (int i = 0; i < 1000; ++i) {
    const auto id = make_uuid(time, random);
    ASSERT_TRUE(is_uuid(id)) << id;
    EXPECT_EQ(id[14], '7');
    EXPECT_THAT("89ab", HasSubstr(std::string(1, id[19])));
    EXPECT_GT(id, last);
    last = id;
    all.insert(id);
    time.advance(milliseconds(1));
  }
  EXPECT_EQ(all.size(), 1000U);
  EXPECT_FALSE(is_uuid("0190a6e4-7b1c-7def-8abc-0123456789aB"));
  EXPECT_FALSE(is_uuid("0190a6e4-7b1c-7def-8abc-0123456789a"));
  EXPECT_FALSE(is_uuid("0190a6e4x7b1c-7def-8abc-0123456789ab"));
}

TEST(ids, randomness_repeats_only_when_asked_to) {
  fake_random a(7), b(7);
  EXPECT_EQ(random_hex(a, 16), random_hex(b, 16));
  system_random real;
  EXPECT_NE(random_hex(real, 16), random_hex(real, 16));
  EXPECT_EQ(random_hex(real, 16).size(), 32U);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random_number(real, 10), 10U);
}

// What must not compile: neither kind of sealed text becomes a field, a string or JSON.
template <class T>
concept can_be_logged = requires(const T& value) { log::field("key", value); };
template <class T>
concept can_be_text =
    requires(const T& value) { std::string_view(value); } || requires(const T& value) { std::string(value); };
template <class T>
concept can_be_printed = requires(std::ostream& out, const T& value) { out << value; };
static_assert(can_be_logged<std::string> && can_be_logged<int> && can_be_logged<bool> && can_be_logged<trail>);
static_assert(!can_be_logged<e164> && !can_be_logged<secret>);
static_assert(!can_be_text<e164> && !can_be_text<secret>);
static_assert(!can_be_printed<e164> && !can_be_printed<secret>);
static_assert(!std::is_convertible_v<std::string, e164> && !std::is_convertible_v<e164, secret>);

TEST(sealed, numbers_show_only_their_ends) {
  EXPECT_EQ(masked(e164("+74951234567")), "+7495•••••67");
  EXPECT_EQ(masked(e164("+7495")), "•••");
}

TEST(log, writes_one_json_object_a_line) {
  char name[] = "/tmp/vss_log_XXXXXX";
  const std::string folder = ::mkdtemp(name);
  const std::string path = folder + "/log";
  log::open(path, log::level::info);
  log::debug("base", "unseen");
  log::info("base", "something \"odd\"",
            {{"text", "a\nb{}"}, {"whole", 5}, {"real", 0.5}, {"yes", true}, {"trail", trail{"t1"}}});
  log::failed("base", "broke", error{errc::invalid, "no", {{"/a", "wrong"}}});
  log::close();
  log::open("", log::level::warn);
  std::ifstream file(path);
  std::string first, second, third;
  std::getline(file, first);
  std::getline(file, second);
  EXPECT_FALSE(std::getline(file, third));
  std::filesystem::remove_all(folder);
  const auto one = dto::parse_json(first);
  ASSERT_TRUE(one) << first;
  EXPECT_EQ(one->at("event"), "something \"odd\"");
  EXPECT_EQ(one->at("text"), "a\nb{}");
  EXPECT_EQ(one->at("whole"), 5);
  EXPECT_EQ(one->at("yes"), true);
  EXPECT_EQ(one->at("level"), "info");
  EXPECT_TRUE(parse_instant(one->at("ts").as_string()));
  const auto two = dto::parse_json(second);
  ASSERT_TRUE(two) << second;
  EXPECT_EQ(two->at("kind"), "invalid");
  EXPECT_EQ(two->at("at"), "/a: wrong");
}

TEST(log, levels_have_names) {
  EXPECT_EQ(*log::parse_level("warn"), log::level::warn);
  EXPECT_FALSE(log::parse_level("loud"));
}
