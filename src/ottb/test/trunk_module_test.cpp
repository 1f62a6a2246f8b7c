// Trunks and our own numbers through their routes, and what reaches the edge of it.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "ottb/edge.hpp"
#include "ottb/number_desk.hpp"
#include "ottb/slot_credentials.hpp"
#include "ottb/test/hub_world.hpp"
#include "ottb/trunk_desk.hpp"

namespace vss::ottb::test {
namespace {

using vss::test::check;

struct trunk_desks : desks {
  trunk_desks(executor on, net::pg_pool& db) : desks(on, db), trunks(db, vault), numbers(db) {
    add_routes(router, trunks);
    add_routes(router, numbers);
  }
  trunk_desk trunks;
  number_desk numbers;
};

class trunk_world : public link_world {};

TEST_F(trunk_world, a_trunk_is_made_changed_and_retired) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    trunk_desks d(on, db);
    const auto made = co_await d.ask(
        "POST", "/ottb/trunks",
        R"({"name":"carrier-1","host":"127.0.0.3","port":24080,"cps":50,"channels":60,"simulated":true})");
    EXPECT_EQ(made.status, 201);
    const auto id = std::to_string(made.body.at("id").as_int64());
    const auto path = "/ottb/trunks/" + id;
    EXPECT_EQ((co_await d.ask("POST", "/ottb/trunks", R"({"name":"carrier-1","host":"127.0.0.3"})")).status, 409);
    EXPECT_EQ(
        (co_await d.ask("POST", "/ottb/trunks", R"({"name":"far","host":"203.0.113.1","simulated":true})")).status,
        422);
    const std::string changed =
        R"({"name":"carrier-1","host":"127.0.0.3","cps":5,"mode":"register","auth_user":"u","auth_realm":"r","auth_secret":"s","dialect":{"strip":1,"prefix":"00","peers":["127.0.0.3:24081"]}})";
    EXPECT_EQ((co_await d.ask("PUT", path, changed)).status, 428);
    EXPECT_EQ((co_await d.ask("PUT", path, changed, "77")).status, 412);
    const auto after = co_await d.ask("PUT", path, changed, made.etag);
    EXPECT_EQ(after.status, 200);
    EXPECT_EQ(after.body.at("has_secret").as_bool(), true);
    EXPECT_EQ(co_await ask(db, "select auth_ha1 from ottb.trunk where id = " + id), digest_ha1("u", "r", secret("s")));
    EXPECT_EQ(dto::json::serialize(after.body).find("\"s\""), std::string::npos);
    const std::string kept =
        R"({"name":"carrier-1","host":"127.0.0.3","mode":"register","auth_user":"u","auth_realm":"r"})";
    const auto again = co_await d.ask("PUT", path, kept, after.etag);
    EXPECT_EQ(again.body.at("has_secret").as_bool(), true) << "an absent secret stays";
    const std::string other =
        R"({"name":"carrier-1","host":"127.0.0.3","mode":"register","auth_user":"x","auth_realm":"r"})";
    EXPECT_EQ((co_await d.ask("PUT", path, other, again.etag)).status, 422);
    const auto open = co_await d.ask("PUT", path, R"({"name":"carrier-1","host":"127.0.0.3"})", again.etag);
    EXPECT_EQ(open.body.at("has_secret").as_bool(), false);
    EXPECT_EQ((co_await d.ask("DELETE", path, "", open.etag)).status, 204);
    EXPECT_EQ((co_await d.ask("GET", path)).status, 404);
    EXPECT_EQ((co_await d.ask("POST", "/ottb/trunks", R"({"name":"carrier-1","host":"127.0.0.3"})")).status, 201)
        << "the name is free";
    const auto all = co_await d.ask("GET", "/ottb/trunks");
    EXPECT_EQ(all.body.at("items").as_array().size(), 1u);
  });
}

TEST_F(trunk_world, our_numbers_lead_to_what_exists) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    trunk_desks d(on, db);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/+12025550101", R"({"target":"slot:7001"})")).status, 201);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"service:1001"})")).status, 201);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"slot:7999"})")).status, 422);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"slot:7001","trunk":99})")).status, 422);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"drop table"})")).status, 422);
    const auto moved = co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"slot:7002"})");
    EXPECT_EQ(moved.status, 200);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/dids/12025550102", R"({"target":"slot:7003"})", "1")).status, 412);
    const auto all = co_await d.ask("GET", "/ottb/dids");
    EXPECT_EQ(all.body.at("items").at(1).at("target").as_string(), "slot:7002");
    EXPECT_EQ((co_await d.ask("DELETE", "/ottb/dids/12025550102", "", moved.etag)).status, 204);
    EXPECT_EQ((co_await d.ask("DELETE", "/ottb/dids/12025550102")).status, 404);
  });
}

