#include "link/slot_fsm_check.hpp"
#include "link/slot_fsm_machine.hpp"

namespace vss::link {
namespace {

using fsm::e;

// The rows of each event, so that a step looks at a few only.
struct event_index {
  std::array<std::array<std::uint8_t, 10>, slot_events> rows{};
  std::array<std::uint8_t, slot_events> count{};
};
consteval event_index index_table() {
  event_index out;
  std::uint8_t n = 0;
  for (const auto& r : fsm::table) {
    auto& count = out.count[static_cast<std::size_t>(r.on)];
    out.rows[static_cast<std::size_t>(r.on)][count++] = n++;
  }
  return out;
}
constexpr event_index by_event = index_table();

bool settled(const slot_facts& f) { return f.saved && f.cooled && (f.disposed || !f.wants_disposition); }

// What POSTCALL would be with this event added.
bool settles(slot_facts f, slot_event on) {
  f.saved |= on == e::saved;
  f.disposed |= on == e::disposed || on == e::t_wrap;
  f.cooled |= on == e::t_cool;
  return settled(f);
}

std::uint8_t strikes(const slot_facts& f, slot_event on) {
  if (on == e::registration_failed) return f.register_strikes;
  return on == e::failed ? f.call_strikes : f.assign_strikes;
}

bool may_work(const slot_facts& f, instant now) {
  return f.configured && !f.drain && !f.locked && !f.quarantine && !f.held && !f.reconciling && now >= f.rested;
}

bool ladder_left(const slot_facts& f) {
  if (f.quarantine || f.fault == slot_fault::AUTH) return false;
  return f.rung < f.top_rung || (f.rung == 0 && f.rung_tries < 1);
}

slot_timer timer_of(slot_event on) {
  return static_cast<slot_timer>(static_cast<int>(on) - static_cast<int>(e::t_assign));
}
bool is_due(const slot_facts& f, slot_event on, instant now) {
  const auto when = f.deadline[static_cast<std::size_t>(timer_of(on))];
  return when != instant{} && when <= now;
}

bool holds(slot_guard when, const slot_facts& f, const slot_input& in, instant now) {
  using g = slot_guard;
  switch (when) {
    case g::always:
      return true;
    case g::assignable:
      return assignable(f, now);
    case g::may_dial:
      return may_work(f, now);
    case g::may_receive:
      return receivable(f);
    case g::reconciling:
      return f.reconciling;
    case g::is_attempt:
      return f.purpose == slot_purpose::attempt;
    case g::is_reception:
      return f.purpose == slot_purpose::reception;
    case g::is_internal:
      return f.purpose == slot_purpose::internal;
    case g::is_configured:
      return f.configured;
    case g::third_strike:
      return strikes(f, in.what) >= 2;
    case g::second_refusal:
      return f.auth_strikes >= 1;
    case g::permit_fresh:
      return f.purpose == slot_purpose::attempt && in.epoch == f.epoch && now < in.expires;
    case g::tries_left:
      return f.permit_tries < 3;
    case g::ending:
      return f.ending;
    case g::settles:
      return settles(f, in.what);
    case g::unreachable:
      return f.unreachable;
    case g::held:
      return f.held;
    case g::heals:
      return !f.quarantine && f.fault != slot_fault::DEVICE && f.fault != slot_fault::OPERATOR;
    case g::quarantined:
      return f.quarantine;
    case g::ladder_left:
      return ladder_left(f);
  }
  return false;
}

}  // namespace

namespace fsm {

machine::machine(const slot_facts& before, instant now, const slot_limits& limits)
    : f_(out_.facts), now_(now), limits_(limits) {
  f_ = before;
}

slot_step machine::run(const slot_input& event) {
  if (is_stale(event)) {
    out_.how = verdict::stale;
    return out_;
  }
  if (!apply(event)) {
    out_.how = verdict::illegal;
    return out_;
  }
  // What follows by itself: a prepared slot registers, a registered one is ready, waiting work goes on.
  for (int i = 0; i < 4; ++i) {
    const auto next = follow_up();
    if (!next) break;
    slot_input then = event;
    then.what = *next;
    if (!apply(then)) break;
  }
  return out_;
}

bool machine::is_stale(const slot_input& in) const {
  if (in.what == e::assign) return in.epoch <= f_.seen;
  if (in.what >= e::t_assign) return !is_due(f_, in.what, now_);
  if (in.what == e::saved || in.what == e::disposed) return in.call != 0 && in.call != f_.closed;
  if (in.epoch != 0 && (in.epoch != f_.epoch || f_.purpose != slot_purpose::attempt)) return true;
  return in.call != 0 && in.call != f_.call;
}

bool machine::apply(const slot_input& in) {
  const auto on = static_cast<std::size_t>(in.what);
  for (std::uint8_t i = 0; i < by_event.count[on]; ++i) {
    const auto& r = table[by_event.rows[on][i]];
    if ((r.from & bit(f_.state)) == 0 || !holds(r.when, f_, in, now_)) continue;
    take(r, in);
    return true;
  }
  return false;
}

void machine::take(const row& r, const slot_input& in) {
  from_ = f_.state;
  if (in.what >= e::t_assign) disarm(timer_of(in.what));
  const auto to = r.to == same ? from_ : static_cast<slot_state>(r.to);
  if (to != from_) {
    // The deadlines of a state end with it; those of the lease and of a drain outlive it.
    const auto lease = deadline(slot_timer::lease);
    const auto drain = deadline(slot_timer::drain);
    f_.deadline = {};
    deadline(slot_timer::lease) = lease;
    deadline(slot_timer::drain) = drain;
    enter(to);
    out_.hops.add({from_, to, in.what});
  }
  for (const auto deed : r.what) {
    if (deed == slot_deed::none) break;
    do_deed(deed, in);
  }
  f_.state = to;
}

void machine::enter(slot_state to) {
  if (to == slot_state::REGISTERING) f_.assign_strikes = 0;
  if (to == slot_state::READY) f_.register_strikes = 0;
  if (to == slot_state::ACTIVE_CALL) {
    f_.was_answered = true;
    f_.call_strikes = 0;
  }
}

std::optional<slot_event> machine::follow_up() const {
  if (f_.state == slot_state::ASSIGNED && f_.configured) return e::prepared;
  if (f_.state == slot_state::REGISTERING && f_.registered) return e::registered;
  if (f_.state == slot_state::READY && f_.purpose == slot_purpose::reception) return e::inbound;
  if (f_.state == slot_state::READY && f_.purpose == slot_purpose::internal) return e::go;
  return std::nullopt;
}

}  // namespace fsm

slot_step step(const slot_facts& before, const slot_input& event, instant now, const slot_limits& limits) {
  return fsm::machine(before, now, limits).run(event);
}

std::optional<instant> next_deadline(const slot_facts& facts) {
  std::optional<instant> first;
  for (const auto when : facts.deadline) {
    if (when != instant{} && (!first || when < *first)) first = when;
  }
  return first;
}

std::optional<slot_event> due(const slot_facts& facts, instant now) {
  std::size_t first = slot_timers;
  for (std::size_t i = 0; i < slot_timers; ++i) {
    const auto when = facts.deadline[i];
    if (when == instant{} || when > now) continue;
    if (first == slot_timers || when < facts.deadline[first]) first = i;
  }
  if (first == slot_timers) return std::nullopt;
  return static_cast<slot_event>(static_cast<std::size_t>(e::t_assign) + first);
}

bool assignable(const slot_facts& facts, instant now) {
  return facts.state == slot_state::IDLE && !facts.unreachable && may_work(facts, now);
}

bool receivable(const slot_facts& facts) {
  return facts.state == slot_state::IDLE && facts.configured && facts.registered && !facts.drain && !facts.locked &&
         !facts.quarantine;
}

}  // namespace vss::link
