// Live sockets against real Redis: tickets, the stream of slots, rights, and what a browser hears of all that.
#include <gtest/gtest.h>

#include "net/http.hpp"
#include "net/test/engines.hpp"
#include "net/websocket.hpp"
#include "workspace/service.hpp"

using namespace vss;
using namespace vss::workspace;
using dto::json::object;

namespace {

net::redis_options redis_here() { return {.address = "unix:" + test::need("VSS_VAR") + "/run/redis.sock"}; }

// PostgreSQL's answers, as the test sets them.
struct fake_pictures final : ottb::live_pictures {
  std::vector<ottb::slot_now_row> rows{};
  bool away = false;
  int reads = 0;

  task<result<std::vector<ottb::slot_now_row>>> slots() override {
    ++reads;
    if (away) co_return fail(errc::unavailable, "away");
    co_return rows;
  }
  task<result<std::vector<ottb::call_now>>> calls() override { co_return std::vector<ottb::call_now>{}; }
  task<result<std::vector<ottb::campaign_now>>> campaigns() override { co_return std::vector<ottb::campaign_now>{}; }
  task<result<std::vector<ottb::hub_now>>> hubs() override { co_return std::vector<ottb::hub_now>{}; }
  task<result<std::vector<ottb::trunk_now>>> trunks() override { co_return std::vector<ottb::trunk_now>{}; }
  task<result<ottb::fleet_waits>> waits() override { co_return ottb::fleet_waits{}; }

  void set(const std::string& number, const std::string& state, std::int64_t version) {
    ottb::slot_now_row row;
    row.slot.id = number;
    row.slot.state = state;
    row.version = version;
    std::erase_if(rows, [&](const auto& known) { return known.slot.id == number; });
    rows.push_back(std::move(row));
  }
};

// One server process with its console, as far as live data goes.
struct house {
  explicit house(executor on, live_rules rules = {})
      : work(on, "house"),
        redis(on, redis_here()),
        news(on, redis_here()),
        all(work,
            {pictures, redis, news, time, random, meters,
             [this](const std::string& person, const std::string& session) -> result<const permission_set*> {
               if (!judging) return fail(errc::unavailable, "nobody can say");
               const bool known = person == "p" && session == "s" && signed_in;
               return known ? &rights : nullptr;
             },
             []() -> task<std::vector<engine_state>> { co_return std::vector<engine_state>{{"redis", true}}; }},
            {"here", "", "UTC", rules}) {
    all.start();
    net::http_service service;
    service.answer = [](net::http_request) -> task<net::http_response> { co_return net::http_response{}; };
    service.upgrade_paths = {"/workspace/live"};
    service.subprotocol = "vss.live.1";
    service.ws.queue_bytes = 200000;
    service.may_upgrade = [this](const net::http_request& request) { return all.live().may_upgrade(request); };
    service.upgrade = [this](net::http_request, std::shared_ptr<net::ws_connection> line) {
      return all.live().serve(std::move(line));
    };
    net::listen_options where;
    where.address = "127.0.0.1:0";
    http = std::make_unique<net::http_server>(on, where, std::move(service));
  }
  std::string host() const { return "127.0.0.1:" + std::to_string(http->port()); }
  task<result<std::shared_ptr<net::ws_connection>>> knock(std::string origin) {
    net::http_headers headers;
    headers.set("Origin", std::move(origin));
    co_return co_await net::ws_connect("ws://" + host() + "/workspace/live", {}, std::move(headers), {}, seconds(2));
  }
  // Signed in, greeted and subscribed.
  task<std::shared_ptr<net::ws_connection>> enter(std::vector<std::string> topics) {
    auto ticket = co_await all.tickets().issue({"p", "s"});
    EXPECT_TRUE(ticket) << "start engines first: ./vss test module";
    auto line = co_await knock("http://" + host());
    EXPECT_TRUE(line);
    (*line)->send(R"({"t":"hello","ticket":")" + ticket.value_or("") + "\"}");
    for (const auto& topic : topics) (*line)->send(R"({"t":"sub","topic":")" + topic + "\"}");
    co_return *line;
  }
  task<void> stop() {
    co_await http->stop(seconds(1));
    co_await work.stop(seconds(2));
    redis.close();
    news.close();
  }

  system_clock time;
  system_random random;
  net::metrics meters;
  scope work;
  net::redis redis;
  net::redis news;
  fake_pictures pictures;
  permission_set rights{"workspace.live.open", "ottb.slot.read"};
  bool signed_in = true;
  bool judging = true;
  service all;
  std::unique_ptr<net::http_server> http;
};

// The next frame of that kind; others are passed over. Empty when the line ended or 3 s passed.
task<object> next(net::ws_connection& line, std::string kind) {
  const auto until = std::chrono::steady_clock::now() + seconds(3);
  while (std::chrono::steady_clock::now() < until) {
    auto text = co_await line.receive(seconds(3));
    if (!text) break;
    auto tree = dto::parse_json(*text);
    if (tree && tree->get_object().at("t").as_string() == kind) co_return tree->get_object();
  }
  co_return object{};
}

