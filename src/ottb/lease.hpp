#pragma once
// One owner at a time for something that must not be run twice: a campaign's pacer, a PBX node's connections. A row in
// ottb.lease with an owner, an end and a fencing number that grows with every change of owner. Held for 3.5 s, renewed
// each second: a dead owner is followed within 5 s. PostgreSQL's clock decides. A process that has only just started
// lets one that is settled go first, so that what a killed process owned goes to its neighbour and not to its own
// successor.
#include <cstdint>
#include <functional>
#include <string>

#include "base/scope.hpp"
#include "net/postgres.hpp"

namespace vss::ottb {

constexpr milliseconds lease_length{3500};
constexpr milliseconds lease_renewal{1000};
constexpr milliseconds lease_watch{500};     // how often one that waits for a lease looks
constexpr milliseconds newcomer_waits{900};  // longer than a settled process takes to see that a lease ran out

class lease_store {
 public:
  lease_store(net::pg_pool& db, std::string owner, seconds settles_in = seconds{5})
      : db_(db), owner_(std::move(owner)), settled_(std::chrono::steady_clock::now() + settles_in) {}
  const std::string& owner() const { return owner_; }
  // Takes or renews the lease. Its fencing number when it is ours now, 0 when somebody else holds it.
  task<result<std::int64_t>> hold(std::string name);
  task<result<void>> release(std::string name);
  task<result<std::int64_t>> forget_the_gone();

 private:
  net::pg_pool& db_;
  std::string owner_;  // "<host>:<pid>:<run id>"
  std::chrono::steady_clock::time_point settled_;
};

// Tries for the lease for ever while `wanted()`. When it is taken, `begin(fence, work)` spawns what the owner does into
// `work`; when it is lost, not wanted any more, or could not be renewed in time, all of that is cancelled and has ended
// before the lease is tried for again.
task<void> while_leased(lease_store& leases, std::string name, std::function<bool()> wanted,
                        std::function<void(std::int64_t fence, scope& work)> begin);

// Says for ever that this process lives, whether it owns anything or not: a lease of its own, `server:<owner>`. Those
// of processes that have been gone for a day are taken away.
task<void> stay_present(lease_store& leases);

}  // namespace vss::ottb
