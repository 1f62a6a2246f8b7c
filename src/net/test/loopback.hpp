#pragma once
// For tests: a loop that runs one coroutine to its end, and a raw socket to say what no client would say.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "net/http.hpp"
#include "net/tls_stream.hpp"

namespace vss::net::test {

class loop {
 public:
  boost::asio::io_context context{1};
  executor on() { return context.get_executor(); }
  // Runs `body` until it ends; fails the test after `limit`.
  void run(task<void> body, seconds limit = seconds(20)) {
    bool done = false;
    boost::asio::co_spawn(context, std::move(body), [&done](std::exception_ptr thrown) {
      done = true;
      if (!thrown) return;
      try {
        std::rethrow_exception(thrown);
      } catch (const std::exception& e) {
        ADD_FAILURE() << "the coroutine threw: " << e.what();
      }
    });
    const auto until = std::chrono::steady_clock::now() + limit;
    context.restart();
    while (!done && std::chrono::steady_clock::now() < until) context.run_one_for(milliseconds(100));
    EXPECT_TRUE(done) << "the coroutine did not end in time";
  }
};

inline listen_options anywhere() {
  listen_options out;
  out.address = "127.0.0.1:0";
  return out;
}
inline std::string url(const http_server& server, const std::string& path, const std::string& scheme = "http") {
  return scheme + "://127.0.0.1:" + std::to_string(server.port()) + path;
}

// Sends `bytes` and answers everything the server says until it ends the connection or `limit` passes.
inline task<std::string> raw(std::uint16_t port, std::string bytes, milliseconds limit = milliseconds(1500)) {
  auto link = co_await connect_stream("127.0.0.1", port, nullptr, from_now(limit));
  std::string all;
  if (!link) co_return all;
  const auto until = from_now(limit);
  const auto sent = co_await (*link)->write(bytes, until);
  if (!sent) co_return all;
  while (true) {
    const auto got = co_await (*link)->read(read_buffer(), until);
    if (!got) co_return all;
    all.append(read_buffer().data(), *got);
  }
}

}  // namespace vss::net::test
