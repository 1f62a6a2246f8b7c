#pragma once
// For module tests of the fleet: a fresh database with OTTB's schema, a server's link over a real WebSocket, and
// archonts that say exactly what a test wants them to say.
#include <gtest/gtest.h>

#include "net/http.hpp"
#include "net/migration.hpp"
#include "net/test/engines.hpp"
#include "net/websocket.hpp"
#include "ottb/command_desk.hpp"
#include "ottb/link_hub.hpp"
#include "ottb/link_message.hpp"

namespace vss::migrations {
std::vector<net::migration> ottb();
}

namespace vss::ottb::test {

inline const std::string hub_a = "00000000-0000-7000-8000-00000000000a";
inline const std::string hub_b = "00000000-0000-7000-8000-00000000000b";

class fake_identities final : public point::identities {
 public:
  std::map<std::string, point::archont_identity> known;
  std::function<void(std::string)> revoked;

  task<result<point::archont_identity>> archont(std::string fingerprint) override {
    const auto found = known.find(fingerprint);
    if (found == known.end()) co_return fail(errc::unauthorized, "unknown");
    co_return found->second;
  }
  void on_revoked(std::function<void(std::string)> heard) override { revoked = std::move(heard); }
};

// One server process's side, on an ephemeral port; "?as=<fingerprint>" stands for the client certificate.
struct server_side {
  server_side(executor on, net::pg_pool& pool, const std::string& name, milliseconds silence = milliseconds(15000))
      : life(on, name),
        links(pool, time, life, who, meters, link_options{name, silence, milliseconds(3000), milliseconds(500)}),
        commands(pool, time, random, on),
        http(on, listen(), service()) {
    who.known["fa"] = {hub_a, "mf-01", "MF", "fa", false};
    who.known["fb"] = {hub_b, "mf-02", "MF", "fb", false};
    link_hooks hooks;
    hooks.lease_lost = [this](std::string attempt) { return resolve(std::move(attempt)); };
    hooks.news = [this](const std::string& what, const std::string& id) {
      if (what == "command") commands.done(id);
    };
    hooks.config = [](std::string) { return no_config(); };
    hooks.command = [this](std::string hub, std::string slot, std::string verb, std::int64_t) {
      return order(std::move(hub), std::move(slot), std::move(verb));
    };
    links.hook(std::move(hooks));
    links.start();
  }
  task<void> stop() {
    co_await links.stop();
    co_await http.stop(milliseconds(500));
    co_await life.stop(milliseconds(2000));
  }
  std::string url(const std::string& as) const {
    return "ws://127.0.0.1:" + std::to_string(http.port()) + "/link?as=" + as;
  }

  vss::system_clock time;
  vss::system_random random;
  net::metrics meters;
  fake_identities who;
  scope life;
  link_hub links;
  command_desk commands;
  std::vector<std::string> lost;
  bool channel_lives = false;

 private:
  static net::listen_options listen() {
    net::listen_options out;
    out.address = "127.0.0.1:0";
    return out;
  }
  net::http_service service() {
    net::http_service out;
    out.answer = [](net::http_request) { return not_here(); };
    out.upgrade_paths = {"/link"};
    out.upgrade = [this](net::http_request request, std::shared_ptr<net::ws_connection> line) {
      request.peer_fingerprint = request.query["as"];
      return links.serve(std::move(request), std::move(line));
    };
    return out;
  }
  static task<net::http_response> not_here() {
    net::http_response out;
    out.status = 404;
    co_return out;
  }
  static task<result<std::string>> no_config() { co_return std::string(R"({"hash":"h","document":{}})"); }
  task<bool> resolve(std::string attempt) {
    lost.push_back(std::move(attempt));
    co_return !channel_lives;
  }
  task<result<void>> order(std::string hub, std::string slot, std::string verb) {
    command_order what{std::move(hub), std::move(slot), std::move(verb), {}, {}, "system"};
    auto done = co_await commands.ask(std::move(what), {}, milliseconds(0));
    if (!done) co_return fail(std::move(done.error()));
    co_return result<void>{};
  }

 public:
  net::http_server http;
};

class fake_archont {
 public:
  link::hello said;
  std::shared_ptr<net::ws_connection> line;
  link::welcome welcomed;

  explicit fake_archont(std::string run = "run-1", std::int64_t generation = 1) {
    said.software = "test";
    said.boot_id = "boot";
    said.run_id = std::move(run);
    said.generation = generation;
    said.wall = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }

