// Coroutines: pauses, wake-ups, channels, the nursery and the pool, above all how they end.
#include "base/async.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <thread>

#include "base/scope.hpp"

using namespace vss;

namespace {

class async : public testing::Test {
 protected:
  boost::asio::io_context context_{1};
  executor on() { return context_.get_executor(); }
  void run(task<void> body) {
    bool done = false;
    boost::asio::co_spawn(context_, std::move(body), [&done](std::exception_ptr thrown) {
      done = true;
      EXPECT_FALSE(thrown);
    });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    context_.restart();
    while (!done && std::chrono::steady_clock::now() < until) context_.run_one_for(milliseconds(50));
    EXPECT_TRUE(done);
  }
};

auto now() { return std::chrono::steady_clock::now(); }

task<void> set_after(milliseconds length, bool& to) {
  co_await pause(length);
  to = true;
}

// Notes how it ended, also when it is cancelled.
struct noted {
  std::string& to;
  ~noted() { to += "end"; }
};
task<void> wait_forever(std::string& story) {
  const noted mine{story};
  story += "begin ";
  co_await pause(std::chrono::hours(1));
  story += "never ";
}

}  // namespace

TEST_F(async, pause_takes_its_time) {
  run([]() -> task<void> {
    const auto start = now();
    co_await pause(milliseconds(30));
    EXPECT_GE(now() - start, milliseconds(30));
  }());
}

TEST_F(async, wakeup_ends_all_waits_and_remembers_nothing) {
  run([](executor on) -> task<void> {
    wakeup w(on);
    scope all(on, "test");
    int woken = 0;
    const auto waiter = [](wakeup& from, int& count) -> task<void> {
      const bool told = co_await from.wait(std::chrono::seconds(5));
      if (told) ++count;
    };
    w.notify();  // nobody waits: lost, as promised
    for (int i = 0; i < 3; ++i) all.spawn("waiter", waiter(w, woken));
    co_await pause(milliseconds(10));
    EXPECT_EQ(woken, 0);
    w.notify();
    co_await pause(milliseconds(10));
    EXPECT_EQ(woken, 3);
    const bool late = co_await w.wait(milliseconds(10));
    EXPECT_FALSE(late);
  }(on()));
}

TEST_F(async, a_channel_is_bounded_ordered_and_drains_after_close) {
  run([](executor on) -> task<void> {
    channel<int> c(on, 2);
    EXPECT_TRUE(c.push(1));
    EXPECT_TRUE(c.push(2));
    EXPECT_FALSE(c.push(3));
    c.close();
    EXPECT_FALSE(c.push(4));
    const auto one = co_await c.pop(milliseconds(10));
    const auto two = co_await c.pop(milliseconds(10));
    const auto none = co_await c.pop(std::chrono::seconds(5));
    EXPECT_EQ(one, 1);
    EXPECT_EQ(two, 2);
    EXPECT_FALSE(none);
  }(on()));
}

TEST_F(async, a_pop_waits_for_a_push_and_no_longer_than_its_limit) {
  run([](executor on) -> task<void> {
    channel<std::string> c(on, 2);
    scope all(on, "test");
    const auto later = [](channel<std::string>& to) -> task<void> {
      co_await pause(milliseconds(20));
      to.push("x");
    };
    all.spawn("later", later(c));
    const auto got = co_await c.pop(std::chrono::seconds(5));
    EXPECT_EQ(got, "x");
    const auto start = now();
    const auto none = co_await c.pop(milliseconds(30));
    EXPECT_FALSE(none);
    EXPECT_GE(now() - start, milliseconds(30));
  }(on()));
}

TEST_F(async, two_readers_of_a_channel_lose_nothing) {
  run([](executor on) -> task<void> {
    channel<int> c(on, 1000);
    scope all(on, "test");
    int sum = 0;
    const auto reader = [](channel<int>& from, int& to) -> task<void> {
      while (true) {
        const auto got = co_await from.pop(std::chrono::seconds(5));
        if (!got) co_return;
        to += *got;
      }
    };
    all.spawn("a", reader(c, sum));
    all.spawn("b", reader(c, sum));
    for (int i = 1; i <= 100; ++i) {
      c.push(i);
      if (i % 10 == 0) co_await pause(milliseconds(1));
    }
    c.close();
    co_await pause(milliseconds(20));
    EXPECT_EQ(sum, 5050);
    EXPECT_EQ(all.running(), 0U);
  }(on()));
}

TEST_F(async, a_scope_counts_and_survives_a_throwing_child) {
  run([](executor on) -> task<void> {
    scope all(on, "test");
    bool other = false;
    const auto thrower = []() -> task<void> {
      co_await pause(milliseconds(1));
      throw std::runtime_error("child");
    };
    all.spawn("thrower", thrower());
    all.spawn("other", set_after(milliseconds(20), other));
    EXPECT_EQ(all.running(), 2U);
    co_await pause(milliseconds(10));
    EXPECT_EQ(all.running(), 1U);
    co_await pause(milliseconds(30));
    EXPECT_TRUE(other);
  }(on()));
}

