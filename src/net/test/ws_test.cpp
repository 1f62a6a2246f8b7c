// WebSocket: frames by the book (RFC 6455 section 5.7 and the groups of the Autobahn suite), then connections on
// loopback.
#include <gmock/gmock.h>

#include "base/scope.hpp"
#include "net/test/loopback.hpp"
#include "net/websocket.hpp"
#include "net/ws_codec.hpp"
#include "net/ws_handshake.hpp"

using namespace vss;
using namespace vss::net;
using namespace vss::net::test;
using testing::HasSubstr;
using kind = ws_event::kind;

namespace {

std::string bytes(std::initializer_list<int> all) {
  std::string out;
  for (const int b : all) out += static_cast<char>(b);
  return out;
}
ws_event one(const std::string& in, ws_role role = ws_role::client, std::size_t limit = 1000) {
  ws_decoder decoder(role, limit);
  decoder.feed(in);
  return decoder.next();
}

}  // namespace

TEST(ws_codec, examples_of_the_rfc) {
  EXPECT_EQ(ws_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  const auto plain = bytes({0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f});
  EXPECT_EQ(one(plain).payload, "Hello");
  const auto masked = bytes({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58});
  EXPECT_EQ(one(masked, ws_role::server).payload, "Hello");
  std::string made;
  ws_encode(made, ws_op::text, "Hello", std::nullopt);
  EXPECT_EQ(made, plain);
  made.clear();
  ws_encode(made, ws_op::text, "Hello", ws_mask{0x37, 0xfa, 0x21, 0x3d});
  EXPECT_EQ(made, masked);
  EXPECT_EQ(one(bytes({0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f})).what, kind::ping);
  ws_decoder fragments(ws_role::client, 100);
  fragments.feed(bytes({0x01, 0x03, 0x48, 0x65, 0x6c}));
  EXPECT_EQ(fragments.next().what, kind::none);
  fragments.feed(bytes({0x89, 0x00}));  // a ping between fragments
  EXPECT_EQ(fragments.next().what, kind::ping);
  fragments.feed(bytes({0x80, 0x02, 0x6c, 0x6f}));
  EXPECT_EQ(fragments.next().payload, "Hello");
}

TEST(ws_codec, every_length_goes_round_in_every_split) {
  for (const std::size_t size : {0, 1, 125, 126, 127, 65535, 65536, 70000}) {
    std::string frame;
    ws_encode(frame, ws_op::binary, std::string(size, 'x'), ws_mask{1, 2, 3, 4});
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, frame.size()}) {
      ws_decoder decoder(ws_role::server, 70000);
      ws_event got;
      for (std::size_t at = 0; at < frame.size(); at += step) {
        decoder.feed(std::string_view(frame).substr(at, step));
        if (at % 997 == 0 || at + step >= frame.size()) got = decoder.next();
      }
      EXPECT_EQ(got.what, kind::message);
      EXPECT_EQ(got.payload, std::string(size, 'x'));
      EXPECT_TRUE(decoder.idle());
    }
  }
}

TEST(ws_codec, what_the_rfc_forbids_is_a_fault) {
  const auto code = [](const std::string& in, ws_role role = ws_role::client, std::size_t limit = 1000) {
    const auto got = one(in, role, limit);
    return got.what == kind::fault ? got.code : 0;
  };
  EXPECT_EQ(code(bytes({0xc1, 0x00})), 1002);  // RSV1
  EXPECT_EQ(code(bytes({0xa1, 0x00})), 1002);  // RSV2
  EXPECT_EQ(code(bytes({0x91, 0x00})), 1002);  // RSV3
  for (const int op : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) EXPECT_EQ(code(bytes({0x80 | op, 0})), 1002) << op;
  EXPECT_EQ(code(bytes({0x81, 0x80, 0, 0, 0, 0})), 1002);                  // a server masks
  EXPECT_EQ(code(bytes({0x81, 0x00}), ws_role::server), 1002);             // a client does not
  EXPECT_EQ(code(bytes({0x09, 0x00})), 1002);                              // fragmented ping
  EXPECT_EQ(code(bytes({0x89, 126, 0, 126})), 1002);                       // long ping
  EXPECT_EQ(code(bytes({0x80, 0x00})), 1002);                              // continuation of nothing
  EXPECT_EQ(code(bytes({0x01, 0x01, 'a', 0x81, 0x01, 'b'})), 1002);        // new message inside another
  EXPECT_EQ(code(bytes({0x82, 126, 0, 5})), 1002);                         // length not minimal
  EXPECT_EQ(code(bytes({0x82, 127, 0, 0, 0, 0, 0, 0, 0, 200})), 1002);     // length not minimal
  EXPECT_EQ(code(bytes({0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0})), 1002);    // top bit
  EXPECT_EQ(code(bytes({0x82, 126, 4, 0}), ws_role::client, 1000), 1009);  // 1024 > 1000, before it comes
  EXPECT_EQ(code(bytes({0x81, 0x02, 0xc3, 0x28})), 1007);                  // bad UTF-8
  EXPECT_EQ(code(bytes({0x81, 0x03, 0xed, 0xa0, 0x80})), 1007);            // a surrogate
  EXPECT_EQ(code(bytes({0x88, 0x01, 3})), 1002);                           // close of one byte
  EXPECT_EQ(code(bytes({0x88, 0x03, 3, 0xe8, 0xff})), 1007);               // reason not UTF-8
  for (const int bad : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) {
    EXPECT_EQ(code(bytes({0x88, 0x02, bad >> 8, bad & 255})), 1002) << bad;
  }
  for (const int good : {1000, 1001, 1011, 3000, 4999}) {
    const auto got = one(bytes({0x88, 0x02, good >> 8, good & 255}));
    EXPECT_EQ(got.what, kind::close);
    EXPECT_EQ(got.code, good);
  }
  EXPECT_EQ(one(bytes({0x88, 0x00})).code, 1005);
}

