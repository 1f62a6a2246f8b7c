#pragma once
// The proof that the table is complete: every state x event has a row whose last guard is `always`, or is forbidden and
// has none; no row is shadowed or repeated; every state is reached and left.
#include "link/slot_fsm_table.hpp"

namespace vss::link::fsm {

// clang-format off
// What cannot be: counted as illegal, nothing changes.
inline constexpr never forbidden[] = {
  {all & ~A, e::prepared}, {all & ~A, e::prepare_failed}, {all & ~A, e::t_assign},
  {all & ~R, e::t_register_again}, {all & ~R, e::t_register},
  {all & ~Y, e::permit_granted}, {all & ~Y, e::permit_refused}, {all & ~Y, e::permit_failed},
  {all & ~Y, e::t_permit_again}, {all & ~Y, e::t_permit}, {all & ~Y, e::go},
  {all & ~C, e::trying}, {all & ~C, e::ringing}, {all & ~C, e::answered}, {all & ~C, e::rejected},
  {all & ~C, e::failed}, {all & ~C, e::cancelled}, {all & ~C, e::t_answer},
  {all & ~C, e::t_setup}, {all & ~C, e::t_ring},
  {all & ~(C | V), e::bye}, {all & ~(C | V), e::t_end},
  {all & ~V, e::bridged}, {all & ~V, e::t_connect}, {all & ~V, e::t_harbour}, {all & ~V, e::t_max},
  {all & ~V, e::media_lost},
  {all & ~P, e::disposed}, {all & ~P, e::t_cool}, {all & ~P, e::t_wrap}, {all & ~P, e::t_save},
  {I | before_call | F, e::t_drain}, {I | F, e::t_lease}, {V, e::fault},
  {all & ~F, e::recover}, {all & ~F, e::rung_ok}, {all & ~F, e::rung_failed}, {all & ~F, e::t_rung},
};
// clang-format on

constexpr bool is_forbidden(unsigned state, slot_event on) {
  for (const auto& f : forbidden) {
    if (f.on == on && (f.from & (1U << state)) != 0) return true;
  }
  return false;
}

// Rows of one cell in order: at most one `always`, and it is the last; nothing twice. A forbidden cell has no row.
constexpr bool cell_is_complete(unsigned state, slot_event on) {
  bool closed = false;
  bool any = false;
  std::array<bool, 64> seen{};
  for (const auto& r : table) {
    if (r.on != on || (r.from & (1U << state)) == 0) continue;
    if (closed) continue;  // a row written for a larger set of states
    const auto guard = static_cast<std::size_t>(r.when);
    if (seen[guard]) return false;
    seen[guard] = true;
    any = true;
    closed = r.when == slot_guard::always;
  }
  return is_forbidden(state, on) ? !any : closed;
}

constexpr bool is_complete() {
  for (unsigned state = 0; state < slot_states; ++state) {
    for (std::size_t on = 0; on < slot_events; ++on) {
      if (!cell_is_complete(state, static_cast<slot_event>(on))) return false;
    }
  }
  return true;
}

// A row that no state can ever take is dead.
constexpr bool no_dead_row() {
  for (const auto& r : table) {
    bool taken = false;
    for (unsigned state = 0; state < slot_states; ++state) {
      if ((r.from & (1U << state)) == 0) continue;
      bool shadowed = false;
      for (const auto* earlier = table; earlier != &r; ++earlier) {
        shadowed |= earlier->on == r.on && (earlier->from & (1U << state)) != 0 &&
                    (earlier->when == slot_guard::always || earlier->when == r.when);
      }
      taken |= !shadowed;
    }
    if (!taken) return false;
  }
  return true;
}

constexpr bool no_forbidden_twice() {
  for (unsigned state = 0; state < slot_states; ++state) {
    for (std::size_t on = 0; on < slot_events; ++on) {
      int times = 0;
      for (const auto& f : forbidden) times += f.on == static_cast<slot_event>(on) && (f.from & (1U << state)) != 0;
      if (times > 1) return false;
    }
  }
  return true;
}

// From IDLE every state can be reached, and from every state IDLE.
constexpr unsigned reach(unsigned from, bool forwards) {
  for (std::size_t round = 0; round < slot_states; ++round) {
    for (const auto& r : table) {
      if (r.to == same) continue;
      const unsigned to = 1U << static_cast<unsigned>(r.to);
      if (forwards && (r.from & from) != 0) from |= to;
      if (!forwards && (to & from) != 0) from |= r.from;
    }
  }
  return from;
}

static_assert(is_complete(), "a state x event has neither a closing row nor a ban, or both, or a guard twice");
static_assert(no_dead_row(), "a row can never be taken");
static_assert(no_forbidden_twice(), "a state x event is forbidden twice");
static_assert(reach(I, true) == all, "a state cannot be reached from IDLE");
static_assert(reach(I, false) == all, "a state cannot be left towards IDLE");

}  // namespace vss::link::fsm
