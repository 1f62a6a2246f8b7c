#pragma once
// One TCP connection, plain or TLS, for the HTTP and WebSocket code of this folder. It keeps no read buffer: reading
// goes without blocking into the caller's buffer, and waiting is separate, so an idle connection costs almost nothing.
// Each direction has one deadline; a waiting direction that meets it ends with `timeout` and the connection stays
// usable.
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/async.hpp"

namespace vss::net {

class tls_context;
using steady_point = std::chrono::steady_clock::time_point;
inline steady_point from_now(milliseconds length) { return std::chrono::steady_clock::now() + length; }

enum class way : std::uint8_t { read, write };
enum class waited : std::uint8_t { ready, timeout, closed };

class stream {
 public:
  struct state;
  explicit stream(std::shared_ptr<state> s) : state_(std::move(s)) {}
  ~stream();  // closes
  stream(const stream&) = delete;
  stream& operator=(const stream&) = delete;

  // Bytes moved, 0: it would block, -1: the peer ended or the connection broke.
  std::ptrdiff_t read_now(std::span<char> into);
  std::ptrdiff_t write_now(std::string_view bytes);
  // True when bytes are left inside TLS, so that no wait is needed before `read_now`.
  bool has_pending() const;
  task<waited> wait(way direction, steady_point until);
  // Calls `then` once when writing may go on, or when the connection was closed.
  void when_writable(std::function<void()> then);
  void when_readable(std::function<void()> then);
  // The server's side of the handshake; at once true without TLS.
  task<result<void>> accept_tls(steady_point until);
  // At least one byte; unavailable at the end, timeout.
  task<result<std::size_t>> read(std::span<char> into, steady_point until);
  // All bytes; they must live until the end.
  task<result<void>> write(std::string_view bytes, steady_point until);
  // Sends close_notify and the end of our side; the peer may still send.
  void finish();
  void close();
  bool open() const;
  void quick_ack();

  std::string peer_address() const;
  std::string peer_certificate() const;  // subject CN of the verified certificate, "" without
  std::string peer_fingerprint() const;  // sha256 hex, "" without
  bool encrypted() const;
  executor on() const;

 private:
  std::shared_ptr<state> state_;
};

// `address` "127.0.0.1", "::1" or a name; with `tls` the handshake includes checking the certificate for `address`.
task<result<std::shared_ptr<stream>>> connect_stream(std::string address, std::uint16_t port,
                                                     std::shared_ptr<tls_context> tls, steady_point until);
// Takes over an accepted socket (a file descriptor). `accept_tls` is next.
std::shared_ptr<stream> adopt_stream(executor on, int descriptor, std::shared_ptr<tls_context> tls);

// The buffer that all connections of a thread read into; what it holds is void after the next await.
std::span<char> read_buffer();

}  // namespace vss::net
