#pragma once
// How a row of the slot's transition table is written: a set of states, an event, a guard, where it goes, what is done.
#include "link/slot.hpp"

namespace vss::link::fsm {

using deeds = std::array<slot_deed, 6>;

struct row {
  unsigned from;  // a set of states
  slot_event on;
  slot_guard when;
  int to;  // a state, or `same`
  deeds what{};
};

struct never {
  unsigned from;
  slot_event on;
};

constexpr int same = -1;
constexpr unsigned bit(slot_state s) { return 1U << static_cast<unsigned>(s); }
constexpr unsigned I = bit(slot_state::IDLE), A = bit(slot_state::ASSIGNED), R = bit(slot_state::REGISTERING),
                   Y = bit(slot_state::READY), C = bit(slot_state::CALLING), V = bit(slot_state::ACTIVE_CALL),
                   P = bit(slot_state::POSTCALL), F = bit(slot_state::FAULT), before_call = A | R | Y, all = 0xff;
constexpr int IDLE = 0, ASSIGNED = 1, REGISTERING = 2, READY = 3, CALLING = 4, ACTIVE_CALL = 5, POSTCALL = 6, FAULT = 7;

using e = slot_event;
using g = slot_guard;
using d = slot_deed;

// What several rows do alike.
constexpr deeds give_back{d::release_work, d::drop_work};
constexpr deeds strike_out{d::strike, d::back_off, d::release_work, d::drop_work};
constexpr deeds break_down{d::name_fault, d::release_work, d::enter_fault};
constexpr deeds break_off{d::mark_unregistered, d::name_fault, d::release_work, d::enter_fault};
constexpr deeds lose_credentials{d::mark_unregistered, d::stop_registering, d::name_fault, d::release_work,
                                 d::enter_fault};
constexpr deeds break_calling{d::name_fault, d::cancel, d::close_call, d::enter_fault};
constexpr deeds break_call{d::name_fault, d::hang_up, d::close_call, d::enter_fault};
constexpr deeds give_up{d::mark_ending, d::cancel, d::arm_end};
constexpr deeds end_call{d::mark_ending, d::hang_up, d::arm_end};
constexpr deeds finish{d::close_call, d::arm_postcall};
constexpr deeds next_rung{d::climb, d::start_rung, d::arm_rung, d::tell};
constexpr deeds last_rung{d::quarantine, d::alert, d::tell};

}  // namespace vss::link::fsm
