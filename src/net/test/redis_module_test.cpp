#include <gtest/gtest.h>

#include "base/scope.hpp"
#include "engines.hpp"
#include "net/redis.hpp"

namespace vss::net {
namespace {

redis_options options() { return {.address = "unix:" + test::need("VSS_VAR") + "/run/redis.sock"}; }

task<std::string> say(redis& to, std::vector<std::string> argv) {
  auto got = co_await to.command(std::move(argv));
  if (!got) co_return std::string(name(got.error().kind)) + ": " + got.error().message;
  co_return got->null ? "null" : got->text.empty() ? std::to_string(got->whole) : got->text;
}

std::vector<std::string> words(std::initializer_list<const char*> from) { return {from.begin(), from.end()}; }

TEST(redis, answers_in_the_order_of_the_questions) {
  test::check([](executor on) -> task<void> {
    redis cache(on, options());
    EXPECT_EQ(co_await say(cache, words({"set", "test:a", "x y\r\nz"})), "OK")
        << "start engines first: ./vss test module";
    EXPECT_EQ(co_await say(cache, words({"get", "test:a"})), "x y\r\nz");
    EXPECT_EQ(co_await say(cache, words({"del", "test:a", "test:b"})), "1");
    EXPECT_EQ(co_await say(cache, words({"get", "test:a"})), "null");
    EXPECT_TRUE((co_await say(cache, words({"incr"}))).starts_with("internal: ERR"));
    auto list = co_await cache.command(words({"eval", "return {1, 'two', {3}}", "0"}));
    EXPECT_TRUE(list);
    if (list) EXPECT_EQ(list->items.at(2).items.at(0).whole, 3);
    scope work(on, "test");
    int good = 0;
    const auto ask = [](redis& to, int i, int& count) -> task<void> {
      std::vector<std::string> argv{"echo", std::to_string(i)};
      auto got = co_await to.command(std::move(argv));
      if (got && got->text == std::to_string(i)) ++count;
    };
    for (int i = 0; i < 2000; ++i) work.spawn("ask", ask(cache, i, good));
    while (work.running() > 0) co_await pause(milliseconds(5));
    EXPECT_EQ(good, 2000);
  });
}

TEST(redis, a_lost_line_is_unavailable_and_comes_back) {
  test::check([](executor on) -> task<void> {
    redis cache(on, options()), other(on, options());
    EXPECT_EQ(co_await say(cache, words({"ping"})), "PONG");
    EXPECT_EQ(co_await say(other, words({"client", "kill", "type", "normal", "skipme", "yes"})), "1");
    co_await pause(milliseconds(20));
    EXPECT_FALSE(cache.connected());
    EXPECT_TRUE((co_await say(cache, words({"ping"}))).starts_with("unavailable"));
    co_await pause(milliseconds(300));
    EXPECT_EQ(co_await say(cache, words({"ping"})), "PONG");
  });
}

TEST(redis, a_late_answer_is_a_timeout_and_disturbs_nobody) {
  test::check([](executor on) -> task<void> {
    auto with = options();
    with.timeout = milliseconds(100);
    redis cache(on, with);
    EXPECT_EQ(co_await say(cache, words({"ping"})), "PONG");
    EXPECT_TRUE((co_await say(cache, words({"blpop", "test:none", "0.2"}))).starts_with("timeout"));
    co_await pause(milliseconds(150));
    EXPECT_EQ(co_await say(cache, words({"echo", "next"})), "next");
  });
}

TEST(redis, no_server_is_unavailable) {
  test::check([](executor on) -> task<void> {
    redis nowhere(on, {.address = "unix:/nonexistent/redis.sock"}), nobody(on, {.address = "127.0.0.1:1"});
    EXPECT_TRUE((co_await say(nowhere, words({"ping"}))).starts_with("unavailable"));
    EXPECT_TRUE((co_await say(nobody, words({"ping"}))).starts_with("unavailable"));
  });
}

}  // namespace
}  // namespace vss::net
