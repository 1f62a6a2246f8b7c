#include <gtest/gtest.h>

#include "base/scope.hpp"
#include "engines.hpp"
#include "net/migration.hpp"

namespace vss::net {
namespace {

constexpr statement one{"t_one", "select $1::int + 1, $2::text, null::text, now()"};
constexpr statement insert_thing{"t_insert", "insert into thing (id, name) values ($1, $2)"};
constexpr statement count_things{"t_count", "select count(*) from thing"};
constexpr statement nap{"t_nap", "select pg_sleep($1::float8)", milliseconds{200}};
constexpr statement own_pid{"t_pid", "select pg_backend_pid()"};

class postgres : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    where_ = test::fresh_database("vss_net_test");
    test::psql(where_, {"create table thing (id int primary key, name text check (name <> 'bad'))"});
  }
  void SetUp() override { test::psql(where_, {"truncate thing"}); }
  static pg_options options(std::size_t connections = 2) {
    return {.conninfo = where_, .connections = connections, .application = "test"};
  }
  static inline std::string where_;
};

TEST_F(postgres, answers_values_and_nulls) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options());
    for (int i = 0; i < 3; ++i) {
      params with{41, "a'b\"c"};
      auto got = co_await db.run(one, std::move(with));
      EXPECT_TRUE(got) << got.error().message;
      if (!got) co_return;
      EXPECT_EQ((*got)[0].whole(0), 42);
      EXPECT_EQ((*got)[0].text(1), "a'b\"c");
      EXPECT_TRUE((*got)[0].null(2));
      const auto age = system_clock().now() - (*got)[0].time(3);
      EXPECT_LT(std::chrono::abs(age), seconds(5));
    }
  });
}

TEST_F(postgres, maps_what_the_server_refuses) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options());
    const auto kind = [&db](params with) -> task<std::string> {
      auto got = co_await db.run(insert_thing, std::move(with));
      if (got) co_return "ok";
      co_return std::string(name(got.error().kind)) + " " + got.error().message;
    };
    params first{1, "a"}, again{1, "b"}, bad{2, "bad"}, word{"x", "a"}, nul{3, std::string("a\0b", 3)};
    EXPECT_EQ(co_await kind(std::move(first)), "ok");
    EXPECT_EQ(co_await kind(std::move(again)), "conflict thing_pkey");
    EXPECT_EQ(co_await kind(std::move(bad)), "invalid thing_name_check");
    EXPECT_TRUE((co_await kind(std::move(word))).starts_with("invalid "));
    EXPECT_TRUE((co_await kind(std::move(nul))).starts_with("invalid "));
  });
}

TEST_F(postgres, a_statement_past_its_time_answers_timeout_and_the_pool_recovers) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    const auto before = std::chrono::steady_clock::now();
    params with{5};
    auto got = co_await db.run(nap, std::move(with));
    EXPECT_FALSE(got);
    EXPECT_EQ(got.error().kind, errc::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(1000));
    auto next = co_await db.run(own_pid, {});
    EXPECT_TRUE(next);
    // the server ends the abandoned statement within its check interval
    constexpr statement naps{
        "t_naps", "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'"};
    for (int i = 0; i < 40; ++i) {
      auto left = co_await db.run(naps, {});
      if (left && (*left)[0].whole(0) == 0) co_return;
      co_await pause(milliseconds(50));
    }
    ADD_FAILURE() << "the abandoned statement still runs";
  });
}

TEST_F(postgres, a_cancelled_caller_never_leaves_its_answer_to_the_next) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    constexpr statement slow{"t_slow", "select pg_sleep(0.3), 'stale'", milliseconds{5000}};
    for (int i = 0; i < 20; ++i) {
      scope work(on, "test");
      const auto ask = [](pg_pool& pool, const statement& what) -> task<void> { co_await pool.run(what, {}); };
      work.spawn("slow", ask(db, slow));
      co_await pause(milliseconds(i));
      EXPECT_TRUE(co_await work.stop(milliseconds(1000)));
      params with{i, "fresh"};
      auto got = co_await db.run(one, std::move(with));
      EXPECT_TRUE(got) << got.error().message;
      if (got) EXPECT_EQ((*got)[0].text(1), "fresh");
    }
  });
}

TEST_F(postgres, a_transaction_is_undone_unless_committed) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    for (const bool keep : {false, true}) {
      auto work = co_await db.begin();
      params with{7, "x"};
      auto put = co_await work->run(insert_thing, std::move(with));
      EXPECT_TRUE(put);
      if (keep) EXPECT_TRUE(co_await work->commit());
      {
        const auto ended = std::move(*work);
      }
      auto left = co_await db.run(count_things, {});
      EXPECT_TRUE(left) << left.error().message;
      if (left) EXPECT_EQ((*left)[0].whole(0), keep ? 1 : 0);
    }
    auto work = co_await db.begin();
    params again{7, "x"};
    auto put = co_await work->run(insert_thing, std::move(again));
    EXPECT_FALSE(put);
    auto kept = co_await work->commit();
    EXPECT_FALSE(kept);
    EXPECT_EQ(kept.error().kind, errc::conflict);
  });
}

TEST_F(postgres, a_pipeline_commits_all_or_none) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    std::vector<step> good, bad;
    for (int i = 0; i < 500; ++i) good.push_back({&insert_thing, {i, std::string(500, 'x')}});
    auto done = co_await db.pipeline(good);
    EXPECT_TRUE(done) << done.error().message;
    if (done) EXPECT_EQ(done->size(), 500U);
    bad.push_back({&insert_thing, {1000, "a"}});
    bad.push_back({&insert_thing, {1, "a"}});
    bad.push_back({&insert_thing, {1001, "a"}});
    auto refused = co_await db.pipeline(bad);
    EXPECT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, errc::conflict);
    auto left = co_await db.run(count_things, {});
    EXPECT_EQ((*left)[0].whole(0), 500);
  });
}

