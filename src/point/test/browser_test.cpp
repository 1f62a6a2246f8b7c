// The cookie as text, and the book of browsers' sessions.
#include <gtest/gtest.h>

#include "point/browser_book.hpp"
#include "point/browser_cookie.hpp"

namespace vss::point {
namespace {

net::http_request with_cookie(std::string text) {
  net::http_request out;
  out.headers.set("cookie", std::move(text));
  return out;
}

TEST(browser_cookie, is_found_among_others) {
  for (const auto* text :
       {"__Host-vss=vssb_x", "a=b; __Host-vss=vssb_x", "__Host-vss=vssb_x; a=b", "a; __Host-vss=vssb_x",
        "a=b;__Host-vss=vssb_x ;c=d", "x__Host-vss=no; __Host-vss=vssb_x; __Host-vss2=no"}) {
    const auto got = cookie_of(with_cookie(text));
    ASSERT_TRUE(got && *got) << text;
    EXPECT_EQ((*got)->reveal(), "vssb_x") << text;
  }
}

TEST(browser_cookie, none_is_none) {
  EXPECT_FALSE(*cookie_of(net::http_request{}));
  for (const auto* text :
       {"", ";", "a=b", "__Host-vss", "__host-vss=vssb_x", "__Host-vss=", "vss=vssb_x", "=", ";;="}) {
    const auto got = cookie_of(with_cookie(text));
    EXPECT_TRUE(got && !*got) << text;
  }
}

TEST(browser_cookie, two_are_refused) {
  EXPECT_EQ(cookie_of(with_cookie("__Host-vss=a; __Host-vss=b")).error().kind, errc::unauthorized);
  EXPECT_EQ(cookie_of(with_cookie("__Host-vss=a; x=y; __Host-vss=a")).error().kind, errc::unauthorized);
}

TEST(browser_cookie, is_given_and_taken_with_the_same_attributes) {
  EXPECT_EQ(cookie_with(secret("vssb_x")), "__Host-vss=vssb_x; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_EQ(cookie_cleared(), "__Host-vss=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

const instant start{seconds(2'000'000'000)};

browser_row row_of(std::string hash, std::string session) {
  return {std::move(hash), std::move(session), "p", start, start + session_family_limit};
}

TEST(browser_book, a_session_is_over_when_idle_or_a_week_old) {
  auto row = row_of("h", "s");
  EXPECT_FALSE(is_over(row, start));
  EXPECT_FALSE(is_over(row, start + session_idle_limit - seconds(1)));
  EXPECT_TRUE(is_over(row, start + session_idle_limit));
  row.seen = start + session_family_limit - seconds(1);
  EXPECT_FALSE(is_over(row, start + session_family_limit - seconds(1)));
  EXPECT_TRUE(is_over(row, start + session_family_limit));
}

TEST(browser_book, what_is_forgotten_is_not_found) {
  browser_book book;
  book.learn(row_of("h1", "s1"));
  book.learn(row_of("h2", "s2"));
  EXPECT_EQ(book.find("h1")->session, "s1");
  EXPECT_FALSE(book.find("s1"));
  EXPECT_EQ(book.sessions(), (std::vector<std::string>{"s1", "s2"}));
  book.forget("s1");
  book.forget("s1");
  book.forget("h2");
  EXPECT_FALSE(book.find("h1"));
  EXPECT_TRUE(book.find("h2"));
  EXPECT_EQ(book.size(), 1u);
}

TEST(browser_book, use_is_kept_once_a_minute) {
  browser_book book;
  book.learn(row_of("h", "s"));
  EXPECT_FALSE(book.touch("h", start + seconds(59)));
  EXPECT_TRUE(book.touch("h", start + seconds(60)));
  EXPECT_FALSE(book.touch("h", start + seconds(61)));
  EXPECT_FALSE(book.touch("h", start - seconds(600)));  // a clock that jumped back
  EXPECT_EQ(book.find("h")->seen, start + seconds(60));
  EXPECT_FALSE(book.touch("unknown", start + seconds(600)));
}

TEST(browser_book, an_older_reading_does_not_make_a_session_idle) {
  browser_book book;
  book.learn(row_of("h", "s"));
  book.touch("h", start + std::chrono::hours(2));
  book.learn(row_of("h", "s"));
  EXPECT_EQ(book.find("h")->seen, start + std::chrono::hours(2));
  auto later = row_of("h", "s");
  later.seen = start + std::chrono::hours(3);
  book.learn(later);
  EXPECT_EQ(book.find("h")->seen, start + std::chrono::hours(3));
}

}  // namespace
}  // namespace vss::point
