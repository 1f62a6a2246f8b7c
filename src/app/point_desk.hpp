#pragma once
// POINT opened for one command of `vss admin`, without a server: the same keys, the same database, the same audit log.
#include <memory>

#include "app/server_config.hpp"
#include "base/scope.hpp"
#include "point/admin.hpp"

namespace vss::app {

// What the server and the command line build POINT from.
point::service_options point_options(const server_config& config, const std::string& name);
net::pg_options database(const server_config& config, const std::string& name);
secret secret_of(const std::string& path);
std::vector<net::permission> every_permission();

struct audit_verdict {
  bool good = false;
  boost::json::value report;
};

class point_desk {
 public:
  static task<result<std::unique_ptr<point_desk>>> open(executor on, std::string config);
  point_desk(executor on, server_config config);
  std::string api_url() const;
  task<result<secret>> token(std::string role, std::string life);
  task<result<secret>> first_administrator(std::string login, std::string name);  // the one-time password
  task<void> close();
  static task<result<audit_verdict>> verify_audit(executor on, std::string config);

 private:
  server_config config_;
  system_clock time_;
  system_random random_;
  scope work_;
  net::pg_pool db_;
  point::service point_;
};

}  // namespace vss::app
