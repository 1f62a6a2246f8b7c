// Commands from the server and events of the phone, as events of the slot's machine.
#include <map>

#include "archont/slot.hpp"
#include "base/log.hpp"

namespace vss::archont {
namespace {

using e = link::slot_event;

std::string text_arg(const link::command& command, std::string_view key) {
  const auto* found = command.args.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

// Extensions of our own. Anything else needs a permit, and commands have none.
bool is_internal_number(std::string_view text) {
  return text.size() >= 4 && text.size() <= 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

void slot::on_command(link::command command) {
  refused_ = false;
  const bool ok = obey(command);
  link::command_done done{command.id, ok, std::string(link::name(facts_.state))};
  const auto body = dto::to_json(done);
  world_.spool.keep_command_answer(done.id, boost::json::serialize(body));
  world_.tell_server("command_done", body);
}

bool slot::obey(link::command& command) {
  static const std::map<std::string, e, std::less<>> plain{
      {"drain", e::drain}, {"undrain", e::undrain}, {"lock", e::lock},       {"unlock", e::unlock},
      {"clear", e::clear}, {"bridged", e::bridged}, {"dispose", e::disposed}};
  const auto done = [this](link::slot_input in) { return feed(in) == link::verdict::done && !refused_; };
  if (const auto found = plain.find(command.verb); found != plain.end()) return done({.what = found->second});
  if (command.verb == "fault") return done({.what = e::fault, .fault = link::slot_fault::OPERATOR});
  if (command.verb == "dial") return dial_internal(command);
  if (command.verb == "recover") return recover(command);
  if (command.verb == "hangup") {
    // That call is over, this is another one: of another assignment, or one that is no attempt at all.
    if (command.epoch && (work_.attempt.empty() || *command.epoch != facts_.epoch)) return false;
    if (link::live(facts_.state)) work_.hangup_by = "operator";
    return done({.what = e::hangup});
  }
  if (command.verb != "dtmf" || !link::live(facts_.state)) return false;
  world_.phone.send_digits(number_, work_.call, text_arg(command, "digits"));
  return true;
}

bool slot::dial_internal(const link::command& command) {
  const auto to = text_arg(command, "to");
  if (!is_internal_number(to) || facts_.state != link::slot_state::IDLE) return false;
  work_ = {};
  work_.way = link::call_way::internal;
  work_.call_id = make_uuid(world_.time, world_.random);
  work_.story.id = command.trail;
  work_.target = to;
  return feed({.what = e::dial}) == link::verdict::done && !refused_;
}

// In FAULT: the next try of the ladder. Elsewhere the server found that the lease is over and that the PBX holds no
// call of it: the work goes back, a call that only we still see ends.
bool slot::recover(const link::command& command) {
  if (facts_.state == link::slot_state::FAULT) return feed({.what = e::recover}) == link::verdict::done && !refused_;
  if (!busy() || work_.attempt.empty()) return true;
  if (command.epoch && *command.epoch != facts_.epoch) return true;
  return feed({.what = e::lease_expired}) == link::verdict::done;
}

void slot::on_sip(sip_event event) {
  switch (event.what) {
    case sip_fact::registered:
      feed({.what = e::registered});
      if (facts_.state == link::slot_state::FAULT) feed({.what = e::rung_ok});  // the self-test: it registers
      return;
    case sip_fact::registration_failed:
      feed({.what = e::registration_failed});
      return;
    case sip_fact::auth_rejected:
      feed({.what = e::auth_rejected});
      return;
    case sip_fact::registration_lost:
      feed({.what = e::registration_lost});
      return;
    case sip_fact::incoming:
      return on_incoming(std::move(event));
    default:
      if (event.call == work_.call && work_.call != 0) on_call(std::move(event));  // else: a call that is over for us
  }
}

void slot::on_incoming(sip_event event) {
  strange_call_ = event.call;
  if (link::receivable(facts_)) {
    work_ = {};
    work_.way = link::call_way::inbound;
    work_.call_id = is_uuid(event.vss_call_id) ? event.vss_call_id : make_uuid(world_.time, world_.random);
    work_.story.id = work_.call_id;
    work_.call = event.call;
    work_.started_at = work_.ringing_at = event.at;
  }
  feed({.what = e::inbound});
  strange_call_.reset();
}

void slot::on_call(sip_event event) {
  const auto in_call = [this](e what) { feed({.what = what, .epoch = 0, .call = facts_.call}); };
  // The edge names the calls that it makes; ours is only a stand-in until then.
  if (work_.way == link::call_way::internal && is_uuid(event.vss_call_id)) work_.call_id = event.vss_call_id;
  switch (event.what) {
    case sip_fact::trying:
      return in_call(e::trying);
    case sip_fact::ringing:
      if (!work_.ringing_at) work_.ringing_at = event.at;
      return in_call(e::ringing);
    case sip_fact::answered:
      work_.answered_at = event.at;
      return in_call(e::answered);
    case sip_fact::media_lost:
      work_.hangup_by = "lost";
      return in_call(e::media_lost);
    case sip_fact::ended:
      break;
    default:
      return;  // a digit: it stands in the CDR
  }
  const auto how = event.how;
  if (work_.hangup_by.empty()) work_.hangup_by = how == call_end::local ? "slot" : "far";
  work_.end = std::move(event);
  if (facts_.state == link::slot_state::ACTIVE_CALL || how == call_end::bye) return in_call(e::bye);
  if (how == call_end::rejected) return in_call(e::rejected);
  in_call(how == call_end::failed ? e::failed : e::cancelled);
}

}  // namespace vss::archont
