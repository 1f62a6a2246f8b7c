// The rollup against PostgreSQL: whatever comes in which order, how often, and how late, it says what a count of the
// CDRs themselves says.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "dci/routes.hpp"
#include "net/migration.hpp"
#include "net/test/engines.hpp"

namespace vss::migrations {
std::vector<net::migration> point();
std::vector<net::migration> ottb();
std::vector<net::migration> dci();
}  // namespace vss::migrations

namespace vss::dci {
namespace {

// Three whole days, lately: a hub's half may not be older than 400 days.
const instant base = std::chrono::floor<std::chrono::days>(system_clock().now()) - std::chrono::days(10);
const instant end = base + std::chrono::days(3);

class rollup : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    where_ = test::fresh_database("vss_rollup_test");
    test::check([](executor on) -> task<void> {
      net::pg_pool db(on, {.conninfo = where_});
      auto steps = migrations::point();
      for (auto more : {migrations::ottb(), migrations::dci()}) steps.insert(steps.end(), more.begin(), more.end());
      auto made = co_await net::migrate(db, std::move(steps));
      if (!made) throw std::runtime_error(made.error().message);
    });
  }
  void SetUp() override { clear(); }
  static void clear() {
    test::psql(where_, {"truncate dci.cdr, dci.cdr_key, dci.events_log, dci.call_news, dci.call_rollup"});
  }

  static std::string scalar(const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> line(PQconnectdb(where_.c_str()), &PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(line.get(), sql.c_str()), &PQclear);
    if (PQresultStatus(done.get()) != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(line.get()));
    return PQntuples(done.get()) > 0 ? PQgetvalue(done.get(), 0, 0) : "";
  }
  // Rows of one side that the other has not: "0" when rollup and CDRs agree in every column.
  static std::string disagreements() {
    return scalar(
               "select count(*) from (select * from dci.call_rollup except all select * from dci.counted_calls("
               "'-infinity', 'infinity')) a") +
           scalar(
               "select count(*) from (select * from dci.counted_calls('-infinity', 'infinity') except all "
               "select * from dci.call_rollup) a");
  }

  struct world {
    explicit world(executor on) : db(on, {.conninfo = where_, .connections = 6}), it(on, db, time, random) {}
    task<std::int64_t> roll() {
      auto done = co_await it.roll_up();
      EXPECT_TRUE(done) << done.error().message;
      co_return done.value_or(-1);
    }
    system_clock time;
    system_random random;
    net::pg_pool db;
    service it;
  };
  static inline std::string where_;
};

// A half of a call that both writers take; the same seed makes the same call.
std::string half(std::mt19937& dice, int call, bool pbx, int shift_seconds) {
  static const char* const outcomes[] = {"answered", "answered", "busy",    "no_answer", "rejected",
                                         "invalid",  "failed",   "blocked", "unknown",   "abandoned"};
  std::mt19937 own(static_cast<unsigned>(call));
  const auto start = base + seconds(own() % (3 * 86400)) + seconds(shift_seconds);
  const std::string outcome = outcomes[own() % 10];
  const auto rings = milliseconds(own() % 20000), talks = milliseconds(own() % 120000);
  char id[37];
  std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%012d", call);
  dto::json::object out{{"call_id", id},
                        {"direction", own() % 9 == 0 ? "inbound" : "outbound"},
                        {"started_at", to_text(start)},
                        {"ended_at", to_text(start + rings + talks)},
                        {"outcome", pbx || dice() % 5 != 0 ? outcome : "unknown"},
                        {"sip_code", 200},
                        {"rtp_sent", 1},
                        {"rtp_received", 1}};
  const auto pressed = own() % 4 == 0 ? std::to_string(own() % 3) + "7" : "";
  if (outcome == "answered") out["answered_at"] = to_text(start + rings);
  if (out["direction"] == "outbound") out["attempt_id"] = id;
  out["slot"] = std::to_string(7001 + own() % 4);
  if (own() % 3 != 0)
    out["campaign_id"] = own() % 2 ? "00000000-0000-7000-8000-0000000000c1" : "00000000-0000-7000-8000-0000000000c2";
  if (pbx) {
    out["trunk_id"] = 11 + own() % 2;
    out["q850"] = 16;
    out["dtmf"] = pressed;
  } else {
    out["rtp_lost"] = 0;
    out["dtmf_sent"] = "";
    out["dtmf_received"] = pressed;
  }
  return dto::json::serialize(out);
}

void store(const std::string& where, bool pbx, const std::string& halves) {
  const std::string hub = "'00000000-0000-0000-0000-00000000000a'";
  test::psql(where, {pbx ? "select dci.merge_pbx_facts('[" + halves + "]')"
                         : "select * from dci.take_hub_halves(" + hub + ", '[" + halves + "]')"});
}

