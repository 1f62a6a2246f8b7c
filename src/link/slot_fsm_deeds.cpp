#include <algorithm>

#include "link/slot_fsm_machine.hpp"

namespace vss::link::fsm {
namespace {

// Deeds that only set one flag.
struct flag_deed {
  slot_deed deed;
  bool slot_facts::* flag;
  bool value;
};
constexpr flag_deed flag_deeds[] = {
    {d::mark_drain, &slot_facts::drain, true},
    {d::mark_lock, &slot_facts::locked, true},
    {d::mark_unlock, &slot_facts::locked, false},
    {d::mark_held, &slot_facts::held, true},
    {d::mark_unheld, &slot_facts::held, false},
    {d::mark_unregistered, &slot_facts::registered, false},
    {d::mark_suspect, &slot_facts::suspect, true},
    {d::mark_reconciling, &slot_facts::reconciling, true},
    {d::mark_reconciled, &slot_facts::reconciling, false},
    {d::mark_ending, &slot_facts::ending, true},
    {d::mark_bridged, &slot_facts::bridged, true},
    {d::mark_harbour, &slot_facts::harbour, true},
    {d::mark_saved, &slot_facts::saved, true},
    {d::mark_disposed, &slot_facts::disposed, true},
    {d::mark_cooled, &slot_facts::cooled, true},
    {d::mark_spooled, &slot_facts::spooled, true},
    {d::quarantine, &slot_facts::quarantine, true},
};

// Deeds that only arm one deadline.
struct timer_deed {
  slot_deed deed;
  slot_timer timer;
  milliseconds slot_limits::* after;
};
constexpr timer_deed timer_deeds[] = {
    {d::arm_assign, slot_timer::assign, &slot_limits::assign},
    {d::arm_register, slot_timer::reg, &slot_limits::reg},
    {d::arm_permit, slot_timer::permit, &slot_limits::permit},
    {d::arm_setup, slot_timer::setup, &slot_limits::setup},
    {d::arm_ring_in, slot_timer::ring, &slot_limits::ring_in},
    {d::arm_answer, slot_timer::answer, &slot_limits::answer},
    {d::arm_harbour, slot_timer::harbour, &slot_limits::harbour},
    {d::arm_max, slot_timer::max, &slot_limits::max},
    {d::arm_lease, slot_timer::lease, &slot_limits::lease},
};

bool before_calling(slot_state s) { return (bit(s) & before_call) != 0; }

}  // namespace

bool machine::do_mark(slot_deed deed) {
  for (const auto& one : flag_deeds) {
    if (one.deed != deed) continue;
    f_.*one.flag = one.value;
    return true;
  }
  switch (deed) {
    case d::mark_configured:
      f_.configured = true;
      f_.auth_strikes = 0;
      return true;
    case d::mark_unconfigured:
      f_.configured = f_.registered = false;
      return true;
    case d::mark_registered:
      f_.registered = true;
      f_.auth_strikes = f_.register_strikes = 0;
      return true;
    case d::mark_undrain:
      f_.drain = false;
      disarm(slot_timer::drain);
      return true;
    case d::mark_unreachable:
      f_.unreachable = true;
      f_.suspect |= live(f_.state);
      return true;
    case d::mark_reachable:
      f_.unreachable = f_.suspect = false;
      return true;
    case d::mark_auto:
      f_.disposed = f_.disposition_auto = true;
      return true;
    default:
      return false;
  }
}

bool machine::do_timer(slot_deed deed, const slot_input& in) {
  for (const auto& one : timer_deeds) {
    if (one.deed != deed) continue;
    set(one.timer, limits_.*one.after);
    return true;
  }
  switch (deed) {
    case d::arm_register_again: {
      constexpr int wait_seconds[] = {1, 3, 9};
      set(slot_timer::register_again, seconds(wait_seconds[std::clamp(f_.register_strikes - 1, 0, 2)]));
      return true;
    }
    case d::arm_permit_again:
      ++f_.permit_tries;
      set(slot_timer::permit_again, limits_.permit_again);
      return true;
    case d::renew_lease:
      if (deadline(slot_timer::lease) != instant{}) set(slot_timer::lease, limits_.lease);
      return true;
    case d::arm_drain:
      if (live(f_.state) || f_.state == slot_state::POSTCALL) set(slot_timer::drain, limits_.drain);
      return true;
    case d::arm_rung:
      if (!f_.quarantine) set(slot_timer::rung, limits_.rung);
      return true;
    default:
      return do_call(deed, in);
  }
}

bool machine::do_call(slot_deed deed, const slot_input& in) {
  switch (deed) {
    case d::arm_ring:
      if (!f_.ending && (in.what == e::ringing || deadline(slot_timer::ring) == instant{})) {
        set(slot_timer::ring, f_.ring_limit.count() > 0 ? f_.ring_limit : limits_.ring);
      }
      return true;
    case d::arm_end:
      for (const auto t : {slot_timer::ring, slot_timer::setup, slot_timer::answer, slot_timer::max}) disarm(t);
      set(slot_timer::end, limits_.end);
      return true;
    case d::arm_connect:
      if (f_.wants_bridge && !f_.bridged) set(slot_timer::connect, limits_.connect);
      return true;
    case d::arm_postcall:
      set(slot_timer::cool, limits_.cool);
      set(slot_timer::save, limits_.save);
      if (f_.wants_disposition) set(slot_timer::wrap, limits_.wrap);
      return true;
    case d::disarm_setup:
      disarm(slot_timer::setup);
      return true;
    case d::disarm_connect:
      disarm(slot_timer::connect);
      disarm(slot_timer::harbour);
      return true;
    default:
      return false;
  }
}

void machine::begin(slot_purpose why) {
  f_.purpose = why;
  f_.call = 0;
  f_.ending = f_.was_answered = f_.bridged = f_.harbour = f_.saved = f_.disposed = f_.cooled = false;
  f_.disposition_auto = f_.spooled = f_.wants_bridge = false;
  f_.permit_tries = 0;
  f_.ring_limit = milliseconds{};
}

void machine::drop_work() {
  f_.purpose = slot_purpose::none;
  f_.call = 0;
  f_.ending = f_.suspect = false;
  disarm(slot_timer::lease);
  disarm(slot_timer::drain);
}

bool machine::do_work(slot_deed deed, const slot_input& in) {
  switch (deed) {
    case d::take_lead:
      begin(slot_purpose::attempt);
      f_.epoch = f_.seen = in.epoch;
      return true;
    case d::refuse_lead:
      f_.seen = in.epoch;
      tell(d::refuse_lead);
      return true;
    case d::take_dial:
      begin(slot_purpose::internal);
      return true;
    case d::take_call:
    case d::adopt_call:
      begin(slot_purpose::reception);
      f_.call = ++f_.calls;
      return true;
    case d::new_call:
      f_.call = ++f_.calls;
      return true;
    case d::use_permit:
      f_.ring_limit = in.limit;
      f_.wants_bridge = in.wants_bridge;
      return true;
    case d::drop_work:
      drop_work();
      return true;
    case d::back_off:
      f_.rested = now_ + limits_.back_off * (1 << std::clamp(f_.assign_strikes - 1, 0, 4));
      return true;
    case d::strike:
      if (in.what == e::registration_failed)
        ++f_.register_strikes;
      else if (in.what == e::failed)
        f_.call_strikes = static_cast<std::uint8_t>(f_.call_strikes >= 2 ? 0 : f_.call_strikes + 1);
      else
        ++f_.assign_strikes;
      return true;
    case d::strike_auth:
      f_.auth_strikes = static_cast<std::uint8_t>(std::min(f_.auth_strikes + 1, 9));
      return true;
    case d::release_work:
      if (before_calling(from_) && f_.purpose != slot_purpose::none) tell(d::release_work);
      return true;
    case d::close_call:  // at most once for a call: its number is taken away with it
      if (f_.call != 0) tell(d::close_call);
      f_.closed = f_.call != 0 ? f_.call : f_.closed;
      f_.call = 0;
      return true;
    case d::ensure_registered:
      if (!f_.registered) tell(d::register_now);
      return true;
    default:
      return false;
  }
}

void machine::enter_fault() {
  const auto code = f_.fault;
  const bool counts = code != slot_fault::LEASE && code != slot_fault::LINK && code != slot_fault::OPERATOR;
  drop_work();
  f_.rung = f_.rung_tries = 0;
  if (counts && !f_.held && !f_.unreachable) {
    std::rotate(f_.faults.begin(), f_.faults.begin() + 1, f_.faults.end());
    f_.faults.back() = now_;
    if (f_.faults.front() != instant{} && now_ - f_.faults.front() < limits_.flapping) {
      f_.quarantine = true;
      return tell(d::alert);
    }
  }
  // Wrong credentials wait for new ones (no retries: they would look like an attack), an operator's fault for a person.
  if (code == slot_fault::AUTH || code == slot_fault::OPERATOR) return tell(d::alert);
  tell(d::start_rung);
  set(slot_timer::rung, limits_.rung);
}

namespace {

slot_fault fault_of(const slot_facts& f, const slot_input& in) {
  switch (in.what) {
    case e::prepare_failed:
    case e::t_assign:
      return slot_fault::ASSIGN;
    case e::registration_failed:
    case e::t_register:
      return slot_fault::REG;
    case e::auth_rejected:
      return slot_fault::AUTH;
    case e::registration_lost:
      return slot_fault::LINK;
    case e::t_lease:
    case e::lease_expired:
      return slot_fault::LEASE;
    case e::fault:
      return in.fault == slot_fault::NONE ? slot_fault::OPERATOR : in.fault;
    default:
      break;
  }
  if (f.state == slot_state::CALLING) return slot_fault::DIED_CALLING;
  return f.state == slot_state::ACTIVE_CALL ? slot_fault::DIED_ACTIVE : slot_fault::DEVICE;
}

}  // namespace

bool machine::do_fault(slot_deed deed, const slot_input& in) {
  switch (deed) {
    case d::name_fault:
      f_.fault = fault_of(f_, in);
      return true;
    case d::enter_fault:
      enter_fault();
      return true;
    case d::climb:
      if (f_.rung == 0 && f_.rung_tries < 1) {
        ++f_.rung_tries;
      } else {
        ++f_.rung;
        f_.rung_tries = 0;
      }
      return true;
    case d::unquarantine:
      f_.quarantine = false;
      f_.faults = {};
      f_.rung = f_.rung_tries = 0;
      return true;
    case d::heal:
      f_.fault = slot_fault::NONE;
      f_.rung = f_.rung_tries = 0;
      f_.register_strikes = f_.assign_strikes = f_.auth_strikes = 0;
      return true;
    default:
      return false;
  }
}

void machine::do_deed(slot_deed deed, const slot_input& in) {
  if (do_work(deed, in) || do_mark(deed) || do_timer(deed, in) || do_fault(deed, in)) return;
  tell(deed);
}

}  // namespace vss::link::fsm
