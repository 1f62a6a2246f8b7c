#include "archont/slot.hpp"

#include "base/log.hpp"

namespace vss::archont {
namespace {

constexpr std::size_t inbox_bound = 256;
constexpr milliseconds idle{3600000};

std::string epoch_key(const std::string& number) { return "epoch:" + number; }

}  // namespace

slot::slot(slot_world& world, std::string number)
    : world_(world), number_(std::move(number)), inbox_(world.work.on(), inbox_bound) {
  facts_.reconciling = facts_.unreachable = true;  // until the server has welcomed us
  const auto kept = world_.spool.value(epoch_key(number_));
  if (kept) facts_.epoch = facts_.seen = std::stoll(*kept);
}

instant slot::now() const {
  return instant{std::chrono::duration_cast<std::chrono::microseconds>(world_.time.steady().time_since_epoch())};
}

void slot::restore(const journal::intent& cut) {
  facts_.state = link::slot_state::CALLING;
  facts_.purpose = link::slot_purpose::attempt;
  facts_.epoch = facts_.seen = std::max(facts_.seen, cut.epoch);
  facts_.call = ++facts_.calls;
  work_ = {};
  work_.story.id = cut.trail;
  work_.call_id = work_.attempt = cut.attempt;
  work_.epoch = cut.epoch;
  work_.hangup_by = "lost";
  feed({.what = link::slot_event::boot});
  settle();
}

bool slot::tell(slot_message message) {
  if (inbox_.push(std::move(message))) return true;
  log::error("archont", "slot_inbox_full", {{"slot", number_}});
  return false;
}

link::slot_picture slot::picture() const {
  link::slot_picture out;
  out.slot = number_;
  out.state = facts_.state;
  out.epoch = facts_.epoch;
  out.registered = facts_.registered;
  if (!work_.attempt.empty()) out.attempt = work_.attempt;
  if (work_.any()) out.call_id = work_.call_id;
  if (facts_.fault != link::slot_fault::NONE) out.fault_code = std::string(link::name(facts_.fault));
  out.rung = facts_.rung;
  out.drain = facts_.drain;
  out.locked = facts_.locked;
  return out;
}

task<void> slot::run() {
  for (;;) {
    const auto deadline = link::next_deadline(facts_);
    milliseconds wait = idle;
    if (deadline) wait = std::clamp(std::chrono::ceil<milliseconds>(*deadline - now()), milliseconds{0}, idle);
    auto message = co_await inbox_.pop(wait);
    if (message)
      take(std::move(*message));
    else if (inbox_.closed())
      break;
    while (const auto passed = link::due(facts_, now())) {
      if (*passed == link::slot_event::t_ring) work_.ring_limit = true;
      if (*passed == link::slot_event::t_setup) work_.nobody_there = true;
      feed({.what = *passed});
    }
    settle();
  }
  ended_ = true;
}

void slot::take(slot_message message) {
  if (auto* offer = std::get_if<offered_lead>(&message))
    on_lead(std::move(*offer));
  else if (auto* word = std::get_if<permit_word>(&message))
    on_permit(std::move(*word));
  else if (auto* command = std::get_if<link::command>(&message))
    on_command(std::move(*command));
  else if (auto* event = std::get_if<sip_event>(&message))
    on_sip(std::move(*event));
  else
    feed(std::get<link::slot_input>(message));
}

// After every message: the work of a finished assignment is put down, and the phone knows whether calls may come in.
void slot::settle() {
  if (facts_.state == link::slot_state::IDLE || facts_.state == link::slot_state::FAULT) {
    work_ = {};
    lead_.reset();
  }
  const bool open = link::receivable(facts_);
  if (open != open_) world_.phone.receive(number_, open, facts_.state == link::slot_state::IDLE ? 480 : 486);
  open_ = open;
}

link::verdict slot::feed(link::slot_input input) {
  const auto step = link::step(facts_, input, now(), world_.limits);
  if (step.how == link::verdict::illegal) {
    log::info("archont", "fsm_illegal",
              {{"slot", number_}, {"state", link::name(facts_.state)}, {"event", link::name(input.what)}});
  }
  if (step.how != link::verdict::done) return step.how;
  facts_ = step.facts;
  for (const auto& hop : step.hops) {
    publish(hop.from, hop.to, link::name(hop.on));
    if (hop.to == link::slot_state::FAULT) world_.broke(number_);
  }
  for (const auto deed : step.effects) {
    if (deed == link::slot_deed::tell)
      publish(facts_.state, facts_.state, link::name(input.what));
    else
      do_deed(deed);
  }
  return step.how;
}

void slot::publish(link::slot_state from, link::slot_state to, std::string_view event) {
  link::status out;
  out.trail = work_.story.id;
  out.slot = number_;
  out.from = from;
  out.to = to;
  out.event = std::string(event);
  out.epoch = facts_.epoch;
  out.at = world_.time.now();
  out.mono_us = std::chrono::duration_cast<std::chrono::microseconds>(world_.time.steady().time_since_epoch()).count();
  out.registered = facts_.registered;
  if (!work_.attempt.empty()) out.attempt = work_.attempt;
  if (work_.any()) out.call_id = work_.call_id;
  if (facts_.fault != link::slot_fault::NONE) out.fault_code = std::string(link::name(facts_.fault));
  out.rung = facts_.rung;
  world_.tell_server("status", dto::to_json(out));
}

void slot::event(std::string kind, std::string severity, std::string detail) {
  link::hub_event out{work_.story.id, std::move(kind),   std::move(severity),
                      number_,        std::move(detail), world_.time.now()};
  world_.tell_server("event", dto::to_json(out));
}

// A delivery that comes again: an attempt that may have been dialled is never begun a second time.
void slot::on_lead(offered_lead offer) {
  if (world_.spool.knows_attempt(offer.lead.attempt)) {
    offer.taken();
    return;
  }
  if (lead_ && lead_->lead.attempt == offer.lead.attempt) {  // this delivery counts now; the older may be void
    std::swap(*lead_, offer);
    offer.taken();
    return;
  }
  const std::int64_t epoch = offer.lead.epoch;
  const bool free = link::assignable(facts_, now()) && epoch > facts_.seen;
  offer_ = std::move(offer);
  if (free) {
    work_ = {};
    work_.story.id = offer_->lead.trail;
    work_.call_id = work_.attempt = offer_->lead.attempt;
    work_.campaign = offer_->lead.campaign;
    work_.epoch = epoch;
    lead_ = offer_;
  }
  // First the journal: a slot that spoke in an epoch and forgot it would be taken for an older life of itself.
  if (epoch > facts_.seen) world_.spool.set(epoch_key(number_), std::to_string(epoch));
  const auto how = feed({.what = link::slot_event::assign, .epoch = epoch});
  if (how == link::verdict::stale && offer_) offer_->returned();
  offer_.reset();
}

void slot::on_permit(permit_word word) {
  if (word.epoch != facts_.epoch || work_.attempt.empty()) return;  // of an assignment that is over
  if (!word.answer) {
    log::failed("archont", "permit_not_got", word.answer.error(), {{"slot", number_}, {"attempt", work_.attempt}});
    const bool for_good = word.answer.error().kind == errc::refused;
    feed({.what = for_good ? link::slot_event::unassign : link::slot_event::permit_failed, .epoch = word.epoch});
    return;
  }
  const auto& answer = *word.answer;
  if (!answer.permitted || !answer.permit) {
    log::info("archont", "permit_refused",
              {{"flow", "F-01"}, {"slot", number_}, {"trail", work_.story}, {"reason", answer.reason.value_or("")}});
    feed({.what = link::slot_event::permit_refused, .epoch = word.epoch});
    return;
  }
  work_.target = *answer.permit;
  link::slot_input input{.what = link::slot_event::permit_granted, .epoch = word.epoch};
  input.expires = word.asked + world_.permit_life;
  // The server's own ring limit ends the call; ours is the net below it.
  input.limit = seconds{answer.ring_seconds.value_or(25) + 5};
  feed(input);
}

}  // namespace vss::archont
