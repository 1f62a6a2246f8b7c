// `vss server`, `vss migrate` and `vss openapi`.
#include <fmt/core.h>

#include "app/commands.hpp"
#include "app/server.hpp"
#include "app/start_error.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "net/migration.hpp"

namespace vss::migrations {
std::vector<net::migration> point();
std::vector<net::migration> ottb();
std::vector<net::migration> dci();
}  // namespace vss::migrations

namespace vss::app {
namespace {

server_config load(const std::string& path) {
  auto config = config::load<server_config>(path);
  if (!config) throw start_error(config.error());
  const auto level = log::parse_level(config->log.level);
  if (!level) throw start_error(level.error());
  log::open(config->log.file.value_or(""), *level);
  return std::move(*config);
}

}  // namespace

int run_server(const std::string& config, const std::string& name) {
  const server_config options = load(config);
  system_clock time;
  system_random random;
  std::unique_ptr<server> all;
  loop_body body;
  body.start = [&](executor on) -> task<void> {
    all = std::make_unique<server>(on, options, name, time, random);
    co_await all->start();
  };
  body.stop = [&]() -> task<void> { co_await all->stop(); };
  return run_loop(std::move(body));
}

int run_openapi(const std::string& config) {
  const server_config options = load(config);
  system_clock time;
  system_random random;
  return run_to_end([&](executor on) -> task<int> {
    server all(on, options, "openapi", time, random);
    fmt::print("{}\n", boost::json::serialize(all.routes().openapi("VSS DEMIURGE", "0.1.0")));
    co_return 0;
  });
}

int run_migrate(const std::string& config) {
  const server_config options = load(config);
  return run_to_end([&options](executor on) -> task<int> {
    net::pg_options pg;
    pg.conninfo = options.postgres.conninfo;
    pg.connections = 1;
    pg.acquire = milliseconds{30000};
    net::pg_pool db(on, std::move(pg));
    auto steps = migrations::point();
    for (auto more : {migrations::ottb(), migrations::dci()}) steps.insert(steps.end(), more.begin(), more.end());
    const auto ran = co_await net::migrate(db, std::move(steps));
    co_await db.close();
    if (!ran) throw start_error(ran.error());
    fmt::print("{} steps applied\n", *ran);
    co_return 0;
  });
}

}  // namespace vss::app
