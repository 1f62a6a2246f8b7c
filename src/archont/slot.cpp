#include "archont/slot.hpp"

#include "base/log.hpp"

namespace vss::archont {
namespace {

constexpr std::size_t inbox_bound = 256;
constexpr milliseconds idle{60000};

std::string text_arg(const link::command& command, std::string_view key) {
  const auto* found = command.args.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

}  // namespace

slot::slot(slot_world& world, std::string number)
    : world_(world), number_(std::move(number)), inbox_(world.work.on(), inbox_bound) {}

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
    if (deadline)
      wait = std::clamp(std::chrono::ceil<milliseconds>(*deadline - world_.time.now()), milliseconds{0}, idle);
    auto message = co_await inbox_.pop(wait);
    if (message) take(std::move(*message));
    while (const auto passed = link::due(facts_, world_.time.now())) {
      if (*passed == link::slot_event::t_ring) work_.ring_limit = true;
      feed({.what = *passed, .epoch = facts_.epoch, .call = facts_.call});
    }
    settle();
  }
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
  const auto step = link::step(facts_, input, world_.time.now(), world_.limits);
  if (step.how == link::verdict::illegal) {
    log::warn("archont", "fsm_illegal",
              {{"slot", number_}, {"state", link::name(facts_.state)}, {"event", link::name(input.what)}});
  }
  if (step.how != link::verdict::done) return step.how;
  facts_ = step.facts;
  for (const auto& hop : step.hops) publish(hop.from, hop.to, link::name(hop.on));
  for (const auto deed : step.effects) do_deed(deed);
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
  if (world_.spool.knows_attempt(offer.lead.attempt) || (lead_ && lead_->lead.attempt == offer.lead.attempt)) {
    offer.taken();
    return;
  }
  if (offer.lead.not_after < world_.time.now()) {
    offer.returned();
    return;
  }
  const std::int64_t epoch = offer.lead.epoch;
  slot_work fresh;
  fresh.story.id = offer.lead.trail;
  fresh.call_id = fresh.attempt = offer.lead.attempt;
  fresh.campaign = offer.lead.campaign;
  fresh.epoch = epoch;
  offer_ = std::move(offer);
  const bool free = link::assignable(facts_, world_.time.now());
  if (free) {
    work_ = std::move(fresh);
    lead_ = offer_;
  }
  const auto how = feed({.what = link::slot_event::assign, .epoch = epoch});
  if (how == link::verdict::stale && offer_) offer_->returned();
  if (how == link::verdict::done && facts_.state == link::slot_state::ASSIGNED)
    feed({.what = link::slot_event::prepared, .epoch = epoch});
  offer_.reset();
}

void slot::on_permit(permit_word word) {
  if (word.epoch != facts_.epoch || !word.answer) {
    if (!word.answer)
      log::failed("archont", "permit_not_asked", word.answer.error(), {{"slot", number_}, {"attempt", work_.attempt}});
    feed({.what = link::slot_event::permit_failed, .epoch = word.epoch});
    return;
  }
  const auto& answer = *word.answer;
  if (!answer.permitted || !answer.permit) {
    feed({.what = link::slot_event::permit_refused, .epoch = word.epoch});
    return;
  }
  work_.target = *answer.permit;
  link::slot_input input{.what = link::slot_event::permit_granted, .epoch = word.epoch};
  input.expires = answer.expires_at.value_or(world_.time.now());
  // The server's own ring limit ends the call; ours is the net below it.
  input.limit = seconds{answer.ring_seconds.value_or(25) + 5};
  feed(input);
}

void slot::answer_command(bool ok, std::string message) {
  if (!command_) return;
  link::command_done done{command_->id, ok, std::move(message)};
  const auto body = dto::to_json(done);
  world_.spool.keep_command_answer(done.id, boost::json::serialize(body));
  world_.tell_server("command_done", body);
  command_.reset();
}

