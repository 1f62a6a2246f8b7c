#include <gtest/gtest.h>

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

net::http_request get(std::string path, std::map<std::string, std::string> query = {}) {
  net::http_request out;
  out.method = "GET";
  out.target = out.path = std::move(path);
  out.query = std::move(query);
  return out;
}

TEST(dci_routes, answer_what_is_asked_and_say_what_is_wrong) {
  const auto where = test::fresh_database("vss_dci_routes_test");
  test::check([&where](executor on) -> task<void> {
    net::pg_pool db(on, {.conninfo = where});
    EXPECT_TRUE(co_await net::migrate(db, migrations::dci()));
    system_clock time;
    system_random random;
    service dci(on, db, time, random);
    bool allowed = true;
    const auto who = [&allowed](const net::http_request&) -> task<result<net::principal>> {
      net::principal out;
      out.id = "p";
      for (const auto& one : permissions) {
        if (allowed) out.permissions.emplace(one.name);
      }
      co_return out;
    };
    const auto audit = [](const net::call&, const net::route&, int) -> task<void> { co_return; };
    net::router routes(who, audit);
    add_routes(routes, dci);
    std::set<std::string, std::less<>> known;
    for (const auto& one : permissions) known.emplace(one.name);
    EXPECT_NO_THROW(routes.check_permissions(known));
    EXPECT_TRUE(co_await db.script(R"(select dci.merge_pbx_facts(jsonb_agg(jsonb_build_object(
        'call_id', gen_random_uuid(), 'direction', 'inbound', 'started_at', now() - make_interval(secs => i),
        'ended_at', now(), 'outcome', 'busy', 'slot', '7001'))) from generate_series(1, 3) i)",
                                   milliseconds(5000)));

    const auto status = [&routes](std::string path, std::map<std::string, std::string> query) -> task<int> {
      const auto answer = co_await routes.answer(get(std::move(path), std::move(query)));
      co_return answer.status;
    };
    using query = std::map<std::string, std::string>;
    const query none, two{{"limit", "2"}}, far{{"limit", "501"}}, junk{{"after", "junk"}}, odd{{"campaign", "x"}},
        never{{"from", "2026-13-01T00:00:00Z"}};
    const auto first = co_await routes.answer(get("/dci/cdrs", two));
    EXPECT_EQ(first.status, 200) << first.body;
    auto page = dto::parse<call_page>(first.body);
    EXPECT_TRUE(page);
    if (!page) co_return;
    EXPECT_EQ(page->items.size(), 2U);
    const query rest{{"limit", "2"}, {"after", page->next.value_or("")}};
    const auto second = co_await routes.answer(get("/dci/cdrs", rest));
    auto last = dto::parse<call_page>(second.body);
    EXPECT_TRUE(last && last->items.size() == 1 && !last->next) << second.body;
    EXPECT_EQ(co_await status("/dci/cdrs/" + page->items[0].call_id, none), 200);
    EXPECT_EQ(co_await status("/dci/cdrs/00000000-0000-0000-0000-000000000000", none), 404);
    EXPECT_EQ(co_await status("/dci/cdrs", far), 422);
    EXPECT_EQ(co_await status("/dci/cdrs", junk), 422);
    EXPECT_EQ(co_await status("/dci/cdrs", odd), 422);
    EXPECT_EQ(co_await status("/dci/cdrs", never), 422);
    EXPECT_EQ(co_await status("/dci/events", two), 200);
    const auto sum = co_await routes.answer(get("/dci/summary"));
    EXPECT_EQ(sum.status, 200);
    EXPECT_NE(sum.body.find(R"("total":3)"), std::string::npos) << sum.body;
    EXPECT_EQ(co_await status("/dci/summary", odd), 422);
    allowed = false;
    for (const auto* path : {"/dci/cdrs", "/dci/events", "/dci/summary"}) EXPECT_EQ(co_await status(path, none), 403);
  });
}

}  // namespace
}  // namespace vss::dci
