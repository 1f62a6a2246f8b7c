// What the slot's machine orders, done: the broker, the phone, the journal and the server are told here and nowhere
// else.
#include "archont/slot.hpp"
#include "base/log.hpp"

namespace vss::archont {

void slot::do_deed(link::slot_deed deed) {
  using d = link::slot_deed;
  switch (deed) {
    case d::refuse_lead:
      if (offer_) offer_->returned();
      offer_.reset();
      break;
    case d::release_work:
      release_work();
      break;
    case d::close_lead:
      if (lead_) lead_->taken();
      lead_.reset();
      break;
    case d::refuse_command:
      refused_ = true;
      break;
    case d::refuse_call:
      if (strange_call_) world_.phone.hang_up(number_, *strange_call_);
      break;
    case d::register_now:
      world_.phone.register_now(number_);
      break;
    case d::stop_registering:
      world_.phone.stop_registering(number_);
      break;
    case d::ask_permit:
      ask_permit();
      break;
    case d::write_intent:
      begin_attempt();
      break;
    case d::invite:
      invite();
      break;
    case d::ring_back:
      break;  // the phone says 180 when it offers the call
    case d::answer:
      world_.phone.answer(number_, work_.call);
      break;
    case d::cancel:
    case d::hang_up:
      world_.phone.hang_up(number_, work_.call);
      break;
    case d::close_call:
      close_call();
      break;
    case d::start_rung:
      start_rung();
      break;
    case d::alert:
      event(facts_.quarantine ? "slot_quarantined" : "slot_needs_attention", "error",
            std::string(link::name(facts_.fault)));
      break;
    case d::ask_drain:
      event("slot_drain_waits", "warning", "a call goes on; hang it up to end the drain");
      break;
    default:
      break;  // the PBX plays the safe harbour; the rest is the machine's own
  }
}

// The broker hears that the lead is taken when a crash can no longer dial it twice.
void slot::begin_attempt() {
  known_ = !work_.attempt.empty() && !world_.spool.begin_attempt(work_.attempt, number_, work_.epoch, work_.story.id);
  if (lead_) lead_->taken();
  lead_.reset();
}

void slot::invite() {
  work_.call = world_.next_call;
  world_.next_call += 2;
  work_.started_at = world_.time.now();
  if (!known_) return world_.phone.dial(number_, work_.call, work_.target);
  tell(sip_event{.what = sip_fact::ended, .slot = number_, .call = work_.call, .how = call_end::failed});
}

void slot::ask_permit() {
  const auto ask = [](slot* self, link::permit_request request, trail story) -> task<void> {
    const auto place = co_await self->world_.permits.enter(self->world_.limits.permit);
    const bool wanted = place && self->facts_.state == link::slot_state::READY &&
                        self->work_.attempt == request.attempt && self->work_.epoch == request.epoch;
    if (!wanted) co_return;  // it took too long, and the lead has gone back
    permit_word word{request.epoch, self->now(), fail(errc::internal, "")};
    word.answer = co_await self->world_.ask_permit(std::move(request), std::move(story));
    self->tell(std::move(word));
  };
  world_.work.spawn("ask_permit", ask(this, {work_.attempt, number_, work_.epoch}, work_.story));
}

// The assignment ends before a call began: a lead goes back unchanged, an incoming call is told that we are busy.
void slot::release_work() {
  if (lead_) lead_->returned();
  lead_.reset();
  if (work_.way == link::call_way::inbound && work_.call != 0) world_.phone.hang_up(number_, work_.call);
}

// Exactly once per call (the machine sees to that): into the journal first, then the broker is told, then the spools
// wake.
void slot::close_call() {
  const auto now = world_.time.now();
  result<void> kept{};
  if (!known_) kept = world_.spool.put(journal::spool::cdr, work_.call_id, dto::write(cdr_of(work_, number_, now)));
  if (kept && !known_ && !work_.attempt.empty()) {
    kept = world_.spool.put(journal::spool::report, work_.attempt, dto::write(report_of(work_, number_, now)));
    world_.spool.end_attempt(work_.attempt);
  }
  if (!kept) {  // POSTCALL waits its half minute and goes on
    log::failed("archont", "journal_full", kept.error(), {{"slot", number_}, {"call", work_.call_id}});
    return event("journal_full", "error", kept.error().message);
  }
  world_.spooled();
  tell(link::slot_input{.what = link::slot_event::saved, .epoch = 0, .call = facts_.closed});
}

// The rungs that a virtual slot has: R0 registers again, R1 signs on from the beginning. Success is heard as
// `registered`.
void slot::start_rung() {
  log::info("archont", "recovery_rung", {{"slot", number_}, {"rung", facts_.rung}});
  if (facts_.rung > 0) world_.phone.stop_registering(number_);
  world_.phone.register_now(number_);
}

}  // namespace vss::archont
