// The edge and the client against each other on loopback.
#include <gmock/gmock.h>

#include "base/scope.hpp"
#include "net/test/loopback.hpp"
#include "net/websocket.hpp"

using namespace vss;
using namespace vss::net;
using namespace vss::net::test;
using testing::HasSubstr;

namespace {

task<http_response> echo(http_request request) {
  if (request.path == "/throws") throw std::runtime_error("broken invariant");
  if (request.path == "/slow") co_await pause(milliseconds(150));
  http_response out;
  out.headers.set("content-type", "text/plain");
  out.headers.set("x-path", request.path);
  out.body = request.method + " " + request.path + " " + request.body;
  if (request.path == "/large") out.body = std::string(9 << 20, 'x');
  co_return out;
}

http_service echo_service() {
  http_service out;
  out.answer = echo;
  out.upgrade_paths = {"/ws"};
  out.may_upgrade = [](const http_request& request) -> task<result<void>> {
    if (request.headers.get("authorization") == "no") co_return fail(errc::forbidden, "not you");
    co_return result<void>{};
  };
  out.upgrade = [](http_request, std::shared_ptr<ws_connection> ws) -> task<void> {
    while (true) {
      auto got = co_await ws->receive(seconds(5));
      if (!got) co_return;
      if (*got == "bye")
        ws->close(4001, "as asked");
      else
        ws->send(std::move(*got));
    }
  };
  return out;
}

}  // namespace

TEST(http, one_connection_serves_many_requests) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    http_client client(on, {});
    for (int i = 0; i < 20; ++i) {
      const std::string where = url(s, "/a%20b?x=1");
      const auto got = co_await client.send("POST", where, {}, "body" + std::to_string(i), seconds(2));
      EXPECT_TRUE(got) << got.error().message;
      if (!got) co_return;
      EXPECT_EQ(got->status, 200);
      EXPECT_EQ(got->body, "POST /a b body" + std::to_string(i));
    }
    EXPECT_EQ(s.open_connections(), 1U);
    co_await s.stop(seconds(1));
    EXPECT_EQ(s.open_connections(), 0U);
  }(server, l.on()));
}

TEST(http, head_has_the_length_but_not_the_body) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    http_client client(on, {});
    const auto got = co_await client.send("HEAD", url(s, "/x"), {}, "", seconds(2));
    EXPECT_TRUE(got && got->status == 200 && got->body.empty());
    EXPECT_EQ(got->headers.get("Content-Length"), "8");
    const auto again = co_await client.send("GET", url(s, "/x"), {}, "", seconds(2));
    EXPECT_TRUE(again && again->body == "GET /x ");
  }(server, l.on()));
}

TEST(http, a_thrown_invariant_is_a_500_and_the_connection_lives) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    http_client client(on, {});
    const auto got = co_await client.send("GET", url(s, "/throws"), {}, "", seconds(2));
    EXPECT_TRUE(got && got->status == 500);
    EXPECT_THAT(got->body, testing::Not(HasSubstr("broken")));
    const auto next = co_await client.send("GET", url(s, "/x"), {}, "", seconds(2));
    EXPECT_TRUE(next && next->status == 200);
  }(server, l.on()));
}

TEST(http, errors_of_the_client_are_values) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    http_client client(on, {});
    const auto slow = co_await client.send("GET", url(s, "/slow"), {}, "", milliseconds(50));
    EXPECT_TRUE(!slow && slow.error().kind == errc::timeout);
    const auto large = co_await client.send("GET", url(s, "/large"), {}, "", seconds(5));
    EXPECT_TRUE(!large && large.error().kind == errc::too_large);
    const auto nobody = co_await client.send("GET", "http://127.0.0.1:1/", {}, "", seconds(1));
    EXPECT_TRUE(!nobody && nobody.error().kind == errc::unavailable);
    const auto wrong = co_await client.send("GET", "ftp://x/", {}, "", seconds(1));
    EXPECT_TRUE(!wrong && wrong.error().kind == errc::invalid);
  }(server, l.on()));
}

TEST(http, stop_lets_the_request_under_way_finish) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    http_client client(on, {});
    scope all(on, "test");
    int status = 0;
    const auto ask = [](http_client& c, std::string where, int& to) -> task<void> {
      const auto got = co_await c.send("GET", where, {}, "", seconds(2));
      if (got) to = got->status;
    };
    all.spawn("ask", ask(client, url(s, "/slow"), status));
    co_await pause(milliseconds(30));
    co_await s.stop(seconds(2));
    co_await pause(milliseconds(20));
    EXPECT_EQ(status, 200);
    EXPECT_EQ(all.running(), 0U);
  }(server, l.on()));
}

// Many requests over one connection: each in its turn, and one that gives up does not stop the line.
TEST(http, requests_wait_in_line_for_a_connection) {
  loop l;
  http_server server(l.on(), anywhere(), echo_service());
  l.run([](http_server& s, executor on) -> task<void> {
    client_options one;
    one.connections = 1;
    http_client client(on, one);
    scope all(on, "test");
    std::vector<int> order;
    const auto ask = [](http_client& c, std::string where, milliseconds limit, int n,
                        std::vector<int>& to) -> task<void> {
      const auto got = co_await c.send("GET", where, {}, "", limit);
      to.push_back(got ? n : -n);
    };
    all.spawn("slow", ask(client, url(s, "/slow"), seconds(5), 1, order));
    all.spawn("hasty", ask(client, url(s, "/"), milliseconds(20), 2, order));
    for (int n = 3; n <= 300; ++n) all.spawn("ask", ask(client, url(s, "/"), seconds(5), n, order));
    while (all.running() > 0) co_await pause(milliseconds(5));
    std::vector<int> expected{-2, 1};
    for (int n = 3; n <= 300; ++n) expected.push_back(n);
    EXPECT_EQ(order, expected);
    EXPECT_EQ(s.open_connections(), 1U);
  }(server, l.on()));
}
