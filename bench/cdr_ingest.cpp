// How many CDR rows a second hubs can write through dci.ingest_cdr over TLS: two hubs, two connections each, batches of
// 500, journal rows written as JSON by the same DTO as the archont's. Three runs of 100,000 rows, then the last one
// again.
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>

#include "base/ids.hpp"
#include "base/scope.hpp"
#include "dci/service.hpp"
#include "link/cdr.hpp"
#include "net/migration.hpp"

namespace vss::migrations {
std::vector<net::migration> dci();
}

namespace vss {
namespace {

constexpr int rows = 100000;
constexpr int batch_rows = 500;
constexpr int lines = 4;
constexpr net::statement ingest{
    "bench_ingest", "select count(*) filter (where accepted) from dci.ingest_cdr($1::jsonb)", milliseconds{30000}};
constexpr net::statement count_rows{"bench_count", "select count(*) from dci.cdr", milliseconds{60000}};

std::string need(const char* key) {
  const char* value = std::getenv(key);
  if (value == nullptr) throw std::runtime_error(std::string(key) + " is not set: run it by ./vss bench");
  return value;
}

link::call_record record(const std::string& id, instant at, int n) {
  link::call_record out;
  out.call_id = id;
  out.attempt_id = id;
  out.campaign_id = "0190a000-0000-7000-8000-0000000000c1";
  out.trail = id.substr(0, 18);
  out.slot = std::to_string(7001 + n % 20);
  out.started_at = at;
  out.ringing_at = at + milliseconds(300);
  out.answered_at = at + seconds(4);
  out.ended_at = at + seconds(30);
  out.outcome = link::outcome::answered;
  out.sip_code = 200;
  out.hangup_by = "lead";
  out.rtp_sent = 1300;
  out.rtp_received = 1299;
  out.dtmf_sent = "1";
  out.slot_call_id = id + "@127.0.0.1";
  return out;
}

struct ids {
  system_clock time;
  system_random random;
  std::vector<std::string> made;
  void make() {
    made.clear();
    for (int i = 0; i < rows; ++i) made.push_back(make_uuid(time, random));
  }
};

std::string batch(const std::vector<std::string>& all, int from, instant began) {
  dto::json::array out;
  for (int i = from; i < from + batch_rows; ++i) {
    out.push_back(dto::to_json(record(all[static_cast<std::size_t>(i)], began + milliseconds(i), i)));
  }
  return dto::json::serialize(out);
}

// One connection's share of the rows.
task<void> send(net::pg_pool& hub, const std::vector<std::string>& all, int line, instant began,
                std::int64_t& accepted) {
  for (int from = line * batch_rows; from < rows; from += lines * batch_rows) {
    net::params with{batch(all, from, began)};
    auto done = co_await hub.run(ingest, std::move(with));
    if (!done) throw std::runtime_error(done.error().message);
    accepted += (*done)[0].whole(0);
  }
}

task<double> run(std::vector<net::pg_pool*> hubs, const ids& all, instant began) {
  const auto on = co_await this_executor();
  scope work(on, "bench");
  std::int64_t accepted = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int line = 0; line < lines; ++line) {
    work.spawn("hub", send(*hubs[static_cast<std::size_t>(line) % hubs.size()], all.made, line, began, accepted));
  }
  while (work.running() > 0) co_await pause(milliseconds(2));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (accepted != rows) throw std::runtime_error("not every row was accepted");
  co_return rows / took.count();
}

void print(std::string_view name, double value, double floor) {
  fmt::print("{{\"name\":\"{}\",\"value\":{:.0f},\"unit\":\"rows/s\",\"floor\":{:.0f},\"ok\":{}}}\n", name, value,
             floor, value >= floor);
}

task<void> bench() {
  const auto on = co_await this_executor();
  ids all;
  net::pg_pool db(on, {.conninfo = "host=" + need("VSS_VAR") + "/run port=" + need("PORT_PG") +
                                   " user=vss dbname=" + need("VSS_DB")});
  auto made = co_await net::migrate(db, migrations::dci());
  if (!made) throw std::runtime_error(made.error().message);
  dci::service service(on, db, all.time, all.random);
  std::vector<std::unique_ptr<net::pg_pool>> pools;
  std::vector<net::pg_pool*> hubs;
  for (const std::string short_id : {"be0000000001", "be0000000002"}) {
    const std::string password = random_hex(all.random, 16);
    auto role = co_await service.admit("00000000-0000-0000-0000-" + short_id, short_id, secret(password));
    if (!role) throw std::runtime_error(role.error().message);
    net::pg_options to{.conninfo = "host=127.0.0.1 port=" + need("PORT_PG") + " dbname=" + need("VSS_DB") +
                                   " user=" + *role + " password=" + password +
                                   " sslmode=verify-ca sslrootcert=" + need("VSS_VAR") + "/ca/ca.crt",
                       .connections = lines / 2};
    pools.push_back(std::make_unique<net::pg_pool>(on, std::move(to)));
    hubs.push_back(pools.back().get());
  }
  std::vector<double> rates;
  const auto began = all.time.now() - std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) {
    all.make();
    rates.push_back(co_await run(hubs, all, began));
    fmt::print(stderr, "run {}: {:.0f} rows/s\n", i + 1, rates.back());
  }
  const double again = co_await run(hubs, all, began);
  auto left = co_await db.run(count_rows, {});
  if (!left || (*left)[0].whole(0) != 3 * rows) throw std::runtime_error("the repeat changed the number of rows");
  std::sort(rates.begin(), rates.end());
  print("CDR ingest", rates[1], 10000);
  print("CDR ingest, the same rows again", again, 10000);
}

}  // namespace
}  // namespace vss

int main() {
  boost::asio::io_context loop(1);
  int status = 0;
  boost::asio::co_spawn(loop, vss::bench(), [&](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const std::exception& why) {
      fmt::print(stderr, "cdr_ingest: {}\n", why.what());
      status = 1;
    }
    loop.stop();
  });
  loop.run();
  return status;
}