TEST_F(rollup, says_what_the_records_say_in_any_order_and_however_late) {
  test::check(
      [](executor on) -> task<void> {
        world w(on);
        for (const unsigned seed : {1U, 2U, 3U}) {
          clear();
          std::mt19937 dice(seed);
          for (int round = 0; round < 25; ++round) {
            std::string halves;
            const bool pbx = dice() % 2 == 0;
            for (int i = 0; i < 40; ++i) {
              // calls of a small pool: halves meet, repeat and come late; clocks of the sides differ
              const int call = static_cast<int>(dice() % 400 + seed * 1000);
              halves += (i == 0 ? "" : ",") + half(dice, call, pbx, pbx ? 0 : static_cast<int>(dice() % 3));
            }
            store(where_, pbx, halves);
            if (dice() % 3 == 0) (void)co_await w.roll();
          }
          (void)co_await w.roll();
          EXPECT_EQ(disagreements(), "00") << "seed " << seed;
          EXPECT_NE(scalar("select sum(calls) from dci.call_rollup"), "");
          EXPECT_EQ(scalar("select sum(calls) from dci.call_rollup"), scalar("select count(*) from dci.cdr"));
          EXPECT_EQ(co_await w.roll(), 0) << "nothing is left";
        }
      },
      seconds(120));
}

TEST_F(rollup, catches_up_with_old_months_after_a_stop) {
  test::check([](executor on) -> task<void> {
    world w(on);
    std::mt19937 dice(7);
    store(where_, true, half(dice, 1, true, 0));
    (void)co_await w.roll();
    store(where_, false, half(dice, 2, false, -200 * 86400));
    store(where_, true, half(dice, 3, true, -100 * 86400));
    EXPECT_NE(disagreements(), "00") << "it waits to be counted";
    EXPECT_EQ(co_await w.roll(), 2);
    EXPECT_EQ(disagreements(), "00");
  });
}

TEST_F(rollup, two_servers_count_at_once_and_nothing_is_missed) {
  test::check(
      [](executor on) -> task<void> {
        world a(on), b(on);
        scope life(on, "test");
        bool over = false;
        const auto keep = [&over](world& w) -> task<void> {
          while (!over) {
            (void)co_await w.roll();
            co_await pause(milliseconds(2));
          }
        };
        life.spawn("a", keep(a));
        life.spawn("b", keep(b));
        std::mt19937 dice(9);
        for (int i = 0; i < 60; ++i) {
          std::string halves = half(dice, i, true, 0);
          for (int k = 0; k < 20; ++k) halves += "," + half(dice, static_cast<int>(dice() % 300), true, 0);
          net::params with{"[" + halves + "]"};
          static constexpr net::statement merge{"t_merge", "select dci.merge_pbx_facts($1::jsonb)", milliseconds{5000}};
          auto done = co_await a.db.run(merge, std::move(with));
          EXPECT_TRUE(done) << done.error().message;
        }
        over = true;
        co_await life.stop(milliseconds(5000));
        (void)co_await a.roll();
        EXPECT_EQ(disagreements(), "00");
      },
      seconds(60));
}

TEST_F(rollup, answers_by_every_kind_of_row) {
  test::psql(where_,
             {"insert into ottb.trunk (id, name, host) values (11, 'north', '10.0.0.1') on conflict do nothing"});
  test::check([](executor on) -> task<void> {
    world w(on);
    std::mt19937 dice(5);
    std::string halves = half(dice, 1, true, 0);
    for (int i = 2; i <= 300; ++i) halves += "," + half(dice, i, true, 0);
    store(where_, true, halves);
    (void)co_await w.roll();
    analytics_wish wish;
    wish.from = base;
    wish.to = end;
    wish.direction = "all";
    for (const auto by : {analytics_by::hour, analytics_by::day, analytics_by::campaign, analytics_by::trunk,
                          analytics_by::slot, analytics_by::hub}) {
      wish.by = by;
      auto got = co_await w.it.analytics(wish);
      EXPECT_TRUE(got) << got.error().message;
      if (!got) co_return;
      EXPECT_EQ(got->total.attempts, 300);
      EXPECT_EQ(got->waiting, 0);
      std::int64_t sum = 0;
      std::set<std::string> keys;
      for (const auto& row : got->rows) {
        sum += row.attempts;
        EXPECT_TRUE(keys.insert(row.key).second) << row.key << " twice";
      }
      EXPECT_EQ(sum, 300);
      if (by == analytics_by::day) EXPECT_EQ(got->rows[0].label, to_text(base).substr(0, 10));
      if (by == analytics_by::trunk)
        EXPECT_TRUE(std::ranges::any_of(got->rows, [](const auto& r) { return r.key == "11" && r.label == "north"; }));
    }
    const auto raw = co_await w.it.summary(std::nullopt, wish.from, wish.to);
    const auto got = co_await w.it.analytics(wish);
    EXPECT_EQ(raw->outcomes.at("answered"), got->total.answered);
    EXPECT_EQ(raw->outcomes.at("busy"), got->total.busy);
    EXPECT_EQ(raw->talk_seconds, got->total.talk_seconds);
    wish.campaign = "00000000-0000-7000-8000-0000000000c1";
    const auto own = co_await w.it.analytics(wish);
    const auto own_raw = co_await w.it.summary(wish.campaign, wish.from, wish.to);
    EXPECT_EQ(own->total.attempts, own_raw->total);
    wish.direction = "inbound";
    EXPECT_LT((co_await w.it.analytics(wish))->total.attempts, own->total.attempts);
  });
}