// The close code, after whatever was still on its way.
task<int> ended(net::ws_connection& line) {
  const auto until = std::chrono::steady_clock::now() + seconds(3);
  while (line.open() && std::chrono::steady_clock::now() < until) co_await line.receive(milliseconds(500));
  co_return line.close_code();
}

std::string state_of(const object& frame, std::string_view id) {
  if (frame.empty()) return "nothing came";
  for (const auto& item : frame.at("items").as_array())
    if (item.at("id").as_string() == id) return std::string(item.at("state").as_string());
  return "";
}

// What a hub's word becomes in the stream of all servers.
task<void> publish(house& in, std::string number, std::string state, std::int64_t version) {
  std::string entry = R"([{"number":")" + number + R"(","hub":"h","state":")" + state +
                      R"(","since":"2026-11-22T15:04:05Z","registered":true,"epoch":1,"version":)" +
                      std::to_string(version) + "}]";
  std::vector<std::string> argv{"XADD", ottb::slot_stream_key, "MAXLEN", "~", "1000", "*", ottb::slot_stream_field};
  argv.push_back(std::move(entry));
  const auto done = co_await in.redis.command(std::move(argv));
  EXPECT_TRUE(done);
}

}  // namespace

TEST(live, a_ticket_opens_one_socket_and_lives_for_half_a_minute) {
  test::check([](executor on) -> task<void> {
    house here(on);
    auto ticket = co_await here.all.tickets().issue({"p", "s"});
    EXPECT_TRUE(ticket);
    std::vector<std::string> argv{"TTL", "vss:ticket:" + *ticket};
    const auto left = co_await here.redis.command(std::move(argv));
    EXPECT_TRUE(left && left->whole > 25 && left->whole <= 30);
    const auto who = co_await here.all.tickets().take(*ticket);
    EXPECT_TRUE(who && who->person == "p" && who->session == "s");
    const auto again = co_await here.all.tickets().take(*ticket);
    EXPECT_TRUE(!again && again.error().kind == errc::unauthorized);
    const auto none = co_await here.all.tickets().take("x\r\nFLUSHALL");
    EXPECT_FALSE(none);
    co_await here.stop();
  });
}

TEST(live, only_pages_of_this_server_with_a_ticket_get_in) {
  test::check([](executor on) -> task<void> {
    house here(on, {.hello = milliseconds(200)});
    EXPECT_FALSE(co_await here.knock("http://evil.example"));
    EXPECT_FALSE(co_await here.knock("https://" + here.host()));
    for (const char* first : {"{\"t\":\"sub\",\"topic\":\"slots\"}", "{\"t\":\"hello\",\"ticket\":\"guess\"}", "!"}) {
      auto line = co_await here.knock("http://" + here.host());
      EXPECT_TRUE(line);
      (*line)->send(first);
      EXPECT_EQ(co_await ended(**line), 4001) << first;  // and no word of an end: another ticket may do
    }
    auto silent = co_await here.knock("http://" + here.host());
    EXPECT_EQ(co_await ended(**silent), 4001);
    EXPECT_EQ(here.all.live().sockets(), 0U);
    co_await here.stop();
  });
}

TEST(live, a_snapshot_then_what_any_server_hears_of_a_slot) {
  test::check([](executor on) -> task<void> {
    house here(on), other(on);
    here.pictures.set("7001", "IDLE", 10);
    const auto line = co_await here.enter({"slots"});
    EXPECT_FALSE((co_await next(*line, "welcome")).empty());
    const auto snap = co_await next(*line, "snap");
    EXPECT_EQ(state_of(snap, "7001"), "IDLE");
    const auto seq = snap.at("seq").as_int64();
    const auto began = std::chrono::steady_clock::now();
    co_await publish(other, "7001", "CALLING", 12);
    const auto delta = co_await next(*line, "delta");
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_EQ(state_of(delta, "7001"), "CALLING");
    EXPECT_LT(took, milliseconds(500));
    EXPECT_EQ(delta.at("seq").as_int64(), seq + 1);
    co_await publish(other, "7001", "READY", 11);  // overtaken on its way
    here.pictures.set("7001", "ACTIVE_CALL", 13);  // and now PostgreSQL is the newer one
    const auto truth = co_await next(*line, "delta");
    EXPECT_EQ(state_of(truth, "7001"), "ACTIVE_CALL");
    here.pictures.set("7002", "IDLE", 1);  // a new slot: its first word makes the picture be read
    co_await publish(other, "7002", "IDLE", 2);
    EXPECT_EQ(state_of(co_await next(*line, "delta"), "7002"), "IDLE");
    line->close(1000, "");
    co_await other.stop();
    co_await here.stop();
  });
}

