// TLS on both sides: who is trusted, who is named, and that everything else works the same.
#include "net/tls.hpp"

#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "net/test/certificates.hpp"
#include "net/test/loopback.hpp"
#include "net/websocket.hpp"

using namespace vss;
using namespace vss::net;
using namespace vss::net::test;
using testing::HasSubstr;

namespace {

http_service naming() {
  http_service out;
  out.answer = [](http_request request) -> task<http_response> {
    http_response response;
    response.body =
        request.peer_certificate + " " + request.peer_fingerprint + " " + std::to_string(request.body.size());
    co_return response;
  };
  out.upgrade_paths = {"/ws"};
  out.upgrade = [](http_request request, std::shared_ptr<ws_connection> ws) -> task<void> {
    ws->send(request.peer_certificate);
    while (true) {
      auto got = co_await ws->receive(seconds(5));
      if (!got) co_return;
      ws->send(std::move(*got));
    }
  };
  return out;
}

struct tls_edge : testing::Test {
  certificates made;
  loop l;
  client_options trusting() const { return {.ca_file = made.crt("ca"), .certificate = "", .key = ""}; }
  client_options named(const std::string& file) const {
    return {.ca_file = made.crt("ca"), .certificate = made.crt(file), .key = made.key(file)};
  }
  listen_options edge(bool ask_for_clients) const {
    auto out = anywhere();
    out.tls = tls_files{made.crt("server"), made.key("server"), ask_for_clients ? made.crt("ca") : ""};
    return out;
  }
};

task<result<http_response>> get(http_client& client, std::string where, std::string body = "") {
  co_return co_await client.send("PUT", where, {}, body, seconds(5));
}

}  // namespace

TEST_F(tls_edge, a_client_certificate_names_the_peer) {
  made.issue("hub", "hub-7");
  http_server server(l.on(), edge(true), naming());
  l.run([](http_server& s, executor on, client_options plain, client_options with) -> task<void> {
    http_client hub(on, with);
    http_client nobody(on, plain);
    const auto where = url(s, "/", "https");
    const auto known = co_await get(hub, where);
    EXPECT_TRUE(known) << known.error().message;
    EXPECT_THAT(known->body, testing::MatchesRegex("hub-7 [0-9a-f]{64} 0"));
    const auto again = co_await get(hub, where, std::string(300000, 'x'));
    EXPECT_TRUE(again && again->body.ends_with(" 300000"));
    EXPECT_EQ(s.open_connections(), 1U);
    const auto anonymous = co_await get(nobody, where);
    EXPECT_TRUE(anonymous && anonymous->body == "  0");
  }(server, l.on(), trusting(), named("hub")));
}

TEST_F(tls_edge, strangers_are_not_let_in) {
  certificates foreign;
  foreign.issue("hub", "hub-7");
  made.issue("old", "hub-7", nullptr, -1);
  http_server server(l.on(), edge(true), naming());
  client_options stranger = trusting();
  stranger.certificate = foreign.crt("hub");
  stranger.key = foreign.key("hub");
  l.run([](http_server& s, executor on, client_options a, client_options b) -> task<void> {
    http_client first(on, a);
    http_client second(on, b);
    const auto foreigner = co_await get(first, url(s, "/", "https"));
    EXPECT_TRUE(!foreigner && foreigner.error().kind == errc::unavailable);
    const auto expired = co_await get(second, url(s, "/", "https"));
    EXPECT_FALSE(expired);
    const auto plain = co_await raw(s.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(plain, testing::Not(HasSubstr("HTTP/1.1 200")));
  }(server, l.on(), stranger, named("old")));
}

TEST_F(tls_edge, the_client_checks_the_server) {
  certificates foreign;
  made.issue("other", "server", "DNS:elsewhere");
  http_server right(l.on(), edge(false), naming());
  auto options = edge(false);
  options.tls = tls_files{made.crt("other"), made.key("other"), ""};
  http_server wrong_name(l.on(), options, naming());
  client_options distrusting{.ca_file = foreign.crt("ca"), .certificate = "", .key = ""};
  l.run([](http_server& good, http_server& bad, executor on, client_options a, client_options b) -> task<void> {
    http_client trusting_one(on, a);
    http_client distrusting_one(on, b);
    const auto fine = co_await get(trusting_one, url(good, "/", "https"));
    EXPECT_TRUE(fine.has_value());
    const auto named_wrong = co_await get(trusting_one, url(bad, "/", "https"));
    EXPECT_TRUE(!named_wrong);
    EXPECT_THAT(named_wrong.error().message, HasSubstr("IP address mismatch"));
    const auto untrusted = co_await get(distrusting_one, url(good, "/", "https"));
    EXPECT_TRUE(!untrusted);
  }(right, wrong_name, l.on(), trusting(), distrusting));
}

TEST_F(tls_edge, websockets_work_the_same) {
  made.issue("hub", "hub-7");
  http_server server(l.on(), edge(true), naming());
  l.run([](http_server& s, client_options with) -> task<void> {
    auto ws = co_await ws_connect(url(s, "/ws", "wss"), with, {}, {}, seconds(5));
    EXPECT_TRUE(ws) << ws.error().message;
    if (!ws) co_return;
    const auto name = co_await (*ws)->receive(seconds(1));
    EXPECT_TRUE(name && *name == "hub-7");
    for (int i = 0; i < 50; ++i) (*ws)->send(std::string(static_cast<std::size_t>(i * 1000), 'y'));
    for (int i = 0; i < 50; ++i) {
      const auto got = co_await (*ws)->receive(seconds(2));
      EXPECT_TRUE(got && got->size() == static_cast<std::size_t>(i * 1000));
      if (!got) co_return;
    }
    (*ws)->close(1000, "done");
    const auto end = co_await (*ws)->receive(seconds(1));
    EXPECT_FALSE(end);
    co_await pause(milliseconds(20));
    EXPECT_EQ(s.open_connections(), 0U);
  }(server, named("hub")));
}

TEST_F(tls_edge, a_slow_handshake_is_cut_off) {
  auto options = edge(false);
  options.head_time = milliseconds(100);
  http_server server(l.on(), options, naming());
  l.run([](http_server& s) -> task<void> {
    const auto start = std::chrono::steady_clock::now();
    const auto said = co_await raw(s.port(), "\x16\x03\x01", seconds(5));
    EXPECT_EQ(said, "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(2));
    EXPECT_EQ(s.open_connections(), 0U);
  }(server));
}

TEST_F(tls_edge, wrong_files_do_not_start) {
  auto options = edge(true);
  options.tls->key = made.key("ca");
  EXPECT_THROW(http_server(l.on(), options, naming()), std::runtime_error);
  options.tls->key = "/none";
  EXPECT_THROW(http_server(l.on(), options, naming()), std::runtime_error);
}
