// Registrations of all lines: when each is sent, and what its answer means.
#include <algorithm>

#include "archont/libre_lines.hpp"

namespace vss::archont {
namespace {

constexpr int pace_per_second = 10;
constexpr std::size_t closing_share = 50;  // of lines per pace while closing

}  // namespace

void libre_lines::plan(line& one, std::uint64_t at) {
  if (one.stopped) return;
  one.due = std::max(at, one.not_until);
  planned_.emplace(one.due, one.account.number);
}

void libre_lines::register_now(const std::string& slot) {
  const auto found = lines_.find(slot);
  if (found == lines_.end()) return;
  found->second.stopped = false;
  found->second.asked = true;
  plan(found->second, 1);
}

void libre_lines::stop_registering(const std::string& slot) {
  const auto found = lines_.find(slot);
  if (found == lines_.end()) return;
  found->second.stopped = true;
  found->second.due = 0;
  found->second.not_until = 0;  // who begins again later has a reason
}

void libre_lines::pace() {
  const auto now = tmr_jiffies();
  if (site_.stack == nullptr) {
    if (!wanted_ || closing_ || now < reopen_at_) return;
    reopen_at_ = now + 2000;
    if (!open_stack()) return;
  }
  for (auto next = cancelling_.begin(); next != cancelling_.end();) {
    const auto [call, until] = (next++)->second;
    if (until <= now) call->give_up();  // takes itself out of the map
  }
  if (closing_) {
    std::size_t share = closing_share;
    std::size_t left = calls();
    for (auto& [number, one] : lines_) {
      if (one.registered && share > 0 && one.registration && !one.registration->waiting()) {
        --share;
        one.registration->send(0);
      }
      left += one.registered;
    }
    if (left == 0 && closed_) std::exchange(closed_, nullptr)();
    return;
  }
  ping(now);
  auto budget = static_cast<std::size_t>(std::max(1, site_.settings.registrations_per_second / pace_per_second));
  while (budget > 0 && !planned_.empty() && planned_.begin()->first <= now) {
    const auto [at, slot] = *planned_.begin();
    planned_.erase(planned_.begin());
    const auto found = lines_.find(slot);
    if (found == lines_.end() || found->second.due != at) continue;  // planned anew since
    auto& one = found->second;
    one.due = 0;
    if (!one.registration) {
      one.registration = std::make_unique<libre_registration>(
          site_, one.account, [this, slot](libre_registration::answer a) { registration_answer(slot, a); });
    }
    one.registration->send(site_.settings.register_expires);
    --budget;
  }
}

void libre_lines::registration_answer(const std::string& slot, libre_registration::answer a) {
  const auto found = lines_.find(slot);
  if (found == lines_.end()) return;
  auto& one = found->second;
  if (closing_) {
    one.registered = false;
    return;
  }
  const auto now = tmr_jiffies();
  const bool asked = std::exchange(one.asked, false);
  one.not_until = 0;
  if (a.ok()) {
    one.failures = 0;
    const auto life = static_cast<std::uint64_t>(std::max(a.expires, 10)) * 1000;
    plan(one, now + life / 2 + rand_u32() % (life * 3 / 10));
    if (!std::exchange(one.registered, true) || asked) tell_line(one, sip_fact::registered, a.code);
    return;
  }
  ++one.failures;
  constexpr std::uint64_t after[][2] = {{800, 400}, {2400, 1200}, {7000, 4000}, {15000, 15000}};  // ms, and jitter
  // The edge may hear of a new slot a moment later than we do, and a second refusal is a fault: it gets time to, and
  // nobody's haste shortens it.
  const auto& wait = after[std::min(one.failures + (a.refused() ? 1 : 0), 4) - 1];
  const auto again = now + wait[0] + rand_u32() % wait[1];
  if (a.refused()) one.not_until = again;
  plan(one, again);
  if (std::exchange(one.registered, false)) tell_line(one, sip_fact::registration_lost, a.code);
  tell_line(one, a.refused() ? sip_fact::auth_rejected : sip_fact::registration_failed, a.code);
}

void libre_lines::close(std::function<void()> done) {
  closing_ = true;
  closed_ = std::move(done);
  planned_.clear();
  for (auto& [number, one] : lines_) {
    if (one.call) one.call->hang_up();
  }
  if (site_.stack == nullptr && closed_) std::exchange(closed_, nullptr)();
}

}  // namespace vss::archont
