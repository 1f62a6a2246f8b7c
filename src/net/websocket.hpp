#pragma once
// WebSocket (RFC 6455), our own codec on Asio for both sides, plain and TLS. A connection has one reader and any number
// of senders; its send queue is bounded: a slow reader is closed with 1013 rather than buffered. Pings are answered
// inside.
#include <memory>
#include <string>

#include "base/async.hpp"
#include "net/http.hpp"

namespace vss::net {

// A text message that goes to many connections: encoded once, its bytes are shared until the last of them is sent.
class ws_shared_text {
 public:
  explicit ws_shared_text(std::string_view text);
  std::string_view text() const { return std::string_view(*frame_).substr(head_); }
  // The whole frame as a server sends it (unmasked).
  const std::shared_ptr<const std::string>& frame() const { return frame_; }

 private:
  std::shared_ptr<const std::string> frame_;
  std::size_t head_;
};

class ws_connection {
 public:
  virtual ~ws_connection() = default;
  // The next whole text or binary message. Errors: timeout when `limit` passed without any frame (a ping or pong counts
  // as life), unavailable when closed (`close_code` says how; a message beyond the limit closes with 1009).
  virtual task<result<std::string>> receive(milliseconds limit) = 0;
  // Queues a text message; false when the queue is full (the connection then closes with 1013) or closed.
  virtual bool send(std::string text) = 0;
  virtual bool send(const ws_shared_text& text) = 0;
  virtual void ping() = 0;  // a pong counts as life; receive() is not disturbed
  virtual void close(int code, std::string reason) = 0;
  virtual bool open() const = 0;
  virtual int close_code() const = 0;  // the peer's, or ours; 1006 when the connection just broke; 0 while open
  virtual std::size_t queued() const = 0;
};

// Connects to ws:// or wss:// (client certificate from `client`).
task<result<std::shared_ptr<ws_connection>>> ws_connect(std::string url, client_options client, http_headers headers,
                                                        ws_options options, milliseconds limit);

}  // namespace vss::net
