#include "ottb/pacer.hpp"

#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "ottb/window_ranges.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds tick_length{80};
constexpr milliseconds idle_wait{500};
constexpr milliseconds refresh_every{500};
constexpr milliseconds settle_every{1000};
constexpr milliseconds look_every{1000};
constexpr seconds lead_message_life{10};
constexpr int most_a_tick = 200;
constexpr int most_looked_at = 500;

// Without a moment of its own a refusal is looked at again after a while.
instant again(const decision& why, instant now) {
  if (why.until) return *why.until;
  return now + (why.reason == refusal_reason::outside_window ? std::chrono::hours(24) : std::chrono::hours(1));
}

std::string inputs(const paced_campaign& campaign) {
  const boost::json::object out{{"profile", campaign.profile},
                                {"campaign_version", campaign.version},
                                {"zone_table", std::string(zone_table_version())},
                                {"by", "pacer"}};
  return boost::json::serialize(out);
}

}  // namespace

// One campaign while its lease is ours.
struct pacer::pace {
  pace(std::string campaign, std::int64_t f, executor on, std::chrono::steady_clock::time_point now)
      : id(std::move(campaign)), fence(f), rate(1, 1, now), poked(on) {}
  std::string id;
  std::int64_t fence;
  paced_campaign what;
  std::shared_ptr<const profile> rules;
  std::chrono::steady_clock::time_point refreshed{};
  std::chrono::steady_clock::time_point settled{};
  pacer_rate rate;
  wakeup poked;
  bool changed = true;
  int look_factor = 1;  // how many leads are looked at for one that may be called
  refusal_reason said{};
  bool closed = false;
};

pacer::pacer(net::pg_pool& db, const clock& time, random_source& random, scope& life, lease_store& leases,
             profile_cache& profiles, net::metrics& meters, pacer_hooks hooks)
    : store_(db),
      campaigns_(db),
      db_(db),
      time_(time),
      random_(random),
      life_(life),
      leases_(leases),
      profiles_(profiles),
      meters_(meters),
      hooks_(std::move(hooks)),
      looked_at_(life.on()) {}

void pacer::start() {
  const auto news = [this](std::string campaign) {
    poke(campaign);
    looked_at_.notify();
  };
  spawn(life_, "campaign_news", db_.listen(std::string(campaign_topic), news));
  spawn(life_, "pacer_watch", watch());
}

void pacer::poke(const std::string& campaign) {
  const auto found = paced_.find(campaign);
  if (found == paced_.end()) return;
  found->second->changed = true;
  found->second->poked.notify();
}

// Finds campaigns to pace and tries for the lease of each, for as long as it is live.
task<void> pacer::watch() {
  while (!life_.stopping()) {
    auto ids = co_await store_.live();
    if (ids)
      live_ = std::set<std::string>(ids->begin(), ids->end());
    else
      live_.clear();
    for (const auto& id : live_) {
      if (!contested_.insert(id).second) continue;
      const auto wanted = [this, id] { return live_.contains(id) && !life_.stopping(); };
      const auto begin = [this, id](std::int64_t fence, scope& work) {
        auto mine = std::make_shared<pace>(id, fence, work.on(), time_.steady());
        paced_.insert_or_assign(id, mine);
        work.spawn("pace", run(mine));
      };
      spawn(life_, "campaign_lease", while_leased(leases_, "campaign:" + id, wanted, begin));
    }
    co_await looked_at_.wait(look_every);
  }
}

task<void> pacer::run(pace_ptr mine) {
  for (;;) {
    const auto now = time_.steady();
    if (mine->changed || now - mine->refreshed > refresh_every) {
      const bool fresh = co_await refresh(mine);
      if (!fresh) {
        co_await pause(idle_wait);
        continue;
      }
    }
    found what = found::closed;
    const bool open = mine->what.state == campaign_state::running && (!hooks_.may_dial || hooks_.may_dial());
    if (open) what = co_await tick(mine);
    meters_.count("vss_pacer_ticks_total", {{"found", what == found::work ? "work" : "none"}});
    const bool idle = what == found::no_lead || what == found::closed || what == found::failed;
    if (idle && time_.steady() - mine->settled > settle_every) co_await settle(mine);
    if (what == found::more) continue;
    if (idle)
      co_await mine->poked.wait(idle_wait);
    else
      co_await pause(tick_length);
  }
}

task<bool> pacer::refresh(pace_ptr mine) {
  mine->changed = false;
  auto campaign = co_await store_.campaign(mine->id);
  if (!campaign) co_return false;
  auto rules = co_await profiles_.get(campaign->profile);
  if (!rules) co_return false;
  mine->what = std::move(*campaign);
  mine->rules = std::move(*rules);
  mine->refreshed = time_.steady();
  const double per_second = mine->what.calls_per_second;
  mine->rate.set(per_second, std::max(2.0, per_second * 0.2), mine->refreshed);
  const bool over = mine->what.what.ends_at && time_.now() >= *mine->what.what.ends_at;
  if (over && mine->what.state == campaign_state::running) co_await end_campaign(mine);
  co_return true;
}