TEST(ws_codec, many_small_fragments_do_not_pass_the_limit) {
  ws_decoder decoder(ws_role::client, 10);
  std::string in = bytes({0x02, 0x01, 'a'});
  for (int i = 0; i < 20; ++i) in += bytes({0x00, 0x01, 'a'});
  decoder.feed(in);
  const auto got = decoder.next();
  EXPECT_EQ(got.what, kind::fault);
  EXPECT_EQ(got.code, 1009);
}

TEST(ws_codec, a_close_reason_is_cut_at_a_character) {
  std::string reason;
  for (int i = 0; i < 100; ++i) reason += "ж";
  EXPECT_EQ(ws_close_payload(1000, reason).size(), 2U + 122U);
  EXPECT_EQ(ws_close_payload(1005, ""), "");
}

namespace {

http_service echoing(ws_options options = {}) {
  http_service out;
  out.answer = [](http_request) -> task<http_response> { co_return http_response{404, {}, ""}; };
  out.upgrade_paths = {"/ws"};
  out.subprotocol = "vss";
  out.ws = options;
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
      else if (*got == "sleep")
        co_await pause(milliseconds(50));
      else
        ws->send(std::move(*got));
    }
  };
  return out;
}

}  // namespace

TEST(websocket, messages_come_back_in_order) {
  loop l;
  http_server server(l.on(), anywhere(), echoing());
  l.run([](http_server& s) -> task<void> {
    const std::string where = url(s, "/ws", "ws");
    auto made = co_await ws_connect(where, {}, {}, {}, seconds(2));
    EXPECT_TRUE(made) << made.error().message;
    if (!made) co_return;
    auto ws = *made;
    for (int i = 0; i < 500; ++i) EXPECT_TRUE(ws->send(std::string(static_cast<std::size_t>(i), 'a')));
    for (int i = 0; i < 500; ++i) {
      const auto got = co_await ws->receive(seconds(2));
      EXPECT_TRUE(got && got->size() == static_cast<std::size_t>(i));
      if (!got) co_return;
    }
    ws->ping();
    const auto nothing = co_await ws->receive(milliseconds(100));
    EXPECT_TRUE(!nothing && nothing.error().kind == errc::timeout);
    EXPECT_TRUE(ws->open());
    ws->send("bye");
    const auto end = co_await ws->receive(seconds(2));
    EXPECT_TRUE(!end && end.error().kind == errc::unavailable);
    EXPECT_EQ(ws->close_code(), 4001);
    EXPECT_FALSE(ws->send("late"));
    co_await pause(milliseconds(50));
    EXPECT_EQ(s.open_connections(), 0U);
  }(server));
}

TEST(websocket, who_may_not_gets_a_problem) {
  loop l;
  http_server server(l.on(), anywhere(), echoing());
  l.run([](http_server& s) -> task<void> {
    http_headers headers;
    headers.set("authorization", "no");
    const auto refused = co_await ws_connect(url(s, "/ws", "ws"), {}, headers, {}, seconds(2));
    EXPECT_TRUE(!refused && refused.error().kind == errc::forbidden);
    const auto elsewhere = co_await ws_connect(url(s, "/other", "ws"), {}, {}, {}, seconds(2));
    EXPECT_TRUE(!elsewhere && elsewhere.error().kind == errc::not_found);
    const std::string ask =
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n";
    const auto old = co_await raw(s.port(), ask);
    EXPECT_THAT(old, testing::StartsWith("HTTP/1.1 426"));
    EXPECT_THAT(old, HasSubstr("sec-websocket-version: 13"));
  }(server));
}

