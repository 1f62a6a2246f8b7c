#include "ottb/permit_reconciler.hpp"

#include "base/log.hpp"

namespace vss::ottb {

namespace {

bool unused(const report_store::stale_attempt& stale) {
  return stale.state == "queued" ||
         (stale.state == "permitted" && stale.permit_state != "consumed" && stale.permit_state != "sent");
}

}  // namespace

permit_reconciler::permit_reconciler(net::pg_pool& db, scope& life, report_service& reports, net::metrics& meters,
                                     call_alive_fn alive, reconciler_options options)
    : store_(db), life_(life), reports_(reports), meters_(meters), alive_(std::move(alive)), options_(options) {}

void permit_reconciler::start() { spawn(life_, "permit_reconciler", run()); }

task<void> permit_reconciler::run() {
  for (int round = 1; !life_.stopping(); ++round) {
    co_await pause(options_.every);
    auto done = co_await sweep();
    if (!done) log::failed("ottb", "reconciler_failed", done.error());
    if (round % 30 == 0) {
      auto expired = co_await store_.expire_permits();
      if (!expired) log::failed("ottb", "permits_not_expired", expired.error());
    }
  }
}

task<result<int>> permit_reconciler::sweep() {
  auto stale = co_await store_.stale(options_.queued_seconds, options_.permitted_seconds, options_.live_seconds);
  if (!stale) co_return fail(std::move(stale.error()));
  std::vector<std::string> back;
  int resolved = 0;
  for (const auto& each : *stale) {
    if (unused(each)) {
      back.push_back(each.id);
    } else {
      const bool done = co_await resolve(each);
      if (done) ++resolved;
    }
  }
  if (!back.empty()) {
    auto campaigns = co_await store_.give_back(back, "vanished", 1, false);
    if (!campaigns) co_return fail(std::move(campaigns.error()));
    resolved += static_cast<int>(back.size());
    for (const auto& campaign : *campaigns) {
      if (heard_) heard_(campaign);
    }
  }
  if (resolved > 0) log::warn("ottb", "attempts_reconciled", {{"resolved", resolved}, {"returned", back.size()}});
  meters_.count("vss_attempts_reconciled_total", {}, resolved);
  co_return resolved;
}

task<bool> permit_reconciler::resolve(report_store::stale_attempt stale) {
  if (!alive_) co_return false;
  auto alive = co_await alive_(stale.id);
  if (!alive || *alive) co_return false;
  auto ended = co_await reports_.lost(stale.id);
  if (!ended) log::failed("ottb", "attempt_not_ended", ended.error(), {{"attempt", stale.id}});
  co_return ended.has_value();
}

task<bool> permit_reconciler::lease_lost(std::string attempt) {
  auto found = co_await store_.one(attempt);
  if (!found) co_return false;
  if (!*found) co_return true;
  const auto stale = **found;
  if (stale.state == "done" || stale.state == "returned") co_return true;
  if (!unused(stale)) co_return co_await resolve(stale);
  std::vector<std::string> back{attempt};
  auto campaigns = co_await store_.give_back(std::move(back), "lease_lost", 1, false);
  if (!campaigns) co_return false;
  for (const auto& campaign : *campaigns) {
    if (heard_) heard_(campaign);
  }
  // It may have been consumed just now: then it is a call, and the next sweep of leases asks again.
  co_return !campaigns->empty();
}

}  // namespace vss::ottb
