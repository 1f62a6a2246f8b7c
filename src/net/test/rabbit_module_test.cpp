#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/scope.hpp"
#include "cable.hpp"
#include "engines.hpp"
#include "net/rabbit.hpp"

namespace vss::net {
namespace {

rabbit_options options(int port = 0) {
  std::ifstream file(test::need("VSS_VAR") + "/secrets/amqp_password");
  std::string password;
  file >> password;
  return {.port = port == 0 ? std::stoi(test::need("PORT_AMQP")) : port, .password = secret(password)};
}

task<bool> until(std::function<bool()> holds, milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) co_return false;
    co_await pause(milliseconds(10));
  }
  co_return true;
}

task<bool> up(rabbit& broker) {
  const std::function<bool()> holds = [&broker] { return broker.connected(); };
  const bool good = co_await until(holds, milliseconds(8000));
  EXPECT_TRUE(good) << "start engines first: ./vss test module";
  co_return good;
}

TEST(rabbit, brings_what_was_confirmed_once) {
  test::check([](executor on) -> task<void> {
    rabbit broker(on, options());
    broker.declare({.name = "test.once"});
    if (!co_await up(broker)) co_return;
    EXPECT_TRUE(co_await broker.purge("test.once"));
    for (int i = 0; i < 200; ++i) {
      auto done = co_await broker.publish("", "test.once", "n" + std::to_string(i), milliseconds(5000));
      EXPECT_TRUE(done) << done.error().message;
    }
    auto depth = co_await broker.depth("test.once");
    EXPECT_TRUE(depth);
    if (depth) EXPECT_EQ(*depth, 200);
    std::vector<std::string> got;
    broker.consume("test.once", [&](rabbit_message one) {
      got.push_back(one.body);
      broker.ack(one);
    });
    const std::function<bool()> holds1 = [&got] { return got.size() >= 200; };
    EXPECT_TRUE(co_await until(holds1, milliseconds(5000)));
    EXPECT_EQ(got.size(), 200U);
    EXPECT_EQ(got.front(), "n0");
    EXPECT_EQ(got.back(), "n199");
  });
}

TEST(rabbit, many_publishers_wait_at_once_and_their_number_is_bounded) {
  test::check([](executor on) -> task<void> {
    auto with = options();
    with.unconfirmed = 500;
    rabbit broker(on, with);
    broker.declare({.name = "test.many"});
    if (!co_await up(broker)) co_return;
    EXPECT_TRUE(co_await broker.purge("test.many"));
    int good = 0, full = 0, other = 0;
    const auto send = [](rabbit& to, int& good, int& full, int& other) -> task<void> {
      auto done = co_await to.publish("", "test.many", std::string(500, 'x'), milliseconds(5000));
      ++(done ? good : done.error().kind == errc::too_many ? full : other);
    };
    scope work(on, "test");
    for (int i = 0; i < 600; ++i) work.spawn("send", send(broker, good, full, other));
    const std::function<bool()> holds2 = [&work] { return work.running() == 0; };
    EXPECT_TRUE(co_await until(holds2, milliseconds(8000)));
    EXPECT_EQ(good, 500);
    EXPECT_EQ(full, 100);
    EXPECT_EQ(other, 0);
  });
}

TEST(rabbit, an_expired_or_rejected_message_goes_to_the_dead_letter_queue) {
  test::check([](executor on) -> task<void> {
    rabbit broker(on, options());
    broker.declare({.name = "test.dead"});
    broker.declare({.name = "test.short", .message_ttl = milliseconds(200), .dead_letter_queue = "test.dead"});
    broker.declare({.name = "test.refusing", .dead_letter_queue = "test.dead"});
    if (!co_await up(broker)) co_return;
    EXPECT_TRUE(co_await broker.purge("test.dead"));
    std::vector<std::string> dead;
    broker.consume("test.dead", [&](rabbit_message one) {
      dead.push_back(one.body);
      broker.ack(one);
    });
    EXPECT_TRUE(co_await broker.publish("", "test.short", "late", milliseconds(5000)));
    const std::function<bool()> holds3 = [&dead] { return dead.size() == 1; };
    EXPECT_TRUE(co_await until(holds3, milliseconds(5000)));
    broker.consume("test.refusing", [&](rabbit_message one) { broker.reject(one, false); });
    EXPECT_TRUE(co_await broker.publish("", "test.refusing", "unwanted", milliseconds(5000)));
    const std::function<bool()> holds4 = [&dead] { return dead.size() == 2; };
    EXPECT_TRUE(co_await until(holds4, milliseconds(5000)));
    const std::vector<std::string> expected{"late", "unwanted"};
    EXPECT_EQ(dead, expected);
  });
}