TEST_F(rollup, hours_and_days_are_those_of_the_zone) {
  test::check([](executor on) -> task<void> {
    world w(on);
    const auto call = [](int n, const char* at) {
      char id[37];
      std::snprintf(id, sizeof id, "00000000-0000-7000-8000-%012d", n);
      store(
          where_, true,
          dto::json::serialize(dto::json::object{
              {"call_id", id}, {"direction", "outbound"}, {"started_at", at}, {"ended_at", at}, {"outcome", "busy"}}));
    };
    call(1, "2026-10-25T00:40:00Z");  // 02:40 in Berlin, summer time
    call(2, "2026-10-25T01:40:00Z");  // 02:40 in Berlin, an hour later
    call(3, "2026-10-24T22:10:00Z");  // the 25th in Berlin; 03:55 of the 25th in Kathmandu
    (void)co_await w.roll();
    analytics_wish wish;
    wish.from = *parse_instant("2026-10-24T00:00:00Z");
    wish.to = *parse_instant("2026-10-26T00:00:00Z");
    wish.tz = "Europe/Berlin";
    auto got = co_await w.it.analytics(wish);
    EXPECT_EQ(got->rows.size(), 3U) << "the hour that comes twice is two";
    EXPECT_EQ(got->rows[1].key, "2026-10-25T00:00:00.000000Z");
    EXPECT_EQ(got->rows[1].label, "2026-10-25 02:00");
    EXPECT_EQ(got->rows[2].label, "2026-10-25 02:00");
    wish.by = analytics_by::day;
    EXPECT_EQ((co_await w.it.analytics(wish))->rows.size(), 1U);
    wish.by = analytics_by::hour;
    wish.tz = "Asia/Kathmandu";
    got = co_await w.it.analytics(wish);
    EXPECT_EQ(got->rows[0].key, "2026-10-24T21:15:00.000000Z");
    EXPECT_EQ(got->rows[0].label, "2026-10-25 03:00");
    wish.tz = "Moon/Crater";
    got = co_await w.it.analytics(wish);
    EXPECT_EQ(got.error().kind, errc::invalid);
  });
}

TEST_F(rollup, the_route_answers_json_or_csv) {
  test::check([](executor on) -> task<void> {
    world w(on);
    const auto who = [](const net::http_request&) -> task<result<net::principal>> {
      net::principal out;
      out.id = "p";
      out.permissions = {"dci.summary.read"};
      co_return out;
    };
    const auto audit = [](const net::call&, const net::route&, int) -> task<void> { co_return; };
    net::router routes(who, audit);
    add_routes(routes, w.it);
    std::mt19937 dice(5);
    store(where_, true, half(dice, 1, true, 0));
    (void)co_await w.roll();
    net::http_request asked;
    asked.method = "GET";
    asked.target = asked.path = "/dci/analytics";
    asked.query = {{"from", to_text(base)}, {"to", to_text(end)}, {"by", "slot"}, {"direction", "all"}};
    auto answer = co_await routes.answer(asked);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find(R"("attempts":1)"), std::string::npos) << answer.body;
    asked.headers.set("accept", "text/csv");
    answer = co_await routes.answer(asked);
    EXPECT_EQ(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    EXPECT_TRUE(answer.body.starts_with("key,label,")) << answer.body;
    asked.query["by"] = "moon";
    EXPECT_EQ((co_await routes.answer(asked)).status, 422);
    asked.query["by"] = "day";
    asked.query["to"] = "2020-01-01T00:00:00Z";
    EXPECT_EQ((co_await routes.answer(asked)).status, 422);
  });
}

}  // namespace
}  // namespace vss::dci
