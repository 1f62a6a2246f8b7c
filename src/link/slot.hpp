#pragma once
// The ONE state machine of a slot, as a pure function: facts + event + time -> facts + effects. The archont's slot
// coroutine is its only runner in production; the server never computes states, it keeps a projection. Timers are
// deadlines inside the facts, so all of it runs in virtual time. Every state x event is a row of the table or forbidden
// (checked at compile time); illegal events are counted by the runner and change nothing; events of an older epoch or
// of another call are stale and change nothing.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "link/slot_fsm_words.hpp"

namespace vss::link {

// How long things may take. Defaults are the product's; tests shorten them.
struct slot_limits {
  milliseconds assign{10'000}, reg{20'000}, permit{10'000}, permit_again{300}, setup{8'000}, ring{30'000},
      ring_in{30'000}, answer{200}, end{5'000}, connect{2'000}, harbour{30'000}, max{3'600'000}, drain{600'000},
      wrap{60'000}, save{30'000}, cool{500}, lease{30'000}, rung{15'000}, back_off{2'000}, flapping{1'800'000};
};

// All that the machine knows of one slot. `call` numbers the slot's calls.
struct slot_facts {
  slot_state state = slot_state::IDLE;
  slot_purpose purpose = slot_purpose::none;
  slot_fault fault = slot_fault::NONE;
  std::int64_t epoch = 0;    // of the assignment it works or worked on
  std::int64_t seen = 0;     // the highest that came, taken or refused: a repeat is stale
  std::uint32_t call = 0;    // the current call, 0: none
  std::uint32_t calls = 0;   // calls numbered so far
  std::uint32_t closed = 0;  // the call whose report and CDR were asked for last
  bool configured = false, registered = false;
  bool drain = false, locked = false, quarantine = false, unreachable = false, suspect = false, held = false;
  bool reconciling = false;
  bool ending = false, was_answered = false, bridged = false, wants_bridge = false, harbour = false;
  bool saved = false, disposed = false, cooled = false, wants_disposition = false, disposition_auto = false,
       spooled = false;
  std::uint8_t rung = 0, rung_tries = 0, top_rung = 1;  // top_rung: the highest the slot's device can do (R0..R4)
  std::uint8_t assign_strikes = 0, register_strikes = 0, auth_strikes = 0, call_strikes = 0, permit_tries = 0;
  milliseconds ring_limit{};                    // of this call; 0: the default
  instant rested{};                             // not assignable before
  std::array<instant, 4> faults{};              // the last four, for flapping (more than 3 in 30 min)
  std::array<instant, slot_timers> deadline{};  // epoch of the clock: off
  friend bool operator==(const slot_facts&, const slot_facts&) = default;
};

struct slot_input {
  slot_event what = slot_event::boot;
  std::int64_t epoch = 0;  // 0: not bound to an assignment
  std::uint32_t call = 0;  // 0: not bound to a call
  instant expires{};       // permit_granted
  milliseconds limit{};    // permit_granted: ring at most; dial/assign: 0
  slot_fault fault = slot_fault::NONE;
  bool wants_bridge = false;  // permit_granted: an operator must be bridged within 2 s of the answer
};

enum class verdict : std::uint8_t { done, stale, illegal };

struct hop {
  slot_state from, to;
  slot_event on;
};

// Bounded lists without allocation: one event causes at most a handful of hops and effects.
template <class T, std::size_t Most>
class short_list {
 public:
  void add(T item) {
    if (size_ < Most) items_[size_++] = item;
  }
  const T* begin() const { return items_.data(); }
  const T* end() const { return items_.data() + size_; }
  std::size_t size() const { return size_; }
  bool has(T item) const {
    for (const auto& one : *this) {
      if (one == item) return true;
    }
    return false;
  }

 private:
  std::array<T, Most> items_{};
  std::size_t size_ = 0;
};

struct slot_step {
  verdict how = verdict::done;
  slot_facts facts{};
  short_list<hop, 6> hops{};
  short_list<slot_deed, 16> effects{};  // only deeds for the runner, in the order to do them
};

// Never fails, never throws, reads no clock. `now` must not go back.
slot_step step(const slot_facts& before, const slot_input& event, instant now, const slot_limits& limits = {});

// The deadline that comes first; nothing when none is armed.
std::optional<instant> next_deadline(const slot_facts& facts);
// The event of a deadline that has passed, one at a time: feed it to `step` until there is none.
std::optional<slot_event> due(const slot_facts& facts, instant now);

// May a campaign's lead be given to it now / would an incoming call be taken now.
bool assignable(const slot_facts& facts, instant now);
bool receivable(const slot_facts& facts);
constexpr bool live(slot_state state) { return state == slot_state::CALLING || state == slot_state::ACTIVE_CALL; }

std::string_view name(slot_state state);
std::string_view name(slot_event event);
std::string_view name(slot_fault fault);
std::string_view name(slot_guard guard);
std::string_view name(slot_deed deed);

// docs/slot-fsm.md: the table and the matrix, generated.
std::string slot_fsm_markdown();

}  // namespace vss::link
