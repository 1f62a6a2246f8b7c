#pragma once
// Answers why a campaign does not dial now, from the database and from what this process knows of itself. The endpoint
// is here too.
#include <functional>
#include <map>

#include "net/router.hpp"
#include "ottb/profile_cache.hpp"
#include "ottb/why_store.hpp"

namespace vss::ottb {

struct why_hooks {
  std::string self;                 // this process as an owner of leases: the rest is asked only of who paces
  std::function<bool()> may_dial;   // this process knows its fleet; empty: yes
  std::function<bool()> broker_up;  // empty: yes
};

class why_desk {
 public:
  why_desk(net::pg_pool& db, const clock& time, profile_cache& profiles, why_hooks hooks);
  task<result<why_view>> why(std::string campaign);

 private:
  struct count {
    why_leads leads;
    std::vector<waiting_leads> waiting;
    std::chrono::steady_clock::time_point good_until;
  };
  task<result<void>> count_leads(std::string campaign, dialling_facts& into);

  pacer_store campaigns_;
  why_store store_;
  const clock& time_;
  profile_cache& profiles_;
  why_hooks hooks_;
  std::map<std::string, count, std::less<>> slow_counts_;  // by campaign
};

void add_routes(net::router& routes, why_desk& desk);

}  // namespace vss::ottb
