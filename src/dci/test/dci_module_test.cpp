#include <gtest/gtest.h>

#include "base/dto.hpp"
#include "dci/service.hpp"
#include "link/cdr.hpp"
#include "net/migration.hpp"
#include "net/test/engines.hpp"

namespace vss::migrations {
std::vector<net::migration> dci();
}

namespace vss::dci {
namespace {

constexpr net::statement ingest{"t_ingest", "select n, call_id, accepted, reason from dci.ingest_cdr($1::jsonb)",
                                milliseconds{20000}};
constexpr auto hub_a = "00000000-0000-0000-0000-00000000000a";
constexpr auto hub_b = "00000000-0000-0000-0000-00000000000b";
constexpr auto campaign = "0190a000-0000-7000-8000-0000000000c1";

std::string id_of(int n) {
  auto digits = std::to_string(n);
  return "0190a000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

link::call_record record(int n) {
  link::call_record out;
  out.call_id = id_of(n);
  out.attempt_id = out.call_id;
  out.campaign_id = campaign;
  out.trail = "t" + std::to_string(n);
  out.slot = "7001";
  out.started_at = std::chrono::floor<seconds>(system_clock().now()) - seconds(100);
  out.answered_at = out.started_at + seconds(10);
  out.ended_at = out.started_at + seconds(40);
  out.outcome = link::outcome::answered;
  out.sip_code = 200;
  out.rtp_sent = 1500;
  out.rtp_received = 1490;
  out.dtmf_sent = "1";
  return out;
}

ottb::call_ended fact(int n) {
  const auto from = record(n);
  ottb::call_ended out;
  out.story.id = from.trail;
  out.call_id = from.call_id;
  out.attempt = from.call_id;
  out.campaign = campaign;
  out.trunk = 11;
  out.started_at = from.started_at;
  out.answered_at = from.answered_at;
  out.ended_at = from.ended_at;
  out.outcome = link::outcome::answered;
  out.sip_code = 200;
  out.q850 = 16;
  return out;
}

std::string written(const std::vector<link::call_record>& records) {
  dto::json::array out;
  for (const auto& one : records) out.push_back(dto::to_json(one));
  return dto::json::serialize(out);
}

// The database with DCI's schema, a service that runs, and two hubs with roles that come in over TLS.
class dci : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    where_ = test::fresh_database("vss_dci_test");
    test::check([](executor on) -> task<void> {
      net::pg_pool db(on, {.conninfo = where_});
      auto made = co_await net::migrate(db, migrations::dci());
      if (!made) throw std::runtime_error(made.error().message);
    });
  }
  void SetUp() override { test::psql(where_, {"truncate dci.cdr, dci.cdr_key, dci.events_log"}); }

  struct world {
    explicit world(executor on) : db(on, {.conninfo = where_}), work(on, "test"), it(on, db, time, random) {
      it.start(work);
    }
    system_clock time;
    system_random random;
    net::pg_pool db;
    scope work;
    service it;

    task<net::pg_options> hub(std::string hub_id, std::string short_id) {
      secret password("p-" + short_id);
      auto role = co_await it.admit(std::move(hub_id), short_id, password);
      if (!role) throw std::runtime_error(role.error().message);
      co_return net::pg_options{.conninfo = "host=127.0.0.1 port=" + test::need("PORT_PG") +
                                            " dbname=vss_dci_test user=" + *role + " password=" + password.reveal() +
                                            " sslmode=verify-ca sslrootcert=" + test::need("VSS_VAR") + "/ca/ca.crt"};
    }
    task<void> end() {
      EXPECT_TRUE(co_await it.drain(milliseconds(5000)));
      EXPECT_TRUE(co_await work.stop(milliseconds(2000)));
    }
    task<call_story> story(int n) {
      auto got = co_await it.call(id_of(n));
      EXPECT_TRUE(got) << (got ? "" : got.error().message);
      if (!got) co_return call_story{};
      co_return std::move(*got);
    }
    task<std::size_t> disagreements() {
      event_filter filter;
      filter.kind = "cdr_disagreement";
      auto got = co_await it.events(std::move(filter));
      co_return got ? got->items.size() : 999;
    }
  };

  // "3 ok" or the reasons, one a line.
  static task<std::string> send(net::pg_pool& as_hub, std::string batch) {
    net::params with{std::move(batch)};
    auto got = co_await as_hub.run(ingest, std::move(with));
    if (!got) co_return std::string(name(got.error().kind)) + ": " + got.error().message;
    int good = 0;
    std::string bad;
    for (const auto& one : *got) {
      if (one.yes(2))
        ++good;
      else
        bad += "\n" + one.string(0) + " " + one.string(3);
    }
    co_return std::to_string(good) + " ok" + bad;
  }
  static inline std::string where_;
};

TEST_F(dci, both_halves_meet_whichever_comes_first) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool hub(on, co_await w.hub(hub_a, "aaaaaaaaaaaa"));
    const std::vector<link::call_record> first{record(1)}, second{record(2)};
    EXPECT_EQ(co_await send(hub, written(first)), "1 ok");
    w.it.ended(fact(1));
    w.it.ended(fact(2));
    EXPECT_TRUE(co_await w.it.drain(milliseconds(5000)));
    EXPECT_EQ(co_await send(hub, written(second)), "1 ok");
    for (const int n : {1, 2}) {
      const auto story = co_await w.story(n);
      EXPECT_TRUE(story.hub && story.pbx);
      EXPECT_EQ(story.hub_id, hub_a);
      EXPECT_EQ(story.call.outcome, "answered");
      EXPECT_EQ(story.call.trunk_id, 11);
      EXPECT_EQ(story.call.slot, "7001");
      EXPECT_TRUE(story.call.differs.empty());
      if (story.hub) EXPECT_EQ(story.hub->rtp_sent, 1500);
    }
    EXPECT_EQ(co_await w.disagreements(), 0U);
    co_await w.end();
  });
}

