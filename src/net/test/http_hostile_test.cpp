// What no honest client sends: every such message is refused, and the server goes on.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include "net/http_parse.hpp"
#include "net/test/loopback.hpp"

using namespace vss;
using namespace vss::net;
using namespace vss::net::test;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

http_service counting(int& seen) {
  http_service out;
  out.answer = [&seen](http_request request) -> task<http_response> {
    ++seen;
    http_response response;
    response.body = request.body;
    co_return response;
  };
  return out;
}

struct vector_row {
  const char* what;
  std::string bytes;
  const char* expected;  // begin of the answer
};

std::vector<vector_row> refused() {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  return {
      {"CL and TE", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"TE and CL", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"two lengths", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 400"},
      {"a list of lengths", post + "Content-Length: 1, 1\r\n\r\nx", "HTTP/1.1 400"},
      {"a negative length", post + "Content-Length: -1\r\n\r\n", "HTTP/1.1 400"},
      {"a signed length", post + "Content-Length: +1\r\n\r\nx", "HTTP/1.1 400"},
      {"a huge length", post + "Content-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 400"},
      {"a length beyond the limit", post + "Content-Length: 999999999\r\n\r\n", "HTTP/1.1 413"},
      {"two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "HTTP/1.1 400"},
      {"an unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 501"},
      {"gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 501"},
      {"a blank before the colon", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"obs-fold", post + "X: a\r\n b\r\n\r\n", "HTTP/1.1 400"},
      {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", "HTTP/1.1 400"},
      {"one bare LF", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", "HTTP/1.1 400"},
      {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "HTTP/1.1 400"},
      {"NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1, '\0') + "\r\n\r\n", "HTTP/1.1 400"},
      {"no host", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400"},
      {"HTTP/2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "HTTP/1.1 505"},
      {"HTTP/0.9", "GET /\r\n\r\n", "HTTP/1.1 400"},
      {"a blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"a dot segment", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"an escaped dot segment", "GET /a/%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"an escaped slash", "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"an escaped NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"half an escape", "GET /a%4 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"a parameter twice", "GET /?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 400"},
      {"a chunk extension", post + "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"a bad chunk size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"an endless chunk line", post + "Transfer-Encoding: chunked\r\n\r\n" + std::string(40000, '0'), "HTTP/1.1 400"},
      {"TE with HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400"},
      {"a large head", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", "HTTP/1.1 431"},
      {"a head without end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'x'), "HTTP/1.1 431"},
      {"a TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), "HTTP/1.1 400"},
  };
}

}  // namespace

TEST(http_hostile, what_two_parsers_could_read_differently_is_refused) {
  loop l;
  int seen = 0;
  http_server server(l.on(), anywhere(), counting(seen));
  l.run(
      [](http_server& s, int& count) -> task<void> {
        for (const auto& row : refused()) {
          // What follows must not be taken for a second request.
          const std::string bytes = row.bytes + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
          const auto said = co_await raw(s.port(), bytes);
          EXPECT_THAT(said, StartsWith(row.expected)) << row.what;
          EXPECT_THAT(said, HasSubstr("application/problem+json")) << row.what;
          EXPECT_THAT(said, HasSubstr("connection: close")) << row.what;
          EXPECT_EQ(count, 0) << row.what;
        }
        const auto fine = co_await raw(s.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        EXPECT_THAT(fine, StartsWith("HTTP/1.1 200"));
      }(server, seen),
      seconds(60));
}

TEST(http_hostile, pipelined_requests_are_answered_in_order) {
  loop l;
  int seen = 0;
  http_server server(l.on(), anywhere(), counting(seen));
  l.run([](http_server& s, int& count) -> task<void> {
    const std::string one = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
    const std::string chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nccc\r\n1\r\nd\r\n0\r\nX-Trailer: 7\r\n\r\n";
    const auto said = co_await raw(s.port(), "\r\n" + one + "aaa" + one + "bbb" + chunked);
    EXPECT_EQ(count, 3);
    const auto a = said.find("aaa");
    const auto b = said.find("bbb");
    const auto c = said.find("cccd");
    EXPECT_TRUE(a < b && b < c && c != std::string::npos) << said;
  }(server, seen));
}

TEST(http_hostile, every_split_of_a_request_reads_the_same) {
  const std::string bytes =
      "POST /p?q=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n6\r\n world\r\n0\r\nT: x\r\n\r\nrest";
  for (std::size_t step = 1; step < bytes.size(); ++step) {
    http_reader reader(http_reader::kind::request, 100);
    std::size_t at = 0;
    std::string_view left;
    while (at < bytes.size() && !reader.done() && !reader.fault()) {
      left = std::string_view(bytes).substr(at, step);
      at += left.size();
      while (!left.empty() && !reader.done() && !reader.fault()) left.remove_prefix(reader.feed(left));
    }
    ASSERT_TRUE(reader.done()) << step << (reader.fault() ? reader.fault()->why : "");
    EXPECT_EQ(reader.request().body, "hello world");
    EXPECT_EQ(reader.request().headers.get("t"), "");
    EXPECT_EQ(std::string(left) + bytes.substr(at), "rest") << step;
  }
}

TEST(http_hostile, a_slow_head_is_cut_off) {
  loop l;
  int seen = 0;
  auto options = anywhere();
  options.head_time = milliseconds(80);
  http_server server(l.on(), options, counting(seen));
  l.run([](http_server& s) -> task<void> {
    const auto start = std::chrono::steady_clock::now();
    const auto said = co_await raw(s.port(), "GET / HTTP/1.1\r\nHost:", seconds(5));
    EXPECT_THAT(said, StartsWith("HTTP/1.1 408"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(2));
  }(server));
}

TEST(http_hostile, the_limit_of_a_body_is_asked_with_its_head) {
  loop l;
  int seen = 0;
  auto service = counting(seen);
  service.body_limit = [](const http_request& head) -> std::size_t { return head.path == "/large" ? 2000 : 10; };
  http_server server(l.on(), anywhere(), service);
  l.run([](http_server& s) -> task<void> {
    const std::string length =
        " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x');
    const auto small = co_await raw(s.port(), "POST /small" + length);
    EXPECT_THAT(small, StartsWith("HTTP/1.1 413"));
    const auto large = co_await raw(s.port(), "POST /large" + length);
    EXPECT_THAT(large, StartsWith("HTTP/1.1 200"));
    const std::string chunks =
        " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n";
    const auto chunked = co_await raw(s.port(), "POST /small" + chunks);
    EXPECT_THAT(chunked, StartsWith("HTTP/1.1 413"));
  }(server));
}

TEST(http_hostile, expect_continue_is_answered) {
  loop l;
  int seen = 0;
  http_server server(l.on(), anywhere(), counting(seen));
  l.run([](http_server& s) -> task<void> {
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
    const auto said = co_await raw(s.port(), head, milliseconds(60));
    EXPECT_EQ(said, "HTTP/1.1 100 Continue\r\n\r\n");
  }(server));
}

TEST(http_hostile, a_thousand_open_connections_do_not_slow_the_next) {
  loop l;
  int seen = 0;
  http_server server(l.on(), anywhere(), counting(seen));
  l.run([](http_server& s) -> task<void> {
    std::vector<std::shared_ptr<stream>> held;
    for (int i = 0; i < 1000; ++i) {
      auto link = co_await connect_stream("127.0.0.1", s.port(), nullptr, from_now(seconds(5)));
      if (link) held.push_back(*link);
    }
    EXPECT_EQ(held.size(), 1000U);
    co_await pause(milliseconds(20));
    EXPECT_EQ(s.open_connections(), 1000U);
    const auto start = std::chrono::steady_clock::now();
    const auto said = co_await raw(s.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(said, StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(said, HasSubstr("x-content-type-options: nosniff"));
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(500));
    held.clear();
    co_await s.stop(seconds(2));
    EXPECT_EQ(s.open_connections(), 0U);
  }(server));
}

TEST(http_hostile, connections_beyond_the_bound_wait_and_are_served_later) {
  loop l;
  int seen = 0;
  auto options = anywhere();
  options.connections = 3;
  http_server server(l.on(), options, counting(seen));
  l.run([](http_server& s) -> task<void> {
    std::vector<std::shared_ptr<stream>> held;
    for (int i = 0; i < 3; ++i) {
      auto link = co_await connect_stream("127.0.0.1", s.port(), nullptr, from_now(seconds(1)));
      if (link) held.push_back(*link);
    }
    co_await pause(milliseconds(50));
    EXPECT_EQ(s.open_connections(), 3U);
    const std::string ask = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const auto waits = co_await raw(s.port(), ask, milliseconds(100));
    EXPECT_EQ(waits, "");
    held.clear();
    const auto served = co_await raw(s.port(), ask);
    EXPECT_THAT(served, StartsWith("HTTP/1.1 200"));
  }(server));
}

TEST(http_hostile, running_out_of_descriptors_pauses_and_restores) {
  loop l;
  int seen = 0;
  http_server server(l.on(), anywhere(), counting(seen));
  l.run([](http_server& s) -> task<void> {
    auto link = co_await connect_stream("127.0.0.1", s.port(), nullptr, from_now(seconds(1)));
    EXPECT_TRUE(link.has_value());
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{3, before.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    co_await pause(milliseconds(150));
    const auto served_then = s.open_connections();
    ::setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_LE(served_then, 1U);
    const auto served = co_await raw(s.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(served, StartsWith("HTTP/1.1 200"));
  }(server));
}
