#pragma once
// The inside of `redis`: one socket on Asio, hiredis for the words of the protocol (formatting and parsing), a queue of
// those who wait for an answer in the order of their commands.
#include <hiredis/hiredis.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "base/scope.hpp"
#include "net/redis.hpp"

namespace vss::net {

struct redis::state : std::enable_shared_from_this<redis::state> {
  state(executor e, redis_options o);

  struct waiter {
    explicit waiter(executor e) : timer(std::move(e)) {}
    boost::asio::steady_timer timer;
    std::optional<result<redis_reply>> answer;
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  };

  static task<void> live(std::shared_ptr<state> self);
  task<bool> connect();
  task<bool> reach();
  task<void> read();
  bool take(const char* bytes, std::size_t size);
  void write();
  void hang_up();
  void end(const error& why);

  executor on;
  redis_options options;
  scope work;
  wakeup up;
  boost::asio::generic::stream_protocol::socket socket;
  std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader;
  std::deque<std::shared_ptr<waiter>> waiting;
  std::string out, sending;
  bool writing = false;
  bool connected = false;
  bool tried = false;
  bool closed = false;
};

}  // namespace vss::net
