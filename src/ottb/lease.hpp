#pragma once
// One owner at a time for something that must not be run twice: a campaign's pacer, a PBX node's connections. A row in
// ottb.lease with an owner, an end and a fencing number that grows with every change of owner. Held for 4 s, renewed
// each second: a dead owner is followed within 5 s. PostgreSQL's clock decides.
#include <cstdint>
#include <functional>
#include <string>

#include "base/scope.hpp"
#include "net/postgres.hpp"

namespace vss::ottb {

constexpr seconds lease_length{4};
constexpr milliseconds lease_renewal{1000};

class lease_store {
 public:
  lease_store(net::pg_pool& db, std::string owner) : db_(db), owner_(std::move(owner)) {}
  const std::string& owner() const { return owner_; }
  // Takes or renews the lease. Its fencing number when it is ours now, 0 when somebody else holds it.
  task<result<std::int64_t>> hold(std::string name);
  task<result<void>> release(std::string name);

 private:
  net::pg_pool& db_;
  std::string owner_;  // "<host>:<pid>:<run id>"
};

// Tries for the lease for ever while `wanted()`. When it is taken, `begin(fence, work)` spawns what the owner does into
// `work`; when it is lost, not wanted any more, or could not be renewed in time, all of that is cancelled and has ended
// before the lease is tried for again.
task<void> while_leased(lease_store& leases, std::string name, std::function<bool()> wanted,
                        std::function<void(std::int64_t fence, scope& work)> begin);

}  // namespace vss::ottb
