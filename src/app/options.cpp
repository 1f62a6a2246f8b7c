// What the server and the command line build POINT and the database from.
#include "app/point_desk.hpp"
#include "app/start_error.hpp"
#include "dci/permissions.hpp"
#include "ottb/permissions.hpp"
#include "point/permissions.hpp"
#include "workspace/permissions.hpp"

namespace vss::app {

secret secret_of(const std::string& path) {
  auto text = config::read_secret(path);
  if (!text) throw start_error(text.error());
  return std::move(*text);
}

net::pg_options database(const server_config& config, const std::string& name) {
  net::pg_options out;
  out.conninfo = config.postgres.conninfo;
  out.connections = static_cast<std::size_t>(config.postgres.connections.value_or(8));
  out.application = "vss " + name;
  return out;
}

point::site_secrets site_secrets(const server_config& config) {
  return {secret_of(config.security.kek_file), secret_of(config.security.index_key_file),
          secret_of(config.kamailio.dnc_key_file)};
}

std::vector<net::permission> every_permission() {
  std::vector<net::permission> out(point::permissions.begin(), point::permissions.end());
  out.insert(out.end(), ottb::permissions.begin(), ottb::permissions.end());
  out.insert(out.end(), dci::permissions.begin(), dci::permissions.end());
  out.insert(out.end(), workspace::permissions.begin(), workspace::permissions.end());
  out.push_back({"app.metrics.read", "read /metrics", "admin engineer data exporter"});
  return out;
}

point::service_options point_options(const server_config& config, const std::string& name) {
  point::service_options out;
  out.postgres = database(config, name + " audit");
  out.secrets = site_secrets(config);
  out.checkpoints = config.security.audit_checkpoints;
  out.ca_certificate = config.link.ca;
  out.ca_key = config.link.ca_key;
  out.permissions = every_permission();
  out.site = config.site.name;
  return out;
}

}  // namespace vss::app