  // true: welcomed.
  task<bool> link_to(std::string url) {
    auto made = co_await net::ws_connect(std::move(url), {}, {}, {}, milliseconds(3000));
    if (!made) co_return false;
    line = *made;
    line->send(frame("hello", 0, dto::to_json(said)));
    auto message = co_await next("welcome");
    if (!message) co_return false;
    auto body = dto::read<link::welcome>(message->body);
    if (!body) co_return false;
    welcomed = *body;
    co_return true;
  }
  // The next message of that type; others are skipped.
  task<std::optional<link::envelope>> next(std::string type, milliseconds limit = milliseconds(5000)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (true) {
      const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) co_return std::nullopt;
      auto text = co_await line->receive(left);
      if (!text) co_return std::nullopt;
      auto message = dto::parse<link::envelope>(*text);
      if (message && message->t == type) co_return *message;
    }
  }
  task<bool> acked(std::int64_t n) {
    while (true) {
      auto message = co_await next("ack");
      if (!message) co_return false;
      const auto body = dto::read<link::ack>(message->body);
      if (body && body->upto >= n) co_return true;
    }
  }
  // true: the server ended the link (with anything still to be read before).
  task<bool> ended(milliseconds limit = milliseconds(3000)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
      auto text = co_await line->receive(milliseconds(200));
      if (!text && !line->open()) co_return true;
    }
    co_return false;
  }
  // The same while its heart beats, as a real one's does.
  task<bool> ended_beating(milliseconds limit = milliseconds(6000)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
      beat();
      const bool over = co_await ended(milliseconds(250));
      if (over) co_return true;
    }
    co_return false;
  }
  void status(std::int64_t n, std::string slot, link::slot_state from, link::slot_state to, std::int64_t epoch,
              std::string attempt = "") {
    link::status body;
    body.slot = std::move(slot);
    body.from = from;
    body.to = to;
    body.event = "test";
    body.epoch = epoch;
    body.at = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    body.registered = true;
    if (!attempt.empty()) body.attempt = attempt;
    said.last_sent = std::max(said.last_sent, n);
    line->send(frame("status", n, dto::to_json(body)));
  }
  void beat() {
    const link::ping body{std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()), 0};
    line->send(frame("ping", 0, dto::to_json(body)));
  }
};

// A database of its own per test, with two MF hubs and slots 7001-7003 (hub a) and 7101 (hub b).
class link_world : public testing::Test {
 protected:
  void SetUp() override { where = vss::test::fresh_database("vss_ottb_link_test"); }

  task<void> schema(net::pg_pool& db) {
    auto done = co_await net::migrate(db, migrations::ottb());
    if (!done) throw std::runtime_error(done.error().message);
    const std::string rows =
        "insert into ottb.hub (id, short_id, label, kind) values ('" + hub_a + "', 'aaaaaaaaaaaa', 'mf-01', 'MF'), ('" +
        hub_b +
        "', 'bbbbbbbbbbbb', 'mf-02', 'MF');"
        "insert into ottb.slot (number, kind, hub_id) select n::text, 'MF', '" +
        hub_a +
        "' from generate_series(7001, 7003) n; insert into ottb.slot (number, kind, hub_id) values ('7101', 'MF', '" +
        hub_b + "')";
    auto made = co_await db.script(rows, milliseconds(5000));
    if (!made) throw std::runtime_error(made.error().message);
  }
  // One value, as text.
  task<std::string> ask(net::pg_pool& db, std::string sql) {
    const std::string called = "ask_" + std::to_string(std::hash<std::string>{}(sql));
    const net::statement what{called, sql, milliseconds(5000)};
    net::params none;
    auto found = co_await db.run(what, none);
    if (!found) throw std::runtime_error(sql + ": " + found.error().message);
    if (found->empty()) co_return std::string("(none)");
    co_return (*found)[0].string(0);
  }
  task<bool> becomes(net::pg_pool& db, std::string sql, std::string value, milliseconds limit = milliseconds(5000)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    std::string last;
    while (std::chrono::steady_clock::now() < until) {
      last = co_await ask(db, sql);
      if (last == value) co_return true;
      co_await pause(milliseconds(20));
    }
    ADD_FAILURE() << sql << ": " << last << " instead of " << value;
    co_return false;
  }
  net::pg_options pool() const {
    net::pg_options out;
    out.conninfo = where;
    return out;
  }
  std::string where;
};

}  // namespace vss::ottb::test
