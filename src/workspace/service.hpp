#pragma once
// WORKSPACE, put together: the console's files, live sockets and their topics.
#include "ottb/api.hpp"
#include "workspace/console_files.hpp"
#include "workspace/live_desk.hpp"
#include "workspace/platform_health.hpp"

namespace vss::workspace {

struct service_options {
  std::string server;  // this process, for people
  std::string folder;  // the built console; empty: none
  std::string zone;    // IANA zone of the site
  live_rules live{};
};

struct service_parts {
  ottb::live_pictures& pictures;
  net::redis& redis;
  net::redis& stream;  // waits inside of Redis: a connection of its own
  const clock& time;
  random_source& random;
  net::metrics& meters;
  standing_fn standing;
  platform_fn platform;
};

class service {
 public:
  service(scope& work, service_parts parts, service_options options);
  void start() { live_.start(); }

  const console_files& console() const { return console_; }
  ticket_office& tickets() { return tickets_; }
  live_desk& live() { return live_; }

 private:
  console_files console_;
  ticket_office tickets_;
  live_desk live_;
};

}  // namespace vss::workspace