TEST_F(dci, a_batch_again_changes_nothing) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool hub(on, co_await w.hub(hub_a, "aaaaaaaaaaaa"));
    std::vector<link::call_record> batch;
    for (int i = 0; i < 500; ++i) batch.push_back(record(i));
    EXPECT_EQ(co_await send(hub, written(batch)), "500 ok");
    for (auto& one : batch) one.rtp_sent = 1;
    EXPECT_EQ(co_await send(hub, written(batch)), "500 ok");
    w.it.ended(fact(7));
    w.it.ended(fact(7));
    EXPECT_TRUE(co_await w.it.drain(milliseconds(5000)));
    auto sum = co_await w.it.summary(campaign, std::nullopt, std::nullopt);
    EXPECT_TRUE(sum);
    if (!sum) co_return;
    EXPECT_EQ(sum->total, 500);
    EXPECT_EQ(sum->outcomes.at("answered"), 500);
    EXPECT_EQ(sum->talk_seconds, 15000);
    EXPECT_EQ(sum->one_sided, 499);
    const auto story = co_await w.story(3);
    if (story.hub) EXPECT_EQ(story.hub->rtp_sent, 1500);
    co_await w.end();
  });
}

TEST_F(dci, disagreement_is_an_event_and_the_pbx_wins) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool hub(on, co_await w.hub(hub_a, "aaaaaaaaaaaa"));
    auto silent = record(1), longer = record(2), close = record(3), blind = record(4);
    silent.outcome = link::outcome::no_answer;
    silent.answered_at.reset();
    longer.ended_at += seconds(3);
    close.ended_at += milliseconds(1900);
    blind.outcome = link::outcome::unknown;
    blind.answered_at.reset();
    const std::vector<link::call_record> batch{silent, longer, close, blind};
    for (int i = 1; i <= 4; ++i) w.it.ended(fact(i));
    EXPECT_TRUE(co_await w.it.drain(milliseconds(5000)));
    EXPECT_EQ(co_await send(hub, written(batch)), "4 ok");
    EXPECT_EQ(co_await send(hub, written(batch)), "4 ok");
    const auto one = co_await w.story(1), two = co_await w.story(2), three = co_await w.story(3),
               four = co_await w.story(4);
    EXPECT_EQ(one.call.differs, (std::vector<std::string>{"answered", "outcome"}));
    EXPECT_EQ(one.call.outcome, "answered");
    EXPECT_EQ(two.call.differs, std::vector<std::string>{"duration"});
    EXPECT_TRUE(three.call.differs.empty());
    EXPECT_TRUE(four.call.differs.empty());
    EXPECT_EQ(four.call.outcome, "answered");
    EXPECT_EQ(co_await w.disagreements(), 2U);
    co_await w.end();
  });
}

TEST_F(dci, a_bad_row_costs_itself_only) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool hub(on, co_await w.hub(hub_a, "aaaaaaaaaaaa"));
    auto old = record(2), backwards = record(3), nameless = record(4), letters = record(5);
    old.started_at -= std::chrono::days(500);
    backwards.ended_at = backwards.started_at - seconds(1);
    nameless.attempt_id = id_of(99);
    letters.dtmf_sent = "+12025550100";
    const std::vector<link::call_record> batch{record(1), old, backwards, nameless, letters, record(6)};
    EXPECT_EQ(
        co_await send(hub, written(batch)),
        "2 ok\n1 started_at is out of range\n2 the times are not in order\n3 an outbound call is named by its attempt"
        "\n4 dtmf is not digits");
    const std::string mixed =
        R"([1, {"call_id": "x"}, {}, )" + dto::write(record(7)) + R"(, {"started_at": "yesterday-ish"}])";
    EXPECT_EQ(co_await send(hub, mixed),
              "1 ok\n0 a member has the wrong type\n1 a member has the wrong type\n2 call_id is missing"
              "\n4 a member has the wrong type");
    EXPECT_TRUE((co_await send(hub, R"({"a": 1})")).starts_with("invalid"));
    EXPECT_TRUE((co_await send(hub, "nonsense")).starts_with("invalid"));
    EXPECT_EQ(co_await send(hub, "[]"), "0 ok");
    const std::vector<link::call_record> twice{record(8), record(8)};
    EXPECT_EQ(co_await send(hub, written(twice)), "2 ok");
    auto sum = co_await w.it.summary(std::nullopt, std::nullopt, std::nullopt);
    if (sum) EXPECT_EQ(sum->total, 4);
    co_await w.end();
  });
}