TEST_F(async, stop_cancels_every_kind_of_wait_and_runs_destructors) {
  run([](executor on) -> task<void> {
    scope all(on, "test");
    wakeup w(on);
    channel<int> c(on, 1);
    std::string story;
    const auto waiter = [](wakeup& from, std::string& to) -> task<void> {
      const noted mine{to};
      co_await from.wait(std::chrono::hours(1));
      to += "never ";
    };
    const auto popper = [](channel<int>& from, std::string& to) -> task<void> {
      const noted mine{to};
      co_await from.pop(std::chrono::hours(1));
      to += "never ";
    };
    all.spawn("pause", wait_forever(story));
    all.spawn("wakeup", waiter(w, story));
    all.spawn("channel", popper(c, story));
    co_await pause(milliseconds(5));
    const auto start = now();
    const bool ended = co_await all.stop(std::chrono::seconds(2));
    EXPECT_TRUE(ended);
    EXPECT_LT(now() - start, std::chrono::seconds(1));
    EXPECT_EQ(story, "begin endendend");
    EXPECT_TRUE(all.stopping());
    all.spawn("late", wait_forever(story));
    EXPECT_EQ(all.running(), 0U);
  }(on()));
}

TEST_F(async, a_stopped_loop_does_not_go_on) {
  run([](executor on) -> task<void> {
    scope all(on, "test");
    int rounds = 0;
    const auto loop = [](int& count) -> task<void> {
      while (true) {
        ++count;
        co_await pause(milliseconds(1));
      }
    };
    all.spawn("loop", loop(rounds));
    co_await pause(milliseconds(20));
    const bool ended = co_await all.stop(std::chrono::seconds(1));
    EXPECT_TRUE(ended);
    const int then = rounds;
    co_await pause(milliseconds(20));
    EXPECT_EQ(rounds, then);
    EXPECT_GT(then, 1);
  }(on()));
}

TEST_F(async, stop_tells_when_a_child_will_not_end) {
  run([](executor on) -> task<void> {
    scope all(on, "test");
    bool release = false;
    const auto stubborn = [](bool& until) -> task<void> {
      while (!until) {
        co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
        co_await pause(milliseconds(2));
      }
    };
    all.spawn("stubborn", stubborn(release));
    co_await pause(milliseconds(5));
    const bool ended = co_await all.stop(milliseconds(30));
    EXPECT_FALSE(ended);
    release = true;
    co_await pause(milliseconds(20));
    EXPECT_EQ(all.running(), 0U);
  }(on()));
}

TEST_F(async, post_brings_work_from_another_thread) {
  run([](executor on) -> task<void> {
    const auto mine = std::this_thread::get_id();
    std::thread::id ran;
    std::thread([on, &ran] { post(on, [&ran] { ran = std::this_thread::get_id(); }); }).join();
    co_await pause(milliseconds(10));
    EXPECT_EQ(ran, mine);
  }(on()));
}

TEST_F(async, the_pool_works_elsewhere_and_says_when_it_is_full) {
  run([](executor on) -> task<void> {
    worker_pool pool("test", 1, 2);
    const auto mine = std::this_thread::get_id();
    std::thread::id ran;
    const auto first = co_await pool.run([&ran] { ran = std::this_thread::get_id(); });
    EXPECT_TRUE(first);
    EXPECT_NE(ran, mine);
    scope all(on, "test");
    std::atomic<int> done{0};
    int refused = 0;
    const auto job = [](worker_pool& p, std::atomic<int>& count, int& no) -> task<void> {
      const auto got = co_await p.run([&count] {
        std::this_thread::sleep_for(milliseconds(20));
        ++count;
      });
      if (!got && got.error().kind == errc::too_many) ++no;
    };
    for (int i = 0; i < 5; ++i) all.spawn("job", job(pool, done, refused));
    co_await pause(milliseconds(100));
    EXPECT_EQ(done, 2);
    EXPECT_EQ(refused, 3);
    const auto again = co_await pool.run([] {});
    EXPECT_TRUE(again);
  }(on()));
}

TEST_F(async, a_job_that_throws_frees_its_place) {
  run([](executor) -> task<void> {
    worker_pool pool("test", 1, 1);
    for (int i = 0; i < 3; ++i) {
      bool threw = false;
      try {
        const auto got = co_await pool.run([] { throw std::runtime_error("job"); });
        EXPECT_FALSE(got) << "a full pool would say too_many";
      } catch (const std::runtime_error&) {
        threw = true;
      }
      EXPECT_TRUE(threw);
    }
    const auto after = co_await pool.run([] {});
    EXPECT_TRUE(after);
  }(on()));
}

TEST_F(async, jobs_of_cancelled_callers_free_their_places) {
  run([](executor on) -> task<void> {
    worker_pool pool("test", 1, 2);
    scope all(on, "test");
    auto ran = std::make_shared<std::atomic<int>>(0);
    const auto job = [](worker_pool& p, std::shared_ptr<std::atomic<int>> count) -> task<void> {
      co_await p.run([count] {
        std::this_thread::sleep_for(milliseconds(30));
        ++*count;
      });
    };
    all.spawn("a", job(pool, ran));
    all.spawn("b", job(pool, ran));
    co_await pause(milliseconds(5));
    const bool ended = co_await all.stop(std::chrono::seconds(2));
    EXPECT_TRUE(ended);
    co_await pause(milliseconds(100));
    EXPECT_GE(ran->load(), 1);  // what had begun runs to its end
    for (int i = 0; i < 2; ++i) {
      const auto after = co_await pool.run([] {});
      EXPECT_TRUE(after);
    }
  }(on()));
}