TEST(websocket, a_frame_behind_the_handshake_is_not_lost) {
  loop l;
  http_server server(l.on(), anywhere(), echoing());
  l.run([](http_server& s) -> task<void> {
    std::string ask =
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Protocol: ticket, vss\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    ws_encode(ask, ws_op::text, "early", ws_mask{1, 2, 3, 4});
    ws_encode(ask, ws_op::close, ws_close_payload(1000, ""), ws_mask{1, 2, 3, 4});
    const auto said = co_await raw(s.port(), ask);
    EXPECT_THAT(said, HasSubstr("sec-websocket-protocol: vss\r\n"));
    EXPECT_THAT(said, HasSubstr("early"));
    EXPECT_TRUE(said.ends_with(bytes({0x88, 0x02, 0x03, 0xe8})));
  }(server));
}

TEST(websocket, garbage_is_answered_with_1002_and_a_large_message_with_1009) {
  loop l;
  http_server server(l.on(), anywhere(), echoing({.frame_limit = 100}));
  l.run([](http_server& s) -> task<void> {
    const std::string ask =
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    const auto garbage = co_await raw(s.port(), ask + "garbage, garbage", seconds(3));
    EXPECT_THAT(garbage, HasSubstr(bytes({0x03, 0xea})));
    auto ws = co_await ws_connect(url(s, "/ws", "ws"), {}, {}, {}, seconds(2));
    if (!ws) co_return;
    (*ws)->send(std::string(101, 'x'));
    const auto end = co_await (*ws)->receive(seconds(2));
    EXPECT_FALSE(end);
    EXPECT_EQ((*ws)->close_code(), 1009);
  }(server));
}

TEST(websocket, a_slow_reader_is_closed_not_buffered) {
  loop l;
  http_server server(l.on(), anywhere(), echoing());
  l.run([](http_server& s) -> task<void> {
    auto ws =
        co_await ws_connect(url(s, "/ws", "ws"), {}, {}, {.queue_limit = 50, .queue_bytes = 100 << 20}, seconds(2));
    if (!ws) co_return;
    (*ws)->send("sleep");
    co_await pause(milliseconds(20));
    int taken = 0;
    while ((*ws)->send(std::string(20000, 'x')) && taken < 1000) {
      ++taken;
    }
    EXPECT_EQ(taken, 50);
    EXPECT_FALSE((*ws)->open());
    EXPECT_EQ((*ws)->close_code(), 1013);
    EXPECT_LE((*ws)->queued(), 2U);
  }(server));
}

TEST(websocket, shared_text_goes_to_both_sides_beside_other_messages) {
  const std::string large(300000, 'y');
  loop l;
  auto service = echoing({.queue_bytes = 100 << 20});
  service.upgrade = [&large](http_request, std::shared_ptr<ws_connection> ws) -> task<void> {
    const ws_shared_text small("ж"), big(large);
    EXPECT_EQ(small.text(), "ж");
    EXPECT_EQ(big.frame()->size(), large.size() + 10);
    for (int i = 0; i < 200; ++i) {
      ws->send(small);
      ws->send(std::to_string(i));
      if (i % 50 == 0) ws->send(big);
    }
    const auto back = co_await ws->receive(seconds(5));
    EXPECT_TRUE(back && *back == "masked");
    ws->close(1000, "");
  };
  http_server server(l.on(), anywhere(), service);
  l.run([](http_server& s, const std::string& big) -> task<void> {
    auto made = co_await ws_connect(url(s, "/ws", "ws"), {}, {}, {}, seconds(2));
    EXPECT_TRUE(made);
    if (!made) co_return;
    auto ws = *made;
    const auto next = [&ws]() -> task<std::string> {
      auto got = co_await ws->receive(seconds(5));
      co_return got.value_or("nothing");
    };
    co_await pause(milliseconds(100));  // what the sockets cannot hold waits on the other side
    for (int i = 0; i < 200; ++i) {
      EXPECT_EQ(co_await next(), "ж");
      EXPECT_EQ(co_await next(), std::to_string(i));
      if (i % 50 == 0) EXPECT_TRUE(co_await next() == big);
    }
    const ws_shared_text answer("masked");
    EXPECT_TRUE(ws->send(answer));
    EXPECT_EQ(co_await next(), "nothing");
    EXPECT_EQ(ws->close_code(), 1000);
  }(server, large));
}

TEST(websocket, stop_says_1001) {
  loop l;
  http_server server(l.on(), anywhere(), echoing());
  l.run([](http_server& s) -> task<void> {
    auto ws = co_await ws_connect(url(s, "/ws", "ws"), {}, {}, {}, seconds(2));
    if (!ws) co_return;
    (*ws)->send("hello");
    const auto hello = co_await (*ws)->receive(seconds(1));
    EXPECT_TRUE(hello && *hello == "hello");
    const auto stop = [](http_server& x) -> task<void> { co_await x.stop(seconds(2)); };
    scope all(co_await this_executor(), "test");
    all.spawn("stop", stop(s));
    const auto end = co_await (*ws)->receive(seconds(2));
    EXPECT_FALSE(end);
    EXPECT_EQ((*ws)->close_code(), 1001);
    co_await pause(milliseconds(100));
    EXPECT_EQ(s.open_connections(), 0U);
    co_await all.stop(seconds(3));
  }(server));
}
