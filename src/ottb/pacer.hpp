#pragma once
// The pacer (F-01): one coroutine per running campaign in the whole installation, by lease. Every tick it takes as many
// due leads as slots, trunks and rates allow, asks the rules, and in one transaction leases a slot, writes the attempt
// and its outbox row. Refused leads are rescheduled with their reason. A campaign whose leads are all finished ends by
// itself.
#include <map>
#include <set>

#include "base/ids.hpp"
#include "net/metrics.hpp"
#include "ottb/campaign_store.hpp"
#include "ottb/events.hpp"
#include "ottb/lease.hpp"
#include "ottb/pacer_rate.hpp"
#include "ottb/pacer_store.hpp"
#include "ottb/profile_cache.hpp"

namespace vss::ottb {

struct pacer_hooks {
  std::function<bool()> may_dial;          // the fleet's and the PBX's pictures may be dialled on; empty: always
  std::function<void()> queued;            // outbox rows were committed
  campaign_changed_fn campaign_changed{};  // finished and stopped by themselves
};

class pacer {
 public:
  pacer(net::pg_pool& db, const clock& time, random_source& random, scope& life, lease_store& leases,
        profile_cache& profiles, net::metrics& meters, pacer_hooks hooks);
  void start();
  // Something happened to a campaign (leads came back, an attempt ended, a person changed it): look now.
  void poke(const std::string& campaign);

 private:
  struct pace;
  using pace_ptr = std::shared_ptr<pace>;
  enum class found : std::uint8_t { work, more, no_slot, no_lead, no_token, closed, failed };

  task<void> watch();
  task<void> run(pace_ptr mine);
  task<bool> refresh(pace_ptr mine);
  task<found> tick(pace_ptr mine);
  task<found> fill(pace_ptr mine, net::transaction work, int most);
  task<void> settle(pace_ptr mine);
  task<void> end_campaign(pace_ptr mine);
  void announce(const std::string& campaign, campaign_state state) const;

  pacer_store store_;
  campaign_store campaigns_;
  net::pg_pool& db_;
  const clock& time_;
  random_source& random_;
  scope& life_;
  lease_store& leases_;
  profile_cache& profiles_;
  net::metrics& meters_;
  pacer_hooks hooks_;
  std::set<std::string> live_;             // running or draining, by the last look
  std::set<std::string> contested_;        // those we try for
  std::map<std::string, pace_ptr> paced_;  // those we own
  wakeup looked_at_;
};

}  // namespace vss::ottb
