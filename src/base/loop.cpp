#include "base/loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/log.hpp"

namespace vss {
namespace asio = boost::asio;
namespace {

int failed_start(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    log::error("app", "start_failed", {{"why", e.what()}});
    std::fprintf(stderr, "vss: %s\n", e.what());
  }
  return 1;
}

task<void> live(loop_body body, asio::io_context& io) {
  const auto on = co_await this_executor();
  // Heard from the first moment on and kept until the start is over: who is stopped while he starts stops in order,
  // too.
  asio::signal_set signals(on, SIGTERM, SIGINT);
  co_await body.start(on);
  const int which = co_await signals.async_wait(asio::use_awaitable);
  log::info("app", "stopping", {{"signal", which}});
  signals.async_wait([](boost::system::error_code ec, int) {
    if (!ec) std::_Exit(130);
  });
  co_await body.stop();
  io.stop();
}

}  // namespace

int run_loop(loop_body body) {
  // What `start` made is destroyed by our caller, after us: its sockets and timers need a loop that still lives, so
  // this one ends with the process.
  static auto* const kept = std::make_unique<asio::io_context>(1).release();
  asio::io_context& io = *kept;
  int code = 0;
  asio::co_spawn(io, live(std::move(body), io), [&](std::exception_ptr thrown) {
    if (!thrown) return;
    code = failed_start(thrown);
    io.stop();
  });
  io.run();
  log::close();
  return code;
}

int run_to_end(std::function<task<int>(executor)> body) {
  asio::io_context io(1);
  int code = 0;
  asio::co_spawn(io, body(io.get_executor()), [&](std::exception_ptr thrown, int answered) {
    code = thrown ? failed_start(thrown) : answered;
    io.stop();
  });
  io.run();
  return code;
}

}  // namespace vss