task<pacer::found> pacer::tick(pace_ptr mine) {
  const decision whole = decide(mine->what.what, *mine->rules, time_.now());
  if (!whole.allowed) {
    if (!mine->closed || mine->said != whole.reason) {
      log::warn("ottb", "campaign_may_not_dial", {{"campaign", mine->id}, {"reason", name(whole.reason)}});
    }
    mine->closed = true;
    mine->said = whole.reason;
    co_return found::closed;
  }
  mine->closed = false;
  const int most = std::min(most_a_tick, mine->rate.available(time_.steady()));
  if (most == 0) co_return found::no_token;
  auto begun = co_await store_.begin();
  if (!begun) {
    log::failed("ottb", "pacer_failed", begun.error(), {{"campaign", mine->id}, {"flow", "F-01"}});
    co_return found::failed;
  }
  co_return co_await fill(mine, std::move(*begun), most);
}

task<pacer::found> pacer::fill(pace_ptr mine, net::transaction work, int most) {
  const auto broken = [&mine](const error& why) {
    log::failed("ottb", "pacer_failed", why, {{"campaign", mine->id}, {"flow", "F-01"}});
    return found::failed;
  };
  auto slots = co_await store_.slots(work, mine->what.slots, most);
  if (!slots) co_return broken(slots.error());
  if (slots->empty()) co_return found::no_slot;
  auto room = co_await store_.room(work, mine->what.trunks, mine->what.caller_id, mine->rules->hours.windows.empty());
  if (!room) co_return broken(room.error());
  const int wanted = std::min(static_cast<int>(slots->size()), room->room());
  const int looked = std::min(most_looked_at, std::max(wanted, 1) * mine->look_factor);
  if (wanted == 0) {
    auto kept = co_await work.commit();  // the tokens that have grown meanwhile
    co_return kept ? found::no_token : broken(kept.error());
  }
  auto leads = co_await store_.leads(work, mine->id, looked);
  if (!leads) co_return broken(leads.error());

  const instant now = time_.now();
  pacer_store::assignment chosen{mine->id, leases_.owner(), mine->fence, now + lead_message_life, {}, std::move(*room)};
  std::vector<lead_refusal> refusals;
  for (const auto& lead : *leads) {
    if (static_cast<int>(chosen.leads.size()) == wanted) break;
    const decision may = decide(lead.who, mine->what.what, *mine->rules, now);
    if (may.allowed) {
      const free_slot& slot = (*slots)[chosen.leads.size()];
      chosen.leads.push_back({lead.id, make_uuid(time_, random_), slot});
    } else {
      refusals.push_back({lead.id, name(may.reason), may.until, again(may, now), closes_lead(may.reason)});
    }
  }
  const auto dialled = static_cast<int>(chosen.leads.size());
  const auto refused = static_cast<int>(refusals.size());
  if (refused > 0) {
    auto done = co_await store_.refuse(work, std::move(refusals), now, inputs(mine->what));
    if (!done) co_return broken(done.error());
  }
  if (dialled > 0) {
    auto done = co_await store_.assign(work, std::move(chosen));
    if (!done) co_return broken(done.error());
  }
  auto kept = co_await work.commit();
  if (!kept) co_return broken(kept.error());
  mine->rate.take(dialled);
  meters_.count("vss_attempts_queued_total", {{"flow", "F-01"}}, dialled);
  meters_.count("vss_leads_refused_total", {{"by", "pacer"}}, refused);
  if (dialled > 0 && hooks_.queued) hooks_.queued();
  if (leads->empty()) co_return found::no_lead;
  mine->look_factor = refused > dialled ? std::min(mine->look_factor * 4, most_looked_at) : 1;
  co_return refused > 0 && dialled < wanted ? found::more : found::work;
}

void pacer::announce(const std::string& campaign, campaign_state state) const {
  log::info("ottb", "campaign_ended", {{"campaign", campaign}, {"state", name(state)}});
  if (hooks_.campaign_changed) hooks_.campaign_changed({campaign, name(state), "system"});
}

task<void> pacer::settle(pace_ptr mine) {
  mine->settled = time_.steady();
  auto ended = co_await campaigns_.settle(mine->id);
  if (!ended || !*ended) co_return;
  announce(mine->id, **ended);
  mine->changed = true;
  looked_at_.notify();
}

// ends_at has passed: what is queued may still happen, nothing new begins.
task<void> pacer::end_campaign(pace_ptr mine) {
  std::vector<campaign_state> from{campaign_state::running};
  auto moved = co_await campaigns_.move(mine->id, std::move(from), campaign_state::draining, std::nullopt);
  if (moved) mine->changed = true;
}

}  // namespace vss::ottb
