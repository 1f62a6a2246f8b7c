#pragma once
// The control connection to one Kamailio (module evapi): JSON in netstrings over TCP; the words are in
// engines/kamailio/README.md. One owner at a time, proven by the edge key and ordered by its epoch. A heartbeat each
// second keeps the edge's door for outbound calls open; when it stops, outbound calls are refused and everything else
// goes on.
#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/async.hpp"
#include "base/secret.hpp"

namespace vss::net {

struct evapi_events {
  std::function<void()> up;                        // welcomed as the owner
  std::function<void(boost::json::object)> heard;  // everything else
  std::function<void()> down;
};

class evapi {
 public:
  evapi(executor on, std::string address, secret key);
  ~evapi();
  // Connects, introduces itself, reconnects with a pause; ends when the owning scope is cancelled. `superseded` and
  // `denied` end it too: another server owns the edge.
  task<void> run(std::int64_t epoch, evapi_events events);
  // false: not connected or the queue (1,000) is full; the edge then refuses the call by its own timer.
  bool send(boost::json::object message);
  bool connected() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace vss::net
