#pragma once
// One accepted connection of the HTTP edge: requests one after the other, answers in order, or the hand-over to
// WebSocket.
#include <list>
#include <memory>

#include "base/scope.hpp"
#include "net/http_parse.hpp"
#include "net/tls_stream.hpp"

namespace vss::net {

// What all connections of one listener share.
struct http_listener {
  http_listener(executor e, listen_options o, http_service s)
      : on(e), options(std::move(o)), service(std::move(s)), children(e, "http"), freed(e) {}

  struct entry {
    std::shared_ptr<stream> link;
    std::weak_ptr<ws_connection> ws;
    bool idle = true;
  };

  executor on;
  listen_options options;
  http_service service;
  std::shared_ptr<tls_context> tls;
  scope children;
  std::list<entry> open;
  wakeup freed;
  bool draining = false;
};

// Serves until either side ends. Never throws but for cancellation.
task<void> serve_connection(std::shared_ptr<http_listener> of, std::shared_ptr<stream> link);

}  // namespace vss::net
