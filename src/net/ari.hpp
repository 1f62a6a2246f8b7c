#pragma once
// The Asterisk REST Interface: requests over kept HTTP connections, events over one WebSocket per application.
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/async.hpp"
#include "base/secret.hpp"

namespace vss::net {

struct ari_options {
  std::string base;  // "http://127.0.0.2:24071/ari"
  std::string user;
  secret password;
  std::string application;
};

struct ari_events {
  std::function<void()> up;  // events flow; state must be reconciled now
  std::function<void(boost::json::object)> heard;
  std::function<void()> down;
};

class ari {
 public:
  ari(executor on, ari_options options);
  ~ari();
  // Keeps the event socket open until the owning scope is cancelled.
  task<void> run(ari_events events);
  // `path` under the base, with its query ("/channels/x?reason_code=21"). not_found when the thing is gone already.
  task<result<boost::json::value>> send(std::string method, std::string path, boost::json::value body = nullptr);
  bool connected() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

// Percent-encodes a query value or path segment (RFC 3986 unreserved characters stay).
std::string url_escape(std::string_view text);

}  // namespace vss::net