TEST_F(postgres, a_pipeline_larger_than_the_socket_does_not_lock_up) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    constexpr statement echo{"t_echo", "select $1::text", milliseconds{20000}};
    std::vector<step> steps;
    for (int i = 0; i < 300; ++i) steps.push_back({&echo, {std::string(100000, 'y')}});
    auto done = co_await db.pipeline(std::move(steps));
    EXPECT_TRUE(done) << done.error().message;
    if (done) EXPECT_EQ(done->back()[0].text(0).size(), 100000U);
  });
}

TEST_F(postgres, terminated_backends_are_replaced) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(2));
    for (int i = 0; i < 3; ++i) {
      EXPECT_TRUE(co_await db.run(own_pid, {}));
      test::psql(test::conninfo("postgres", "postgres"),
                 {"select pg_terminate_backend(pid) from pg_stat_activity where datname = 'vss_net_test'"});
      co_await pause(milliseconds(50));
    }
    EXPECT_TRUE(co_await db.run(own_pid, {}));  // an idle connection that died is not even noticed
    scope work(on, "test");
    const auto ask = [](pg_pool& pool) -> task<void> {
      constexpr statement slow{"t_slow2", "select pg_sleep(3)", milliseconds{5000}};
      auto got = co_await pool.run(slow, {});
      EXPECT_FALSE(got);
      if (!got) EXPECT_EQ(got.error().kind, errc::unavailable);
    };
    work.spawn("ask", ask(db));
    co_await pause(milliseconds(100));
    test::psql(test::conninfo("postgres", "postgres"),
               {"select pg_terminate_backend(pid) from pg_stat_activity where datname = 'vss_net_test'"});
    co_await pause(milliseconds(100));
    EXPECT_EQ(work.running(), 0U);
    EXPECT_TRUE(co_await db.run(own_pid, {}));
  });
}

TEST_F(postgres, waiters_are_bounded_in_number_and_time) {
  test::check([](executor on) -> task<void> {
    auto with = options(1);
    with.waiting = 1;
    with.acquire = milliseconds(100);
    pg_pool db(on, with);
    auto held = co_await db.begin();
    EXPECT_TRUE(held);
    scope work(on, "test");
    const auto ask = [](pg_pool& pool, errc expected) -> task<void> {
      auto got = co_await pool.run(own_pid, {});
      EXPECT_FALSE(got);
      if (!got) EXPECT_EQ(got.error().kind, expected);
    };
    work.spawn("first", ask(db, errc::unavailable));
    co_await pause(milliseconds(20));
    work.spawn("second", ask(db, errc::too_many));
    co_await pause(milliseconds(150));
    EXPECT_EQ(work.running(), 0U);
  });
}

TEST_F(postgres, a_listener_hears_and_says_when_it_came_back) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, options(1));
    std::vector<std::string> heard;
    scope work(on, "test");
    work.spawn("listen", db.listen("Topic \"x", [&heard](std::string what) { heard.push_back(what); }));
    co_await pause(milliseconds(200));
    constexpr statement tell{"t_tell", "select pg_notify('Topic \"x', $1)"};
    params hello{"hello"}, again{"again"};
    EXPECT_TRUE(co_await db.run(tell, std::move(hello)));
    co_await pause(milliseconds(50));
    test::psql(test::conninfo("postgres", "postgres"),
               {"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-listen'"});
    co_await pause(milliseconds(500));
    EXPECT_TRUE(co_await db.run(tell, std::move(again)));
    co_await pause(milliseconds(50));
    const std::vector<std::string> expected{"", "hello", "", "again"};
    EXPECT_EQ(heard, expected);
    EXPECT_TRUE(co_await work.stop(milliseconds(500)));
  });
}

TEST_F(postgres, no_server_is_unavailable_in_time) {
  test::check([](executor on) -> task<void> {
    pg_pool db(on, {.conninfo = "host=127.0.0.1 port=1 dbname=x user=y", .acquire = milliseconds(300)});
    auto got = co_await db.run(own_pid, {});
    EXPECT_FALSE(got);
    EXPECT_EQ(got.error().kind, errc::unavailable);
    EXPECT_FALSE(co_await db.ready());
  });
}

TEST_F(postgres, schema_steps_run_once_and_never_change) {
  test::check([](executor on) -> task<void> {
    test::psql(where_, {"drop table if exists public.schema_step, a, b"});
    pg_pool db(on, options(2));
    std::vector<migration> steps{{"m", "002_b", "create table b (id int references a)"},
                                 {"m", "001_a", "create table a (id int primary key); insert into a values (1);"}};
    auto ran = co_await migrate(db, steps);
    EXPECT_TRUE(ran) << ran.error().message;
    if (ran) EXPECT_EQ(*ran, 2);
    auto again = co_await migrate(db, steps);
    EXPECT_TRUE(again);
    if (again) EXPECT_EQ(*again, 0);
    steps[0].sql += " ";
    auto changed = co_await migrate(db, steps);
    EXPECT_FALSE(changed);
    EXPECT_EQ(changed.error().kind, errc::conflict);
    steps[0].sql.pop_back();
    steps.push_back({"m", "003_c", "insert into a values (2); select 1/0"});
    auto failed = co_await migrate(db, steps);
    EXPECT_FALSE(failed);
    constexpr statement left{"t_left", "select count(*) from a"};
    auto count = co_await db.run(left, {});
    EXPECT_EQ((*count)[0].whole(0), 1);
  });
}

}  // namespace
}  // namespace vss::net
