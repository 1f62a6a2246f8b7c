#include "archont/spool_flush.hpp"

#include "base/log.hpp"
#include "net/postgres.hpp"

namespace vss::archont {
namespace {

constexpr net::statement ingest{
    "archont.ingest_cdr", "select n, call_id, accepted, reason from dci.ingest_cdr($1::jsonb)", milliseconds{20000}};
constexpr std::size_t report_batch = 100;
constexpr std::size_t cdr_batch = 500;
constexpr milliseconds idle{1000};
constexpr milliseconds gather{1000};  // one connection a second at most, whatever the load
constexpr milliseconds longest_back_off{15000};

}  // namespace

spool_flush::spool_flush(executor on, journal& spool, desk_client& desk,
                         std::function<void(std::string, std::string)> event)
    : on_(on), spool_(spool), desk_(desk), event_(std::move(event)), work_(on) {}

void spool_flush::use_database(std::string conninfo) {
  conninfo_ = std::move(conninfo);
  work_.notify();
}

task<void> spool_flush::flush_reports() {
  milliseconds back_off{200};
  std::size_t most = report_batch;
  for (;;) {
    auto items = spool_.first(journal::spool::report, most);
    if (items.empty()) {
      co_await work_.wait(idle);
      continue;
    }
    std::vector<std::string> bodies;
    std::vector<std::string> ids;
    for (auto& item : items) {
      bodies.push_back(std::move(item.body));
      ids.push_back(std::move(item.id));
    }
    auto receipt = co_await desk_.report(std::move(bodies));
    if (receipt) {
      back_off = milliseconds{200};
      most = report_batch;
      spool_.drop(journal::spool::report, ids);
      for (const auto& id : receipt->unknown) event_("report_unknown", "the server knows no attempt " + id);
      continue;
    }
    log::failed("archont", "reports_wait", receipt.error(), {{"waiting", ids.size()}});
    if (receipt.error().kind == errc::refused && ids.size() == 1) {
      event_("report_refused", ids.front() + ": " + receipt.error().message);
      spool_.drop(journal::spool::report, ids);
      continue;
    }
    if (receipt.error().kind == errc::refused) most = 1;  // one of them is wrong; the others must not wait for it
    co_await pause(back_off);
    back_off = std::min(back_off * 2, longest_back_off);
  }
}

task<result<void>> spool_flush::send_cdrs(std::vector<journal::item> items) {
  std::string batch = "[";
  std::vector<std::string> ids;
  for (auto& item : items) {
    batch += (ids.empty() ? "" : ",") + item.body;
    ids.push_back(std::move(item.id));
  }
  batch += "]";
  // The connection opens to flush and closes: two thousand hubs do not hold two thousand sessions.
  net::pg_options options;
  options.conninfo = conninfo_;
  options.connections = 1;
  options.application = "vss archont";
  options.acquire = milliseconds{10000};
  net::pg_pool database(on_, std::move(options));
  net::params with{std::move(batch)};
  auto verdicts = co_await database.run(ingest, std::move(with));
  co_await database.close();
  if (!verdicts) co_return std::unexpected(std::move(verdicts.error()));
  for (const auto verdict : *verdicts) {
    if (!verdict.yes(2)) event_("cdr_refused", verdict.string(1) + ": " + verdict.string(3));
  }
  spool_.drop(journal::spool::cdr, ids);
  co_return result<void>{};
}

task<void> spool_flush::flush_cdrs() {
  milliseconds back_off{500};
  for (;;) {
    auto items = conninfo_.empty() ? std::vector<journal::item>{} : spool_.first(journal::spool::cdr, 1);
    if (items.empty()) {
      co_await work_.wait(idle);
      continue;
    }
    co_await pause(gather);
    auto batch = spool_.first(journal::spool::cdr, cdr_batch);
    const auto sent = co_await send_cdrs(std::move(batch));
    if (sent) {
      back_off = milliseconds{500};
      continue;
    }
    log::failed("archont", "cdrs_wait", sent.error(), {{"waiting", spool_.depth()}});
    co_await pause(back_off);
    back_off = std::min(back_off * 2, longest_back_off);
  }
}

}  // namespace vss::archont
