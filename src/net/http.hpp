#pragma once
// HTTP/1.1 as values: what a request and a response are, the client, and the server's edge. The edge is Beast inside
// net/http_server.cpp and net/http_client.cpp only. Limits: head 16 KiB, body `body_limit` (413 beyond), idle 60 s, one
// request at a time per connection (pipelined ones wait), CL+TE / obs-fold / bare LF are refused with 400 and a close.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/secret.hpp"

namespace vss::net {

struct http_headers {
  std::vector<std::pair<std::string, std::string>> all;  // names as received
  std::string_view get(std::string_view name) const;     // case-insensitive; "" when absent
  void set(std::string name, std::string value);         // replaces
};

struct http_request {
  std::string method;
  std::string target;  // as received
  std::string path;    // decoded, normalised
  std::map<std::string, std::string> query;
  http_headers headers;
  std::string body;
  std::string peer_address;      // "127.0.0.1"
  std::string peer_certificate;  // subject CN of a verified client certificate, "" without
  std::string peer_fingerprint;  // sha256 hex of that certificate
  bool encrypted = false;        // it came over TLS
};

struct http_response {
  int status = 200;
  http_headers headers;
  std::string body;
};

class ws_connection;

struct ws_options {
  std::size_t frame_limit = 1 << 20;  // bytes of a whole message; more: 1009
  std::size_t queue_limit = 4096;     // messages that wait to be sent; more: 1013
  std::size_t queue_bytes = 4 << 20;  // their bytes; more: 1013
};

// What a listener does with a request. A WebSocket upgrade is offered to `upgrade` when set and the path matches one of
// `upgrade_paths`; it owns the connection until it returns.
struct http_service {
  std::function<task<http_response>(http_request)> answer;
  std::function<task<result<void>>(const http_request&)> may_upgrade{};  // refused: answered as a problem
  std::function<task<void>(http_request, std::shared_ptr<ws_connection>)> upgrade{};
  std::vector<std::string> upgrade_paths{};
  std::string subprotocol{};  // echoed when the client offers it (Sec-WebSocket-Protocol)
  ws_options ws{};
  // How large this request's body may be, asked when its head is read; unset: the listener's body_limit for all.
  std::function<std::size_t(const http_request&)> body_limit{};
};

struct tls_files {
  std::string certificate;
  std::string key;
  std::string client_ca;  // set: a client certificate is asked for and, if given, must verify
};

struct listen_options {
  std::string address;  // "127.0.0.1:24000"; SO_REUSEPORT
  std::optional<tls_files> tls;
  std::size_t body_limit = 1 << 20;
  std::size_t connections = 10000;  // beyond: accept pauses; also kept below RLIMIT_NOFILE
  milliseconds idle{60000};         // between requests
  milliseconds head_time{10000};    // from a request's first byte to the end of its head; also the TLS handshake
  milliseconds body_time{60000};    // for its body, and for writing the answer
};

class http_server {
 public:
  http_server(executor on, listen_options options, http_service service);  // throws when the address is taken
  ~http_server();
  // Stops accepting, lets requests under way finish, closes.
  task<void> stop(milliseconds limit);
  std::size_t open_connections() const;
  std::uint16_t port() const;  // the one taken when the address said port 0

 private:
  struct state;
  std::shared_ptr<state> state_;
};

struct client_options {
  std::string ca_file;      // trust for https/wss; empty: system
  std::string certificate;  // client certificate and key (mTLS)
  std::string key;
  std::size_t connections = 16;  // kept alive per host
  bool quick_ack = true;         // TCP_QUICKACK after each read (lab: a 40 ms step otherwise)
};

// Keeps connections per host; a request that met a dead kept connection is repeated once when it is idempotent.
class http_client {
 public:
  http_client(executor on, client_options options);
  ~http_client();
  // `url`: http://host:port/path or https://. Errors: unavailable (connect, reset), timeout, too_large (8 MiB).
  task<result<http_response>> send(std::string method, std::string url, http_headers headers, std::string body,
                                   milliseconds limit);

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace vss::net