// The edge's RPC as it would be seen: what is called, with which key.
struct fake_edge {
  explicit fake_edge(executor on) : http(on, listen(), service()) {}
  std::vector<std::string> calls;
  std::string list = R"({"RECORDS":[]})";
  bool away = false;
  std::string url() const { return "http://127.0.0.1:" + std::to_string(http.port()) + "/RPC"; }
  net::http_server http;

 private:
  static net::listen_options listen() {
    net::listen_options out;
    out.address = "127.0.0.1:0";
    return out;
  }
  net::http_service service() {
    net::http_service out;
    out.answer = [this](net::http_request request) { return answer(std::move(request)); };
    return out;
  }
  task<net::http_response> answer(net::http_request request) {
    net::http_response out;
    out.status = away ? 500 : 200;
    if (away || request.headers.get("authorization") != "Bearer k") co_return out;
    const auto body = dto::parse_json(request.body);
    const auto method = std::string(body->at("method").as_string());
    if (method != "dispatcher.list") calls.push_back(method + dto::json::serialize(body->at("params")));
    out.body = R"({"jsonrpc":"2.0","id":1,"result":)" + (method == "dispatcher.list" ? list : "\"ok\"") + "}";
    co_return out;
  }
};

TEST_F(trunk_world, the_edge_hears_of_every_change_and_of_an_opt_out_at_once) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    trunk_desks d(on, db);
    fake_edge edge(on);
    scope life(on, "edge");
    net::metrics meters;
    const std::string log = testing::TempDir() + "edge_snapshots_" + std::to_string(::getpid());
    const std::string program = log + ".sh";
    std::ofstream(program) << "#!/bin/sh\nsleep 0.3\necho \"$@\" >>" << log << "\necho cred\n";
    ::chmod(program.c_str(), 0700);
    edge_options options{program, edge.url(), secret("k")};
    options.health_every = milliseconds(200);
    edge_sync sync(db, life, meters, options);
    spawn(life, "listen", db.listen("ottb_fleet", [&sync](std::string news) {
      if (news == "edge") sync.changed();
    }));
    const auto snapshots = [&log] {
      std::ifstream in(log);
      int count = 0;
      for (std::string line; std::getline(in, line);) count += line == "--reload --database vss_ottb_link_test";
      return count;
    };
    sync.start();
    co_await pause(milliseconds(1000));
    EXPECT_EQ(snapshots(), 1) << "at start";
    const auto made = co_await d.ask("POST", "/ottb/trunks", R"({"name":"c","host":"127.0.0.3","port":24080})");
    co_await d.ask("POST", "/ottb/slots/7001/credentials");
    co_await pause(milliseconds(1500));
    EXPECT_GE(snapshots(), 2);
    const auto before = snapshots();
    const auto asked = std::chrono::steady_clock::now();
    sync.dnc_added(std::string(64, 'a'));
    while (edge.calls.empty() && std::chrono::steady_clock::now() - asked < milliseconds(2000))
      co_await pause(milliseconds(5));
    EXPECT_LT(std::chrono::steady_clock::now() - asked, milliseconds(500));
    EXPECT_EQ(edge.calls.front(), "htable.sets[\"dnc\",\"" + std::string(64, 'a') + "\",\"1\"]");
    co_await pause(milliseconds(200));
    edge.away = true;
    sync.dnc_added(std::string(64, 'b'));  // the snapshot under way may be older than this
    co_await pause(milliseconds(500));
    edge.away = false;
    co_await pause(milliseconds(1500));
    EXPECT_NE(
        std::find(edge.calls.begin(), edge.calls.end(), "htable.sets[\"dnc\",\"" + std::string(64, 'b') + "\",\"1\"]"),
        edge.calls.end());
    EXPECT_GT(snapshots(), before);
    const auto id = made.body.at("id").as_int64();
    edge.list =
        R"({"RECORDS":[{"SET":{"ID":)" + std::to_string(1000 + id) + R"(,"TARGETS":[{"DEST":{"FLAGS":"IP"}}]}}]})";
    co_await becomes(db, "select health from ottb.trunk", "down");
    edge.list =
        R"({"RECORDS":[{"SET":{"ID":)" + std::to_string(1000 + id) + R"(,"TARGETS":[{"DEST":{"FLAGS":"AP"}}]}}]})";
    co_await becomes(db, "select health from ottb.trunk", "up");
    co_await life.stop(milliseconds(2000));
    co_await edge.http.stop(milliseconds(500));
    ::unlink(log.c_str());
    ::unlink(program.c_str());
  });
}

}  // namespace
}  // namespace vss::ottb::test
