#include "app/point_desk.hpp"

#include "app/start_error.hpp"
#include "base/dto.hpp"

namespace vss::app {

task<result<std::unique_ptr<point_desk>>> point_desk::open(executor on, std::string config) {
  auto options = config::load<server_config>(config);
  if (!options) co_return std::unexpected(std::move(options.error()));
  auto desk = std::make_unique<point_desk>(on, std::move(*options));
  auto prepared = co_await desk->point_.prepare();
  if (!prepared) {
    co_await desk->close();
    co_return std::unexpected(std::move(prepared.error()));
  }
  desk->point_.start();
  co_return std::move(desk);
}

point_desk::point_desk(executor on, server_config config)
    : config_(std::move(config)),
      work_(on, "admin"),
      db_(on, database(config_, "admin")),
      point_(work_, db_, time_, random_, point_options(config_, "admin")) {}

std::string point_desk::api_url() const {
  const bool tls = config_.api.certificate && config_.api.key;
  return (tls ? "https://" : "http://") + config_.api.listen;
}

task<result<secret>> point_desk::token(std::string role, std::string life) {
  const auto length = point::parse_life(life);
  if (!length) co_return std::unexpected(length.error());
  co_return co_await point::token_for_role(point_, std::move(role), *length);
}

task<result<secret>> point_desk::first_administrator(std::string login, std::string name) {
  auto made = co_await point::create_first_administrator(point_, std::move(login), std::move(name));
  if (!made) co_return std::unexpected(std::move(made.error()));
  co_return secret(made->first_password.password);
}

task<void> point_desk::close() {
  co_await work_.stop(milliseconds{2000});
  co_await db_.close();
}

task<result<audit_verdict>> point_desk::verify_audit(executor on, std::string config) {
  auto options = config::load<server_config>(config);
  if (!options) co_return std::unexpected(std::move(options.error()));
  system_clock time;
  net::pg_pool db(on, database(*options, "audit verify"));
  point::site_secrets keys{secret_of(options->security.kek_file), secret_of(options->security.index_key_file),
                           secret_of(options->kamailio.dnc_key_file)};
  auto verdict =
      co_await point::verify_audit_offline(db, std::move(keys), options->security.audit_checkpoints, time.now());
  co_await db.close();
  if (!verdict) co_return std::unexpected(std::move(verdict.error()));
  boost::json::array findings;
  for (const auto& one : verdict->findings)
    findings.push_back(boost::json::object{{"seq", one.seq}, {"kind", one.kind}, {"message", one.message}});
  boost::json::object report{{"ok", verdict->ok},
                             {"rows", verdict->rows},
                             {"last_seq", verdict->last_seq},
                             {"last_hash", verdict->last_hash},
                             {"checkpoints", verdict->checkpoints},
                             {"findings", std::move(findings)}};
  co_return audit_verdict{verdict->ok, std::move(report)};
}

}  // namespace vss::app
