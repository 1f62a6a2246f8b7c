#pragma once
// The vocabulary of the slot's state machine: what can happen to a slot, what is asked before a transition (guards),
// what is done with it (deeds), which deadlines it keeps. slot_fsm_table.hpp is written in these words only.
#include <cstddef>
#include <cstdint>

#include "link/slot_state.hpp"

namespace vss::link {

// clang-format off
// What can happen. `t_...` are deadlines that passed; `prepared` and `go` also follow by themselves (see follow_up).
enum class slot_event : std::uint8_t {
  assign, dial, inbound, orphan, prepared, prepare_failed, unassign, go,
  configured, unconfigured, registered, registration_failed, auth_rejected, registration_lost,
  permit_granted, permit_refused, permit_failed,
  trying, ringing, answered, rejected, failed, cancelled, bye, hangup, media_lost, bridged,
  saved, disposed,
  drain, undrain, lock, unlock, hold, unhold, heartbeat_lost, heartbeat_back, lease_renewed, lease_expired,
  fault, died, recover, rung_ok, rung_failed, clear, boot, reconciled,
  t_assign, t_register, t_register_again, t_permit, t_permit_again, t_setup, t_ring, t_answer, t_end, t_connect,
  t_harbour, t_max, t_drain, t_wrap, t_save, t_cool, t_lease, t_rung
};
constexpr std::size_t slot_states = 8;
constexpr std::size_t slot_events = static_cast<std::size_t>(slot_event::t_rung) + 1;

// Why a slot is at work: an attempt of a campaign, a call that came in (standing reception, works without the server),
// or an internal call by command (never needs a trunk: internal numbers only).
enum class slot_purpose : std::uint8_t { none, attempt, reception, internal };

// Why a slot is in FAULT. LEASE, LINK and OPERATOR never count as flapping.
enum class slot_fault : std::uint8_t {
  NONE, ASSIGN, AUTH, REG, LINK, LEASE, DEVICE, OPERATOR, DIED_CALLING, DIED_ACTIVE
};

enum class slot_guard : std::uint8_t {
  always,
  assignable,        // linked, configured, rested, not drain/lock/quarantine/held/reconciling
  may_dial,          // the same, and registration does not matter yet; for internal calls by command
  may_receive,       // configured, registered, not drain/lock/quarantine: needs no server
  reconciling,
  is_attempt, is_reception, is_internal, is_configured,
  third_strike,      // this failure is the third of its kind in a row
  second_refusal,    // of the credentials
  permit_fresh,      // belongs to this assignment and has not expired
  tries_left,        // of asking for the permit
  ending,            // we already cancelled or hung up
  settles,           // the last thing POSTCALL waits for: journal, cool-down, disposition where one is needed
  unreachable, held, heals, quarantined, ladder_left
};

// What is done. The first group only changes the slot's facts, the second group is for the runner (slot_effect).
enum class slot_deed : std::uint8_t {
  none,
  take_lead, take_dial, take_call, adopt_call, new_call, drop_work, back_off, strike, strike_auth,
  mark_configured, mark_unconfigured, mark_registered, mark_unregistered, mark_drain, mark_undrain, mark_lock,
  mark_unlock, mark_held, mark_unheld, mark_unreachable, mark_reachable, mark_suspect, mark_reconciling,
  mark_reconciled, mark_ending, mark_bridged, mark_harbour, mark_saved, mark_disposed, mark_cooled, mark_auto,
  mark_spooled, renew_lease, name_fault, enter_fault, climb, quarantine, unquarantine, heal, use_permit,
  arm_assign, arm_register, arm_register_again, arm_permit, arm_permit_again, arm_setup, arm_ring, arm_ring_in,
  arm_answer, arm_end, arm_connect, arm_harbour, arm_max, arm_drain, arm_postcall, arm_lease, arm_rung, disarm_setup,
  disarm_connect,
  // for the runner
  refuse_lead,       // the lead of this event goes back unchanged (reject to the returned queue)
  release_work,      // the current work goes back: lead unchanged, internal call failed, incoming call 486
  close_lead,        // the server decided about the lead (refused): acknowledge
  refuse_command,    // the command of this event cannot be done now
  refuse_call,       // the incoming call of this event gets 486
  register_now, ensure_registered, stop_registering, ask_permit,
  write_intent,      // journal, before anything leaves: a crash from here on is `unknown`, never a second call
  invite, ring_back, answer, cancel, hang_up,
  close_call,        // one CDR and, for an attempt, one report: exactly once per call
  play_harbour, start_rung, alert, ask_drain,
  tell               // an attribute changed: status without transition
};

enum class slot_timer : std::uint8_t {
  assign, reg, register_again, permit, permit_again, setup, ring, answer, end, connect, harbour, max, drain, wrap, save,
  cool, lease, rung
};
// clang-format on
constexpr std::size_t slot_timers = static_cast<std::size_t>(slot_timer::rung) + 1;

}  // namespace vss::link
