// Retention against PostgreSQL: whole months go by the rule, their keys with them, counts and later months stay.
#include <gtest/gtest.h>

#include <set>

#include "base/dto.hpp"
#include "dci/permissions.hpp"
#include "dci/routes.hpp"
#include "net/migration.hpp"
#include "net/test/engines.hpp"

namespace vss::migrations {
std::vector<net::migration> dci();
}

namespace vss::dci {
namespace {

struct house {
  explicit house(executor on, const std::string& where)
      : db(on, {.conninfo = where}), dci(on, db, time, random), routes(who, audit) {
    add_routes(routes, dci);
  }
  static task<result<net::principal>> who(const net::http_request&) {
    net::principal out;
    out.id = "p";
    for (const auto& one : permissions) out.permissions.emplace(one.name);
    co_return out;
  }
  static task<void> audit(const net::call&, const net::route&, int) { co_return; }
  task<net::http_response> put(std::string what, std::string version, std::string body) {
    net::http_request request;
    request.method = "PUT";
    request.target = request.path = "/dci/retention/" + what;
    request.headers.set("Content-Type", "application/json");
    if (!version.empty()) request.headers.set("If-Match", '"' + version + '"');
    request.body = std::move(body);
    co_return co_await routes.answer(std::move(request));
  }
  task<std::string> one(std::string sql) {
    const auto& kept =
        *asked.insert(std::move(sql)).first;  // a statement is known by its name as long as the pool lives
    const net::statement ask{kept, kept};
    auto got = co_await db.run(ask, {});
    co_return got && !got->empty() ? (*got)[0].string(0) : "?";
  }

  std::set<std::string> asked;
  system_clock time;
  system_random random;
  net::pg_pool db;
  service dci;
  net::router routes;
};

// One call in each of the last twenty months and one in the month that runs.
constexpr auto calls = R"(select dci.merge_pbx_facts(jsonb_agg(jsonb_build_object('call_id', gen_random_uuid(),
  'direction', 'inbound', 'started_at', now() - make_interval(months => i), 'ended_at', now(), 'outcome', 'busy',
  'slot', '7001'))) from generate_series(0, 20) i)";

TEST(dci_retention, takes_off_whole_months_and_nothing_else) {
  const auto where = test::fresh_database("vss_dci_retention_test");
  test::check([&where](executor on) -> task<void> {
    house h(on, where);
    EXPECT_TRUE(co_await net::migrate(h.db, migrations::dci()));
    EXPECT_TRUE(co_await h.db.script(calls, milliseconds(5000)));
    EXPECT_TRUE(co_await h.dci.roll_up());
    EXPECT_EQ(*(co_await h.dci.retention().apply()), 0) << "without a rule everything stays";
    EXPECT_EQ(co_await h.one("select count(*)::text from dci.cdr"), "21");

    EXPECT_EQ((co_await h.put("calls", "", R"({"months":14,"reason":"law"})")).status, 428);
    EXPECT_EQ((co_await h.put("calls", "7", R"({"months":14,"reason":"law"})")).status, 412);
    EXPECT_EQ((co_await h.put("calls", "1", R"({"months":13,"reason":"law"})")).status, 422);
    EXPECT_EQ((co_await h.put("calls", "1", R"({"months":121,"reason":"law"})")).status, 422);
    EXPECT_EQ((co_await h.put("calls", "1", R"({"months":14,"reason":" "})")).status, 422);
    EXPECT_EQ((co_await h.put("people", "1", R"({"months":14,"reason":"law"})")).status, 422);
    const auto done = co_await h.put("calls", "1", R"({"months":14,"reason":"law"})");
    EXPECT_EQ(done.status, 200) << done.body;
    const auto rule = dto::parse<retention_rule>(done.body);
    EXPECT_TRUE(rule && rule->months == 14 && rule->version == 2 && rule->kept.size() == 21U) << done.body;

    EXPECT_EQ(*(co_await h.dci.retention().apply()), 6);
    EXPECT_EQ(co_await h.one("select count(*)::text from dci.cdr"), "15");
    EXPECT_EQ(co_await h.one("select count(*)::text from dci.cdr_key"), "15");
    EXPECT_EQ(co_await h.one("select min(started_at) >= dci.kept_from(14) from dci.cdr"), "t");
    EXPECT_EQ(co_await h.one("select sum(calls)::text from dci.call_rollup"), "21") << "counts stay";
    EXPECT_EQ(co_await h.one("select count(*)::text from dci.events_log where kind = 'retention.month_dropped'"), "6");
    EXPECT_TRUE(co_await h.dci.roll_up());
    EXPECT_EQ(co_await h.one("select sum(calls)::text from dci.call_rollup"), "21") << "and are not counted anew";
    EXPECT_EQ(*(co_await h.dci.retention().apply()), 0);

    EXPECT_EQ((co_await h.put("calls", "2", R"({"reason":"all again"})")).status, 200);
    const auto now = co_await h.dci.retention().view();
    EXPECT_TRUE(now && now->items.size() == 2U && !now->items[0].months && now->items[0].kept.size() == 15U);
  });
}

}  // namespace
}  // namespace vss::dci
