#pragma once
// The keys that sign access tokens: next (published, not used yet), active, retired (still verified until the last of
// its tokens has ended), revoked (refused at once). The next key is published at least a day before a scheduled change,
// every 90 days; an emergency change refuses the old key at once. Kept in memory, refreshed by the change feed.
#include "base/scope.hpp"
#include "point/envelope.hpp"
#include "point/jwt.hpp"
#include "point/key_store.hpp"

namespace vss::point {

// Pure: which keys verify at `now`, and whether the active key is due to be changed.
public_keys keys_in_force(const std::vector<signing_key>& all, instant now);
bool rotation_due(const std::vector<signing_key>& all, instant now);

class key_ring {
 public:
  key_ring(net::pg_pool& db, const envelope& box, const clock& time, random_source& random)
      : store_(db), box_(box), time_(time), random_(random) {}
  // Makes the first keys of an installation; processes that start together agree on one pair.
  task<result<void>> prepare();
  task<result<void>> reload();
  const std::vector<signing_key>& all() const { return all_; }
  public_keys in_force() const { return keys_in_force(all_, time_.now()); }
  // Changes whenever `all` does: caches of verified tokens compare it.
  std::uint64_t version() const { return version_; }
  result<claims> verify(std::string_view token) const;
  result<secret> sign(const claims& what) const;
  // For tokens longer than usual: the key must be verified until then.
  task<result<void>> note_expiry(instant last);
  // `now`: the old key is refused at once; otherwise it verifies what it signed to the end.
  task<result<void>> rotate(bool at_once);

 private:
  signing_key fresh_key(std::string state) const;
  const signing_key* active() const;

  key_store store_;
  const envelope& box_;
  const clock& time_;
  random_source& random_;
  std::vector<signing_key> all_;
  secret seed_;
  std::uint64_t version_ = 0;
};

}  // namespace vss::point