TEST_F(dci, a_hub_is_who_its_session_is_and_may_do_nothing_else) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool one(on, co_await w.hub(hub_a, "aaaaaaaaaaaa")), other(on, co_await w.hub(hub_b, "bbbbbbbbbbbb"));
    const std::vector<link::call_record> batch{record(1)};
    EXPECT_EQ(co_await send(one, written(batch)), "1 ok");
    EXPECT_EQ(co_await send(other, written(batch)), "0 ok\n0 this call is another hub's");
    for (const auto* sql :
         {"select * from dci.cdr", "select * from dci.cdr_key", "select * from dci.hub_role",
          "delete from dci.events_log", "select dci.merge_pbx_facts('[]')", "select dci.make_partitions()",
          "create temp table t (i int)", "create table public.t (i int)", "create schema s",
          "select dci.create_hub_role(gen_random_uuid(), 'ccccdddd', 'x')", "alter role hub_aaaaaaaaaaaa createdb",
          "set role vss", "select pg_read_file('/etc/passwd')"}) {
      auto done = co_await one.script(sql, milliseconds(5000));
      EXPECT_FALSE(done) << sql;
      if (!done) EXPECT_EQ(done.error().kind, errc::forbidden) << sql;
    }
    EXPECT_TRUE(co_await w.it.revoke(hub_b));
    EXPECT_TRUE((co_await send(other, written(batch))).starts_with("forbidden"));
    auto as_a = co_await w.hub(hub_a, "aaaaaaaaaaaa");
    as_a.conninfo.replace(as_a.conninfo.find("password=p-"), 11, "password=q-");
    as_a.acquire = milliseconds(1000);
    net::pg_pool liar(on, as_a);
    EXPECT_TRUE((co_await send(liar, "[]")).starts_with("unavailable"));
    co_await w.end();
  });
}

TEST_F(dci, an_old_call_finds_its_month_and_pages_hold_all) {
  test::check([](executor on) -> task<void> {
    world w(on);
    net::pg_pool hub(on, co_await w.hub(hub_a, "aaaaaaaaaaaa"));
    std::vector<link::call_record> batch;
    for (int i = 0; i < 25; ++i) {
      auto one = record(i);
      const auto back = std::chrono::days(i * 14);  // a year of months
      one.started_at -= back;
      *one.answered_at -= back;
      one.ended_at -= back;
      if (i % 2 == 1) one.slot = "7002";
      batch.push_back(one);
    }
    EXPECT_EQ(co_await send(hub, written(batch)), "25 ok");
    std::vector<std::string> seen;
    call_filter filter;
    filter.limit = 7;
    for (int pages = 0; pages < 10; ++pages) {
      auto page = co_await w.it.calls(filter);
      EXPECT_TRUE(page);
      if (!page) break;
      for (const auto& one : page->items) seen.push_back(one.call_id);
      if (!page->next) break;
      EXPECT_TRUE(read_cursor(*page->next, filter));
    }
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_EQ(seen.front(), id_of(0));
    EXPECT_EQ(seen.back(), id_of(24));
    call_filter odd;
    odd.slot = "7002";
    odd.from = record(0).started_at - std::chrono::days(100);
    auto few = co_await w.it.calls(odd);
    if (few) EXPECT_EQ(few->items.size(), 4U);  // 14, 42, 70 and 98 days ago
    call_filter attempt;
    attempt.attempt = id_of(5);
    auto single = co_await w.it.calls(attempt);
    if (single) EXPECT_EQ(single->items.size(), 1U);
    co_await w.end();
  });
}

TEST_F(dci, halves_wait_while_postgres_is_away) {
  test::check([](executor on) -> task<void> {
    world w(on);
    auto ready = co_await w.db.ready();
    EXPECT_TRUE(ready);
    test::psql(test::conninfo("postgres", "postgres"),
               {"alter database vss_dci_test allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'vss_dci_test'"});
    for (int i = 0; i < 1200; ++i) w.it.ended(fact(i));
    w.it.note({.kind = "test.event", .subject = "slot:7001", .detail = {{"a", 1}}});
    EXPECT_FALSE(co_await w.it.drain(milliseconds(1000)));
    test::psql(test::conninfo("postgres", "postgres"), {"alter database vss_dci_test allow_connections true"});
    EXPECT_TRUE(co_await w.it.drain(milliseconds(10000)));
    auto sum = co_await w.it.summary(std::nullopt, std::nullopt, std::nullopt);
    if (sum) EXPECT_EQ(sum->total, 1200);
    event_filter filter;
    filter.subject = "slot:7001";
    auto noted = co_await w.it.events(filter);
    EXPECT_TRUE(noted && noted->items.size() == 1);
    co_await w.end();
  });
}

}  // namespace
}  // namespace vss::dci
