#include "ottb/lease.hpp"

#include "base/log.hpp"
#include "base/shield.hpp"

namespace vss::ottb {
namespace {

constexpr net::statement hold_lease{
    "ottb.lease.hold",
    "insert into ottb.lease as l (name, owner, until) values ($1, $2, clock_timestamp() + interval '3.5 s')"
    " on conflict (name) do update set owner = excluded.owner, until = excluded.until,"
    "   fence = case when l.owner = excluded.owner then l.fence else l.fence + 1 end"
    " where l.owner = excluded.owner or l.until + make_interval(secs => $3) < clock_timestamp() returning fence",
    milliseconds{1500}};
constexpr net::statement release_lease{
    "ottb.lease.release", "update ottb.lease set until = clock_timestamp() where name = $1 and owner = $2"};
constexpr net::statement forget_gone{
    "ottb.lease.forget", "delete from ottb.lease where name like 'server:%' and until < now() - interval '1 day'"};

}  // namespace

task<result<std::int64_t>> lease_store::hold(std::string name) {
  const bool newcomer = std::chrono::steady_clock::now() < settled_;
  const std::chrono::duration<double> wait = newcomer ? newcomer_waits : milliseconds{0};
  net::params with{std::move(name), owner_, wait.count()};
  auto held = co_await db_.run(hold_lease, std::move(with));
  if (!held) co_return std::unexpected(std::move(held.error()));
  co_return held->empty() ? std::int64_t{0} : (*held)[0].whole(0);
}

task<result<std::int64_t>> lease_store::forget_the_gone() {
  auto gone = co_await db_.run(forget_gone, {});
  if (!gone) co_return std::unexpected(std::move(gone.error()));
  co_return gone->affected();
}

task<result<void>> lease_store::release(std::string name) {
  net::params with{std::move(name), owner_};
  auto done = co_await db_.run(release_lease, std::move(with));
  if (!done) co_return std::unexpected(std::move(done.error()));
  co_return result<void>{};
}

namespace {

// Renews until the lease is lost: somebody else has it, or it ran out while PostgreSQL was away.
task<void> keep(lease_store& leases, std::string name, std::int64_t fence, const std::function<bool()>& wanted) {
  auto good_until = std::chrono::steady_clock::now() + lease_length;
  while (wanted()) {
    co_await pause(lease_renewal);
    const auto asked = std::chrono::steady_clock::now();
    const auto held = co_await leases.hold(name);
    if (held && *held == fence) {
      good_until = asked + lease_length;
    } else if (held || std::chrono::steady_clock::now() + milliseconds{500} > good_until) {
      co_return;
    }
  }
}

}  // namespace

task<void> while_leased(lease_store& leases, std::string name, std::function<bool()> wanted,
                        std::function<void(std::int64_t fence, scope& work)> begin) {
  const auto on = co_await this_executor();
  for (;;) {
    std::int64_t fence = 0;
    if (wanted()) {
      const auto held = co_await leases.hold(name);
      if (held) fence = *held;
    }
    if (fence == 0) {
      co_await pause(lease_watch);
      continue;
    }
    log::info("ottb", "lease_taken", {{"lease", name}, {"fence", fence}});
    scope working(on, name);
    begin(fence, working);
    // Cancelled itself, it still waits for what it began: that works on objects which are about to go.
    std::exception_ptr cancelled;
    try {
      co_await keep(leases, name, fence, wanted);
    } catch (...) {
      cancelled = std::current_exception();
    }
    if (cancelled) co_await shield();
    bool ended = co_await working.stop(lease_length);
    while (!ended) {
      log::error("ottb", "lease_work_goes_on", {{"lease", name}, {"coroutines", working.running()}});
      ended = co_await working.stop(lease_length);
    }
    const auto released = co_await leases.release(name);
    log::info("ottb", "lease_left", {{"lease", name}, {"fence", fence}, {"released", released.has_value()}});
    if (cancelled) std::rethrow_exception(cancelled);
  }
}

task<void> stay_present(lease_store& leases) {
  constexpr int rounds_of_care = 3600;
  for (int round = 0;; ++round) {
    const auto held = co_await leases.hold("server:" + leases.owner());
    if (!held) log::failed("ottb", "presence_not_told", held.error());
    if (round % rounds_of_care == 0) {
      const auto gone = co_await leases.forget_the_gone();
      if (!gone) log::failed("ottb", "gone_servers_stay", gone.error());
    }
    co_await pause(lease_renewal);
  }
}

}  // namespace vss::ottb
