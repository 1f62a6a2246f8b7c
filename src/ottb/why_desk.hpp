#pragma once
// Answers why a campaign does not dial now, from the database and from what this process knows of itself. The endpoint
// is here too.
#include <functional>

#include "net/router.hpp"
#include "ottb/profile_cache.hpp"
#include "ottb/why_store.hpp"

namespace vss::ottb {

struct why_hooks {
  std::function<bool()> may_dial;   // this process knows its fleet; empty: yes
  std::function<bool()> broker_up;  // empty: yes
};

class why_desk {
 public:
  why_desk(net::pg_pool& db, const clock& time, profile_cache& profiles, why_hooks hooks);
  task<result<why_view>> why(std::string campaign);

 private:
  pacer_store campaigns_;
  why_store store_;
  const clock& time_;
  profile_cache& profiles_;
  why_hooks hooks_;
};

void add_routes(net::router& routes, why_desk& desk);

}  // namespace vss::ottb
