// The part of link_hub that runs by itself: heartbeats, the comparison of snapshots, and the sweeps.
#include "base/log.hpp"
#include "ottb/link_hub.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds beat_every{200};
constexpr milliseconds round_length{1000};
constexpr std::size_t beats_a_round = 5;
constexpr std::size_t most_beats = 200;
constexpr milliseconds renew_every{5000};

std::string listed(const std::vector<std::string>& numbers) {
  std::string out;
  for (const auto& each : numbers) {
    out += out.empty() ? each : " " + each;
    if (out.size() > 500) break;
  }
  return out;
}

}  // namespace

// The next hubs whose heartbeats are written down: a fifth of them, at most 200. A round over all of them takes a
// second or, with many, longer; one statement over thousands of rows would hold up their transitions.
std::vector<link_beat> link_hub::next_beats() {
  std::vector<link_beat> out;
  const auto share = std::min(links_.size() / beats_a_round + 1, most_beats);
  for (std::size_t i = 0; i < share; ++i) {
    auto next = links_.upper_bound(beaten_);
    if (next == links_.end()) {
      const auto now = time_.steady();
      if (i > 0 || links_.empty() || now - round_began_ < round_length) break;
      round_began_ = now;
      next = links_.begin();
    }
    beaten_ = next->first;
    auto word = next->second->beat();
    if (word.silent < options_.silence) out.push_back(std::move(word));  // else the sweep speaks
  }
  return out;
}

task<void> link_hub::beat() {
  while (!life_.stopping()) {
    co_await pause(beat_every);
    auto beats = next_beats();
    if (beats.empty()) continue;
    auto sent = beats;
    auto ours = co_await store_.beat(std::move(beats));
    if (!ours) {
      log::failed("ottb", "link_beat_failed", ours.error());
      continue;
    }
    if (ours->size() != sent.size()) co_await check_ownership(std::move(sent), std::move(*ours));
  }
}

// What a living hub works on stays leased. Leases live 30 s and are renewed below 20.
task<void> link_hub::renew() {
  while (!life_.stopping()) {
    co_await pause(renew_every);
    std::vector<std::string> hubs;
    for (const auto& [hub, link] : links_) {
      if (link->beat().silent < options_.silence) hubs.push_back(hub);
    }
    if (hubs.empty()) continue;
    auto renewed = co_await store_.renew_leases(std::move(hubs));
    if (!renewed) log::failed("ottb", "leases_not_renewed", renewed.error());
  }
}

// The topic may have lost a word: a link that is not ours any more ends all the same.
task<void> link_hub::check_ownership(std::vector<link_beat> sent, std::set<std::string> ours) {
  for (const auto& each : sent) {
    if (ours.contains(each.hub)) continue;
    auto run = co_await store_.present_run(each.hub);
    const auto found = links_.find(each.hub);
    if (!run || found == links_.end() || found->second->fence() != each.fence) continue;
    take_over(each.hub, each.fence + 1, *run);
  }
}

task<void> link_hub::reconcile(session link) {
  const bool complete = co_await link->caught_up();
  while (complete && link->open() && !link->is_suspect()) {
    const bool done = co_await compare(link);
    if (done) break;
    co_await pause(milliseconds(500));
  }
  if (complete && hooks_.linked) co_await hooks_.linked(link->hub());
}

task<bool> link_hub::compare(session link) {
  const auto& said = link->said();
  auto marks = co_await store_.marks(link->hub());
  if (!marks) co_return false;
  const auto plan = ottb::reconcile(*marks, said.slots, said.last_sent);
  auto corrected = co_await store_.correct(link->hub(), plan.corrections, said.last_sent);
  if (!corrected) co_return false;
  for (const auto& slot : *marks) {
    if (std::find(plan.lost.begin(), plan.lost.end(), slot.number) == plan.lost.end()) continue;
    co_await resolve(slot.number, slot.epoch, slot.attempt);
  }
  for (const auto& each : plan.commands) {
    if (hooks_.command) co_await hooks_.command(link->hub(), each.slot, each.verb, -1);
  }
  if (!plan.foreign.empty()) {
    co_await store_.note(link->hub(), "foreign_slots", "warning", "", listed(plan.foreign));
  }
  auto done = co_await store_.reconciled(link->hub(), link->fence());
  if (!done) co_return false;
  log::info("ottb", "link_reconciled",
            {{"hub", link->label()},
             {"slots", marks->size()},
             {"corrected", plan.corrections.size()},
             {"lost", plan.lost.size()},
             {"absent", plan.absent.size()}});
  meters_.count("vss_link_corrections_total", {}, static_cast<double>(plan.corrections.size()));
  co_return true;
}

// An attempt whose worker vanished: whoever owns attempts decides, the slot follows.
task<bool> link_hub::resolve(std::string slot, std::int64_t epoch, std::string attempt) {
  bool free = true;
  if (!attempt.empty() && hooks_.lease_lost) free = co_await hooks_.lease_lost(attempt);
  auto ended = co_await store_.end_lease(slot, epoch, !free);
  co_return free&& ended && *ended;
}

task<void> link_hub::settle() {
  const auto started = time_.now();
  const auto until = time_.steady() + options_.patience;
  while (!life_.stopping() && !ready_) {
    auto left = co_await store_.unsettled(started);
    if ((left && *left == 0) || time_.steady() >= until) {
      ready_ = true;
      log::info("ottb", "fleet_ready", {{"unsettled", left ? *left : -1}});
      co_return;
    }
    co_await pause(milliseconds(250));
  }
}

task<void> link_hub::sweep() {
  bool database_was_there = true;
  while (!life_.stopping()) {
    co_await pause(options_.sweep_every);
    // After an outage of PostgreSQL every hub looks silent; one quiet round lets the heartbeats in first.
    if (database_was_there) {
      auto gone = co_await store_.sweep_unreachable(options_.silence.count() / 1000);
      if (gone && !gone->empty()) {
        log::warn("ottb", "hubs_unreachable", {{"hubs", listed(*gone)}});
        meters_.count("vss_hubs_unreachable_total", {}, static_cast<double>(gone->size()));
        for (const auto& hub : *gone) notice("hub_unreachable", "warning", hub, "its link is silent");
      }
      if (gone) co_await sweep_leases();
      database_was_there = gone.has_value();
      continue;
    }
    database_was_there = co_await db_.ready();
  }
}

task<void> link_hub::sweep_leases() {
  auto expired = co_await store_.claim_expired();
  if (!expired) co_return;
  for (const auto& lease : *expired) {
    const bool freed = co_await resolve(lease.slot, lease.epoch, lease.attempt);
    log::warn("ottb", "lease_expired",
              {{"slot", lease.slot}, {"epoch", lease.epoch}, {"state", lease.state}, {"freed", freed}});
    meters_.count("vss_leases_expired_total", {{"freed", freed ? "yes" : "no"}});
    if (!freed || !lease.reached_hub || lease.state == "IDLE" || lease.state == "READY") continue;
    if (hooks_.command) co_await hooks_.command(lease.hub, lease.slot, "recover", lease.epoch);
  }
  auto late = co_await store_.catch_up();
  if (late && *late > 0) log::info("ottb", "stale_words_applied", {{"slots", *late}});
}

}  // namespace vss::ottb