void slot::on_command(link::command command) {
  struct verb {
    std::string_view name;
    link::slot_event event;
  };
  constexpr verb verbs[] = {
      {"drain", link::slot_event::drain},   {"undrain", link::slot_event::undrain}, {"lock", link::slot_event::lock},
      {"unlock", link::slot_event::unlock}, {"recover", link::slot_event::recover}, {"clear", link::slot_event::clear},
      {"hangup", link::slot_event::hangup}, {"dial", link::slot_event::dial},       {"fault", link::slot_event::fault}};
  command_ = std::move(command);
  refused_ = false;
  if (command_->verb == "dtmf") {
    const bool live = link::live(facts_.state) && work_.call != 0;
    if (live) world_.phone.send_digits(number_, work_.call, text_arg(*command_, "digits"));
    return answer_command(live, live ? "sent" : "the slot is in no call");
  }
  for (const auto& verb : verbs) {
    if (verb.name != command_->verb) continue;
    link::slot_input input{.what = verb.event};
    if (verb.event == link::slot_event::fault) input.fault = link::slot_fault::OPERATOR;
    if (verb.event == link::slot_event::dial) {
      const std::string to = text_arg(*command_, "to");
      const bool internal = to.size() >= 4 && to.size() <= 6 && to.find_first_not_of("0123456789") == std::string::npos;
      if (!internal) return answer_command(false, "only internal numbers can be dialled by command");
      if (facts_.state == link::slot_state::IDLE) {
        work_ = {};
        work_.way = link::call_way::internal;
        work_.call_id = make_uuid(world_.time, world_.random);
        work_.story.id = command_->trail;
        work_.target = to;
      }
    }
    if (verb.event == link::slot_event::hangup && link::live(facts_.state)) work_.hangup_by = "operator";
    const auto how = feed(input);
    if (how == link::verdict::done && facts_.state == link::slot_state::ASSIGNED)
      feed({.what = link::slot_event::prepared});
    if (command_)
      answer_command(how == link::verdict::done && !refused_,
                     refused_ ? "not in this state" : std::string(link::name(facts_.state)));
    return;
  }
  answer_command(false, "no such verb: " + command_->verb);
}

void slot::on_sip(sip_event event) {
  using e = link::slot_event;
  const auto plain = [this](e what) { feed({.what = what}); };
  switch (event.what) {
    case sip_fact::registered:
      return plain(e::registered);
    case sip_fact::registration_failed:
      return plain(e::registration_failed);
    case sip_fact::auth_rejected:
      return plain(e::auth_rejected);
    case sip_fact::registration_lost:
      return plain(e::registration_lost);
    case sip_fact::edge_silent:
      return plain(e::hold);
    case sip_fact::edge_back:
      return plain(e::unhold);
    case sip_fact::incoming: {
      strange_call_ = event.call;
      if (facts_.state == link::slot_state::IDLE && link::receivable(facts_)) {
        work_ = {};
        work_.way = link::call_way::inbound;
        work_.call_id = is_uuid(event.vss_call_id) ? event.vss_call_id : make_uuid(world_.time, world_.random);
        work_.story.id = work_.call_id;
        work_.call = event.call;
        work_.started_at = work_.ringing_at = event.at;
      }
      const auto how = feed({.what = e::inbound});
      if (how == link::verdict::done && facts_.state == link::slot_state::ASSIGNED) plain(e::prepared);
      strange_call_.reset();
      return;
    }
    default:
      break;
  }
  if (event.call != work_.call || work_.call == 0) return;  // of a call that is over for us
  const auto in_call = [this](e what) { feed({.what = what, .epoch = 0, .call = facts_.call}); };
  switch (event.what) {
    case sip_fact::trying:
      return in_call(e::trying);
    case sip_fact::ringing:
      if (!work_.ringing_at) work_.ringing_at = event.at;
      return in_call(e::ringing);
    case sip_fact::answered:
      work_.answered_at = event.at;
      in_call(e::answered);
      return in_call(e::bridged);  // the PBX anchors the lead's leg: nothing of ours waits for an operator
    case sip_fact::media_lost:
      work_.hangup_by = "lost";
      return in_call(e::media_lost);
    case sip_fact::ended: {
      const auto how = event.how;
      const int code = event.code;
      if (work_.hangup_by.empty()) work_.hangup_by = how == call_end::local ? "slot" : "far";
      work_.end = std::move(event);
      if (facts_.state == link::slot_state::ACTIVE_CALL) return in_call(e::bye);
      if (how == call_end::rejected) return in_call(code >= 500 && code < 600 ? e::failed : e::rejected);
      return in_call(how == call_end::failed ? e::failed : how == call_end::bye ? e::bye : e::cancelled);
    }
    default:
      return;
  }
}

}  // namespace vss::archont
