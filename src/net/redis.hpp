#pragma once
// Redis by hiredis on Asio. Everything in it can be rebuilt: a lost Redis costs speed and live pictures, never facts.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/async.hpp"

namespace vss::net {

struct redis_options {
  std::string address;  // "unix:/path" or "host:port"
  milliseconds timeout{500};
  std::size_t waiting = 10000;
};

struct redis_reply {
  bool null = false;
  std::int64_t whole = 0;
  std::string text;
  std::vector<redis_reply> items;
};

class redis {
 public:
  redis(executor on, redis_options options);
  ~redis();
  task<result<redis_reply>> command(std::vector<std::string> argv);
  bool connected() const;
  void close();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace vss::net