TEST(rabbit, topics_reach_those_who_bound_them) {
  test::check([](executor on) -> task<void> {
    rabbit broker(on, options());
    broker.declare({.name = "test.events.1", .quorum = false, .bindings = {"test.topic:call.*"}});
    if (!co_await up(broker)) co_return;
    std::vector<std::string> keys;
    broker.consume("test.events.1", [&](rabbit_message one) {
      keys.push_back(one.routing_key);
      broker.ack(one);
    });
    EXPECT_TRUE(co_await broker.depth("test.events.1"));
    EXPECT_TRUE(co_await broker.publish("test.topic", "call.ended", "{}", milliseconds(5000)));
    EXPECT_TRUE(co_await broker.publish("test.topic", "slot.changed", "{}", milliseconds(5000)));
    const std::function<bool()> holds5 = [&keys] { return !keys.empty(); };
    EXPECT_TRUE(co_await until(holds5, milliseconds(3000)));
    const std::vector<std::string> expected{"call.ended"};
    EXPECT_EQ(keys, expected);
  });
}

TEST(rabbit, a_queue_that_stands_with_other_arguments_is_kept) {
  test::check([](executor on) -> task<void> {
    rabbit first(on, options());
    first.declare({.name = "test.stands", .max_length = 10});
    if (!co_await up(first)) co_return;
    EXPECT_TRUE(co_await first.depth("test.stands"));
    rabbit second(on, options());
    second.declare({.name = "test.stands", .max_length = 20});
    if (!co_await up(second)) co_return;
    EXPECT_TRUE(co_await second.purge("test.stands"));
    EXPECT_TRUE(co_await second.publish("", "test.stands", "x", milliseconds(5000)));
    auto depth = co_await second.depth("test.stands");
    EXPECT_TRUE(depth && *depth == 1);
  });
}

TEST(rabbit, says_when_no_queue_takes_it_and_when_a_queue_is_full) {
  test::check([](executor on) -> task<void> {
    rabbit broker(on, options());
    broker.declare({.name = "test.tiny", .max_length = 3});
    if (!co_await up(broker)) co_return;
    auto lost = co_await broker.publish("", "test.nowhere", "x", milliseconds(5000));
    EXPECT_FALSE(lost);
    EXPECT_EQ(lost.error().kind, errc::not_found);
    auto depth = co_await broker.depth("test.nowhere");
    EXPECT_FALSE(depth);
    EXPECT_EQ(depth.error().kind, errc::not_found);
    EXPECT_TRUE(co_await broker.purge("test.tiny"));
    int full = 0;
    for (int i = 0; i < 20; ++i) {
      auto done = co_await broker.publish("", "test.tiny", "x", milliseconds(5000));
      if (!done && done.error().kind == errc::too_many) ++full;
    }
    EXPECT_GT(full, 10);
    EXPECT_TRUE(co_await broker.purge("test.tiny"));
  });
}

TEST(rabbit, nothing_confirmed_is_lost_when_the_line_is_cut) {
  test::check(
      [](executor on) -> task<void> {
        test::cable line(on, static_cast<std::uint16_t>(std::stoi(test::need("PORT_AMQP"))));
        rabbit far(on, options(line.port())), near(on, options());
        near.declare({.name = "test.cut"});
        if (!co_await up(near) || !co_await up(far)) co_return;
        EXPECT_TRUE(co_await near.purge("test.cut"));
        std::set<std::string> got;
        std::size_t delivered = 0;
        // The consumer's line is cut as well: what it did not acknowledge comes again.
        far.consume("test.cut", [&](rabbit_message one) {
          got.insert(one.body);
          ++delivered;
          far.ack(one);
        });
        int confirmed = 0;
        const auto send = [](rabbit& to, int from, int& count) -> task<void> {
          for (int i = 0; i < 500; ++i) {
            auto done = co_await to.publish("", "test.cut", std::to_string(from + i), milliseconds(20000));
            EXPECT_TRUE(done) << done.error().message;
            if (done) ++count;
          }
        };
        scope work(on, "test");
        for (int i = 0; i < 8; ++i) work.spawn("send", send(far, i * 500, confirmed));
        for (int i = 0; i < 5; ++i) {
          co_await pause(milliseconds(60));
          line.cut();
        }
        const std::function<bool()> sent = [&work] { return work.running() == 0; };
        EXPECT_TRUE(co_await until(sent, milliseconds(20000)));
        const std::function<bool()> all = [&got] { return got.size() == 4000; };
        EXPECT_TRUE(co_await until(all, milliseconds(5000)));
        EXPECT_EQ(confirmed, 4000);
        RecordProperty("delivered", static_cast<int>(delivered));
        far.close();
        co_await line.end();
      },
      seconds(60));
}

TEST(rabbit, without_a_broker_publishing_times_out_and_closing_is_quick) {
  test::check([](executor on) -> task<void> {
    const auto begun = std::chrono::steady_clock::now();
    rabbit broker(on, options(1));
    auto done = co_await broker.publish("", "x", "x", milliseconds(300));
    EXPECT_FALSE(done);
    EXPECT_EQ(done.error().kind, errc::timeout);
    auto depth = co_await broker.depth("x");
    EXPECT_FALSE(depth);
    EXPECT_FALSE(broker.connected());
    broker.close();
    auto after = co_await broker.publish("", "x", "x", milliseconds(300));
    EXPECT_EQ(after.error().kind, errc::unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(2000));
  });
}

}  // namespace
}  // namespace vss::net
