#include "ottb/edge.hpp"

#include <unistd.h>

#include <boost/json/array.hpp>

#include "base/log.hpp"
#include "net/process.hpp"
#include "ottb/edge_health.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds gather{100};
constexpr milliseconds snapshot_limit{60000};
constexpr milliseconds try_again{2000};
constexpr milliseconds health_soon{250};
constexpr seconds health_settles{6};       // the edge asks its trunks every 2 s
constexpr std::size_t most_hashes = 2000;  // more at once: the snapshot brings them

constexpr net::statement this_database{"edge_database", "select current_database()"};
constexpr net::statement set_health{"edge_set_health", R"(
update ottb.trunk t set health = case when g.up then 'up' else 'down' end, health_at = now(), version = version + 1
from unnest($1::int[], $2::bool[]) as g(id, up)
where t.id = g.id and t.health <> case when g.up then 'up' else 'down' end returning t.id, t.name, t.health)"};

// What engines' scripts need to find their state: tools/env names it all VSS_*.
std::vector<std::string> environment() {
  std::vector<std::string> out;
  for (char** each = environ; each && *each; ++each) {
    const std::string_view text(*each);
    if (text.starts_with("VSS_") || text.starts_with("PATH=") || text.starts_with("HOME=") || text.starts_with("LANG="))
      out.emplace_back(text);
  }
  return out;
}

}  // namespace

edge_sync::edge_sync(net::pg_pool& db, scope& life, net::metrics& meters, edge_options options)
    : db_(db),
      life_(life),
      meters_(meters),
      options_(std::move(options)),
      rpc_(life.on(), options_.rpc, options_.key),
      ready_(life.on()),
      listed_(life.on()),
      reloaded_(life.on()) {}

void edge_sync::start() {
  if (!options_.snapshot.empty()) spawn(life_, "edge_snapshot", run());
  spawn(life_, "edge_dnc", put_hashes());
  spawn(life_, "edge_health", watch_health());
}

void edge_sync::changed() {
  dirty_ = true;
  ready_.notify();
}

void edge_sync::dnc_added(std::string edge_hash) {
  changed();
  if (fresh_.size() >= most_hashes) return;
  fresh_.push_back(std::move(edge_hash));
  listed_.notify();
}

task<void> edge_sync::run() {
  while (!life_.stopping()) {
    if (!dirty_) co_await ready_.wait(options_.every);
    co_await pause(gather);
    dirty_ = false;
    recent_.clear();
    const bool done = co_await snapshot();
    // What was listed while the snapshot was taken may have been overwritten by it.
    if (!recent_.empty()) {
      fresh_.insert(fresh_.end(), recent_.begin(), recent_.end());
      dirty_ = true;
      listed_.notify();
    }
    if (!done) co_await ready_.wait(try_again);
    if (!done) dirty_ = true;
  }
}

task<result<std::string>> edge_sync::database() {
  net::params none;
  auto found = co_await db_.run(this_database, none);
  if (!found) co_return fail(std::move(found.error()));
  co_return (*found)[0].string(0);
}

task<bool> edge_sync::snapshot() {
  auto name = co_await database();
  if (!name) co_return false;
  net::process_options what;
  what.argv = {options_.snapshot, "--reload", "--database", *name};
  what.environment = environment();
  what.limit = snapshot_limit;
  auto end = co_await net::run_process(std::move(what));
  const bool good = end && end->exit_code == 0;
  meters_.count("vss_edge_snapshots_total", {{"good", good ? "yes" : "no"}});
  if (good) {
    if (!end->out.empty()) {
      log::info("ottb", "edge_reloaded", {{"tables", end->out}});
      settled_ = std::chrono::steady_clock::now() + health_settles;
      reloaded_.notify();
    }
  } else if (end) {
    log::warn("ottb", "edge_snapshot_failed", {{"code", end->exit_code}, {"why", end->err.substr(0, 300)}});
  } else {
    log::failed("ottb", "edge_snapshot_failed", end.error());
  }
  co_return good;
}

task<void> edge_sync::put_hashes() {
  while (!life_.stopping()) {
    if (fresh_.empty()) {
      co_await listed_.wait(milliseconds(60000));
      continue;
    }
    const std::string hash = fresh_.front();
    boost::json::array params{"dnc", boost::json::string(hash), "1"};
    auto done = co_await rpc_.call("htable.sets", std::move(params));
    if (!done && done.error().kind != errc::refused) {
      co_await pause(milliseconds(200));
      continue;
    }
    if (!done) log::failed("ottb", "edge_refused_hash", done.error());
    fresh_.erase(fresh_.begin());
    if (recent_.size() < most_hashes) recent_.push_back(hash);
    meters_.count("vss_edge_dnc_pushed_total");
  }
}

task<void> edge_sync::watch_health() {
  while (!life_.stopping()) {
    const bool settled = std::chrono::steady_clock::now() > settled_;
    const auto wait = settled ? options_.health_every : std::min(health_soon, options_.health_every);
    co_await reloaded_.wait(wait);
    auto listed = co_await rpc_.call("dispatcher.list", boost::json::array{});
    answers_ = listed.has_value();
    meters_.gauge("vss_edge_up", answers_ ? 1 : 0);
    if (!listed) continue;
    const auto health = trunk_health(*listed);
    if (health.empty()) continue;
    std::vector<std::int64_t> ids;
    std::vector<std::string> up;
    for (const auto& [id, good] : health) {
      ids.push_back(id);
      up.push_back(good ? "t" : "f");
    }
    net::params with{net::bigint_array(ids), net::text_array(up)};
    auto changed_ones = co_await db_.run(set_health, std::move(with));
    if (!changed_ones) continue;
    for (const auto row : *changed_ones) {
      log::warn("ottb", "trunk_health", {{"trunk", row.text(1)}, {"health", row.text(2)}});
      meters_.count("vss_trunk_health_total", {{"trunk", row.text(1)}, {"health", row.text(2)}});
    }
  }
}

}  // namespace vss::ottb
