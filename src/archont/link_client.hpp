#pragma once
// The hub's end of the link (link/message.hpp): one WebSocket with mutual TLS, kept open with jitter. What must not be
// lost goes through the journal: it gets its number there, is sent in order, sent again after a reconnect from where
// the server says it committed, and dropped at its ack. Without a link everything else goes on.
#include <functional>
#include <memory>
#include <string>

#include "archont/identity.hpp"
#include "archont/journal.hpp"
#include "base/ids.hpp"
#include "link/message.hpp"
#include "net/websocket.hpp"

namespace vss::archont {

struct link_handlers {
  std::function<std::vector<link::slot_picture>()> slots;
  std::function<void(link::config_push)> config;
  std::function<void(link::command)> command;
  std::function<void()> up;  // welcomed
  std::function<void()> down;
};

class link_client {
 public:
  link_client(executor on, const archont_options& options, const identity& who, journal& spool, clock& time,
              random_source& random, link_handlers handlers);
  // Runs until the owning scope is cancelled.
  task<void> run();
  // Journals a numbered message and sends it when the link is up. Errors: too_large, the journal is full.
  result<void> put(const std::string& type, const boost::json::value& body);
  bool up() const { return welcomed_; }

 private:
  task<void> session(std::shared_ptr<net::ws_connection> socket);
  task<void> beat(std::shared_ptr<net::ws_connection> socket);
  bool hear(const link::envelope& message, std::shared_ptr<net::ws_connection> socket);
  void send_pending(net::ws_connection& socket);
  link::hello greeting() const;

  executor on_;
  const archont_options& options_;
  const identity& who_;
  journal& spool_;
  clock& time_;
  random_source& random_;
  link_handlers handlers_;
  std::string run_id_;
  std::string boot_id_;
  std::int64_t generation_;
  std::int64_t sent_ = 0;  // highest number sent over this socket
  std::shared_ptr<net::ws_connection> socket_;
  bool welcomed_ = false;
  seconds heartbeat_{5};
};

}  // namespace vss::archont
