#include "point/service.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "point/crypto.hpp"

namespace vss::point {

service::service(scope& work, net::pg_pool& db, const clock& time, random_source& random, service_options options)
    : work_(work),
      db_(db),
      time_(time),
      random_(random),
      options_(std::move(options)),
      box_(options_.secrets, random_),
      ca_(options_.ca_certificate, options_.ca_key, random_),
      feed_(work_, db_, time_),
      keys_(db_, box_, time_, random_),
      hubs_(db_, feed_, time_),
      access_(db_, feed_, keys_, hubs_, time_),
      vault_(db_, box_),
      log_(work_, options_.postgres, time_),
      checkpoints_(work_, db_, box_, time_, options_.checkpoints),
      passwords_(db_, random_),
      gate_({db_, vault_, log_, passwords_, time_}),
      sign_in_({db_, keys_, log_, passwords_, gate_, time_, random_}),
      browsers_({db_, log_, gate_, time_, random_}),
      second_factor_({db_, vault_, access_, log_, gate_, time_, random_, "VSS " + options_.site}),
      people_({db_, access_, log_, passwords_, time_, random_}),
      enrolment_({db_, ca_, log_, time_, random_}) {
  permission_set names;
  for (const auto& permission : options_.permissions) names.emplace(permission.name);
  access_.every_permission(std::move(names));
}

task<result<void>> service::prepare() {
  std::vector<role_row> roles;
  for (const auto& role : all_roles) {
    roles.push_back({std::string(role.name), std::string(role.meaning), role.machine, 1, {}});
  }
  people_store store(db_);
  auto seeded = co_await store.seed(std::move(roles), options_.permissions);
  if (!seeded) co_return seeded;
  auto keyed = co_await keys_.prepare();
  if (!keyed) co_return keyed;
  co_return co_await feed_.read_all();
}

void service::start() {
  log_.start();
  checkpoints_.start();
  feed_.start();
  spawn(work_, "point_chores", chores());
}

void service::on_enrolled(std::function<void(archont_enrolled)> enrolled) {
  hubs_.on_enrolled([tell = std::move(enrolled)](const archont_row& row) { tell({row.id, row.label, row.kind}); });
}

task<void> service::finish() {
  auto kept = co_await checkpoints_.keep();
  if (!kept) log::failed("point", "audit_checkpoint_failed", kept.error());
}

// Once a minute: the scheduled change of keys. Once an hour: what ended long ago goes.
task<void> service::chores() {
  for (int minute = 0;; ++minute) {
    co_await pause(seconds(60));
    if (rotation_due(keys_.all(), time_.now())) {
      asker system;
      system.who.id = "system";
      auto rotated = co_await rotate_keys(std::move(system), false);
      if (!rotated && rotated.error().kind != errc::conflict) log::failed("point", "keys_not_rotated", rotated.error());
    }
    if (minute % 60 != 0) continue;
    auto swept = co_await sign_in_.sweep();
    if (!swept) log::failed("point", "sweep_failed", swept.error());
    auto offers = co_await second_factor_.sweep();
    if (!offers) log::failed("point", "sweep_failed", offers.error());
  }
}

task<void> service::record(const net::call& what, const net::route& route, int status) {
  const bool denied = status == 403;
  const bool own = route.path.starts_with("/point/") && route.method != "GET" && status < 400;
  if (own || (route.audit.empty() && !denied)) co_return;
  std::string object = route.path;
  for (const auto& [name, value] : what.path) {
    if (const auto at = object.find("{" + name + "}"); at != std::string::npos)
      object.replace(at, name.size() + 2, value);
  }
  dto::json::object detail{{"status", status}, {"method", route.method}};
  if (denied) detail["permission"] = route.permission;
  if (!what.reason.empty()) detail["reason"] = what.reason;
  const std::string action = route.audit.empty() ? route.permission : route.audit;
  auto entry = entry_of(asker_of(what), action, std::move(object), status < 400, std::move(detail));
  auto noted = co_await log_.append(std::move(entry));
  if (!noted) log::failed("point", "audit_lost", noted.error(), {{"action", action}, {"trail", what.story}});
}

task<result<audit_page>> service::audit_entries(audit_filter what, std::int64_t before, int limit) {
  audit_store store(db_);
  auto found = co_await store.search(std::move(what), before, limit + 1);
  if (!found) co_return fail(std::move(found.error()));
  audit_page out;
  for (const auto& row : *found) {
    if (static_cast<int>(out.items.size()) == limit) {
      out.next = std::to_string(out.items.back().seq);
      break;
    }
    const auto detail = dto::parse_json(row.detail);
    out.items.push_back({row.seq, row.at, row.actor, row.action, row.object, row.allowed, row.trail,
                         detail && detail->is_object() ? detail->get_object() : dto::json::object{}, to_hex(row.hash)});
  }
  co_return out;
}

task<result<audit_verification>> service::verify_audit(asker by) {
  const auto key = ed25519_from_seed(box_.checkpoint_seed().reveal());
  auto done = co_await point::verify_audit(db_, checkpoints_.path(), key.open, time_.now());
  if (!done) co_return fail(std::move(done.error()));
  audit_verification out{
      done->ok, done->chain, done->rows, done->last_seq, done->last_hash, static_cast<std::int64_t>(done->checkpoints),
      {}};
  for (const auto& one : done->findings) out.findings.push_back({one.kind, one.seq, one.message});
  dto::json::object detail{{"ok", out.ok}, {"rows", out.rows}};
  auto entry = entry_of(by, "point.audit.verify", "audit:" + out.chain, true, std::move(detail));
  auto noted = co_await log_.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  if (!out.ok)
    log::error("point", "audit_log_is_not_whole", {{"findings", static_cast<std::int64_t>(out.findings.size())}});
  co_return out;
}

task<result<void>> service::rotate_keys(asker by, bool at_once) {
  dto::json::object detail{{"at_once", at_once}};
  auto entry = entry_of(by, "point.key.rotate", "signing_key", true, std::move(detail));
  auto noted = co_await log_.append(std::move(entry));
  if (!noted) co_return noted;
  co_return co_await keys_.rotate(at_once);
}

role_list service::roles() const {
  role_list out;
  for (const auto& [name, role] : access_.roles()) {
    auto permissions = role.permissions;
    if (name == "root") permissions.assign(access_.every_permission().begin(), access_.every_permission().end());
    out.roles.push_back({role.name, role.meaning, role.machine, role.version, std::move(permissions)});
  }
  for (const auto& permission : options_.permissions) {
    permission_view view{std::string(permission.name), std::string(permission.meaning), {}};
    for (const auto& role : out.roles) {
      const bool has = std::ranges::find(role.permissions, permission.name) != role.permissions.end();
      if (has) view.roles.push_back(role.name);
    }
    out.permissions.push_back(std::move(view));
  }
  return out;
}

}  // namespace vss::point