TEST(live, what_may_not_be_seen_is_refused_and_a_lost_right_ends_it) {
  test::check([](executor on) -> task<void> {
    house here(on);
    here.pictures.set("7001", "IDLE", 1);
    const auto line = co_await here.enter({"calls", "slots"});
    EXPECT_EQ((co_await next(*line, "refused")).at("permission"), "ottb.attempt.read");
    EXPECT_FALSE((co_await next(*line, "snap")).empty());
    here.rights.erase("ottb.slot.read");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ((co_await next(*line, "refused")).at("topic"), "slots");
    here.signed_in = false;
    EXPECT_EQ((co_await next(*line, "end")).at("why"), "session");
    EXPECT_EQ(co_await ended(*line), 4001);
    EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(2));  // two looks, each within a second
    co_await here.stop();
  });
}

TEST(live, a_silent_source_is_named_and_its_return_brings_the_whole_picture) {
  test::check([](executor on) -> task<void> {
    house here(on);
    here.pictures.set("7001", "IDLE", 1);
    const auto line = co_await here.enter({"slots"});
    EXPECT_EQ(state_of(co_await next(*line, "snap"), "7001"), "IDLE");
    here.pictures.away = true;
    auto stale = co_await next(*line, "stale");
    if (stale.empty()) stale = co_await next(*line, "stale");  // 3 s after the last answer
    EXPECT_EQ(stale.at("topic"), "slots");
    here.pictures.set("7001", "FAULT", 2);
    here.pictures.away = false;
    EXPECT_EQ(state_of(co_await next(*line, "snap"), "7001"), "FAULT");
    line->close(1000, "");
    co_await here.stop();
  });
}

TEST(live, whoever_comes_while_the_source_is_silent_is_told_so) {
  test::check([](executor on) -> task<void> {
    house here(on);
    here.pictures.set("7001", "IDLE", 1);
    const auto first = co_await here.enter({"slots"});
    EXPECT_FALSE((co_await next(*first, "snap")).empty());
    here.pictures.away = true;
    auto stale = co_await next(*first, "stale");
    if (stale.empty()) stale = co_await next(*first, "stale");
    EXPECT_FALSE(stale.empty());
    const auto second = co_await here.enter({"slots"});
    EXPECT_EQ(state_of(co_await next(*second, "snap"), "7001"), "IDLE");
    EXPECT_EQ((co_await next(*second, "stale")).at("since"), stale.at("since"));
    first->close(1000, "");
    second->close(1000, "");
    co_await here.stop();
  });
}

TEST(live, who_cannot_be_judged_goes_on_for_a_while_and_begins_nothing_new) {
  test::check([](executor on) -> task<void> {
    live_rules rules;
    rules.unjudged = milliseconds(1500);
    house here(on, rules);
    here.pictures.set("7001", "IDLE", 1);
    const auto line = co_await here.enter({"slots"});
    EXPECT_FALSE((co_await next(*line, "snap")).empty());
    here.judging = false;
    here.pictures.set("7001", "FAULT", 2);
    EXPECT_EQ(state_of(co_await next(*line, "delta"), "7001"), "FAULT");
    EXPECT_EQ(co_await ended(*line), 1013);  // come again, not: your session is over
    co_await here.stop();
  });
}

TEST(live, a_slot_that_went_while_nobody_looked_is_gone) {
  test::check([](executor on) -> task<void> {
    house here(on);
    here.pictures.set("7001", "IDLE", 1);
    here.pictures.set("7002", "IDLE", 1);
    const auto first = co_await here.enter({"slots"});
    EXPECT_EQ(state_of(co_await next(*first, "snap"), "7002"), "IDLE");
    first->close(1000, "");
    while (here.all.live().sockets() > 0) co_await pause(milliseconds(20));
    co_await pause(milliseconds(300));  // the room notices at its next turn, 200 ms at most
    std::erase_if(here.pictures.rows, [](const auto& row) { return row.slot.id == "7002"; });
    const auto second = co_await here.enter({"slots"});
    EXPECT_EQ(state_of(co_await next(*second, "snap"), "7002"), "");
    second->close(1000, "");
    co_await here.stop();
  });
}

TEST(live, nobody_reads_for_nobody) {
  test::check([](executor on) -> task<void> {
    house here(on);
    co_await pause(milliseconds(300));
    EXPECT_EQ(here.pictures.reads, 0);
    const auto line = co_await here.enter({"slots"});
    EXPECT_FALSE((co_await next(*line, "snap")).empty());
    line->send(R"({"t":"unsub","topic":"slots"})");
    const auto until = std::chrono::steady_clock::now() + seconds(3);
    int before = -1;
    while (before != here.pictures.reads && std::chrono::steady_clock::now() < until) {
      before = here.pictures.reads;
      co_await pause(milliseconds(1500));  // longer than the time between two reads
    }
    EXPECT_EQ(before, here.pictures.reads);
    line->close(1000, "");
    co_await here.stop();
  });
}
