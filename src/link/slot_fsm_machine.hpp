#pragma once
// One event on its way through the table: the working side of slot.hpp, split over slot_fsm.cpp (fences, guards, rows)
// and slot_fsm_deeds.cpp (what is done). Private to src/link.
#include "link/slot_fsm_row.hpp"

namespace vss::link::fsm {

class machine {
 public:
  machine(const slot_facts& before, instant now, const slot_limits& limits);
  slot_step run(const slot_input& event);

 private:
  bool is_stale(const slot_input& in) const;
  bool apply(const slot_input& in);
  void take(const row& r, const slot_input& in);
  void enter(slot_state to);
  std::optional<slot_event> follow_up() const;

  void do_deed(slot_deed deed, const slot_input& in);
  bool do_mark(slot_deed deed);
  bool do_timer(slot_deed deed, const slot_input& in);
  bool do_call(slot_deed deed, const slot_input& in);
  bool do_work(slot_deed deed, const slot_input& in);
  bool do_fault(slot_deed deed, const slot_input& in);
  void begin(slot_purpose why);
  void drop_work();
  void enter_fault();

  instant& deadline(slot_timer t) { return out_.facts.deadline[static_cast<std::size_t>(t)]; }
  void set(slot_timer t, milliseconds after) { deadline(t) = now_ + after; }
  void disarm(slot_timer t) { deadline(t) = instant{}; }
  void tell(slot_deed effect) { out_.effects.add(effect); }

  slot_step out_{};
  slot_facts& f_;
  instant now_;
  const slot_limits& limits_;
  slot_state from_ = slot_state::IDLE;
};

}  // namespace vss::link::fsm
