#include "ottb/permit_service.hpp"

#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "ottb/lead_seal.hpp"
#include "ottb/window_ranges.hpp"

namespace vss::ottb {

namespace {

bool is_permit(std::string_view text) {
  return text.size() == 34 && text.starts_with("p-") &&
         text.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

link::permit_answer refused(refusal_reason why, std::optional<instant> until) {
  link::permit_answer answer;
  answer.reason = name(why);
  answer.until = until;
  return answer;
}

link::permit_answer granted(const issued_permit& permit, int ring_seconds) {
  link::permit_answer answer;
  answer.permitted = true;
  answer.permit = permit.id;
  answer.expires_at = permit.expires_at;
  answer.ring_seconds = ring_seconds;
  return answer;
}

// Reasons that lie with the campaign or the house, not with the person: the attempt was never one.
bool gives_back(refusal_reason why) {
  switch (why) {
    case refusal_reason::campaign_not_running:
    case refusal_reason::campaign_not_started:
    case refusal_reason::campaign_over:
    case refusal_reason::advertising_by_machine:
    case refusal_reason::caller_id_not_owned:
    case refusal_reason::no_trunk:
    case refusal_reason::window_required:
      return true;
    default:
      return false;
  }
}

}  // namespace

const char* name(permit_refusal why) {
  static constexpr const char* names[] = {"unknown", "used", "expired", "foreign", "stopped", "wrong_number"};
  return names[static_cast<std::size_t>(why)];
}

permit_service::permit_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
                               profile_cache& profiles, dnc_service& dnc, report_service& reports,
                               permit_options options)
    : store_(db),
      vault_(vault),
      time_(time),
      random_(random),
      profiles_(profiles),
      dnc_(dnc),
      reports_(reports),
      options_(options) {}

std::string permit_service::inputs(const permit_facts& facts) const {
  const boost::json::object out{{"profile", facts.profile},
                                {"campaign_version", facts.campaign_version},
                                {"zone_table", std::string(zone_table_version())},
                                {"consent", facts.who.consent},
                                {"attempts", facts.who.attempts},
                                {"recent_attempts", facts.who.dialled.size()}};
  return boost::json::serialize(out);
}

task<result<link::permit_answer>> permit_service::issue(std::string hub, link::permit_request request) {
  if (!is_uuid(request.attempt)) co_return fail(errc::not_found, "no such attempt");
  auto facts = co_await store_.facts(request.attempt, hub, request.slot, request.epoch);
  if (!facts) co_return fail(std::move(facts.error()));
  if (!facts->mine) co_return refused(refusal_reason::stale_assignment, std::nullopt);
  // A repeat after a lost answer gets the same permit while it is good.
  if (facts->attempt_state == "permitted" && facts->open_permit) {
    co_return granted({*facts->open_permit, facts->open_until.value_or(time_.now())}, facts->ring_seconds);
  }
  if (facts->attempt_state != "queued") co_return refused(refusal_reason::stale_assignment, std::nullopt);
  auto rules = co_await profiles_.get(facts->profile);
  if (!rules) co_return fail(std::move(rules.error()));
  const decision found = decide(facts->who, facts->what, **rules, time_.now());
  if (!found.allowed) co_return co_await deny(std::move(request), std::move(*facts), found);
  co_return co_await grant(std::move(hub), std::move(request), std::move(*facts));
}

task<result<link::permit_answer>> permit_service::grant(std::string hub, link::permit_request request,
                                                        permit_facts facts) {
  const std::string id = "p-" + random_hex(random_, 16);
  const int valid = facts.network == "vpn" ? options_.vpn_seconds : options_.lan_seconds;
  auto made = co_await store_.issue(id, request, hub, valid, facts.lead, inputs(facts));
  if (!made && made.error().kind == errc::conflict) {  // the person is in another live attempt right now
    const decision busy{false, refusal_reason::attempt_cap, time_.now() + seconds(facts.ring_seconds + 60)};
    co_return co_await deny(std::move(request), std::move(facts), busy);
  }
  if (!made) co_return fail(std::move(made.error()));
  if (!*made) co_return refused(refusal_reason::stale_assignment, std::nullopt);
  co_return granted(**made, facts.ring_seconds);
}

task<result<link::permit_answer>> permit_service::deny(link::permit_request request, permit_facts facts, decision why) {
  permit_store::refusal what;
  what.attempt = request.attempt;
  what.lead = facts.lead;
  what.reason = name(why.reason);
  what.until = why.until;
  what.next_at = why.until.value_or(time_.now());
  what.closes = closes_lead(why.reason);
  what.counts = !gives_back(why.reason);
  if (!why.until && !what.closes && why.reason == refusal_reason::outside_window)
    what.next_at += std::chrono::hours(24);
  what.inputs = inputs(facts);
  auto done = co_await store_.refuse(std::move(what));
  if (!done) co_return fail(std::move(done.error()));
  log::info("ottb", "permit_refused",
            {{"flow", "F-01"}, {"trail", facts.trail}, {"attempt", request.attempt}, {"reason", name(why.reason)}});
  co_return refused(why.reason, why.until);
}

task<result<std::variant<consumed_permit, permit_refusal>>> permit_service::consume(std::string permit,
                                                                                    std::string slot,
                                                                                    std::string slot_call_id) {
  using answer = std::variant<consumed_permit, permit_refusal>;
  if (!is_permit(permit)) co_return answer(permit_refusal::unknown);
  auto taken = co_await store_.consume(std::move(permit), std::move(slot), std::move(slot_call_id));
  if (!taken) co_return fail(std::move(taken.error()));
  if (const auto* refusal = std::get_if<permit_refusal>(&*taken)) co_return answer(*refusal);
  auto row = std::get<consumed_row>(std::move(*taken));
  auto number = co_await vault_.open(row.index, phone_place(row.order.campaign, row.index), row.phone);
  if (!number) co_return fail(std::move(number.error()));
  row.order.number = e164(std::move(*number));
  co_return answer(std::move(row.order));
}

task<result<std::variant<edge_decision, permit_refusal>>> permit_service::send(std::string permit, e164 to,
                                                                               std::string lead_call_id) {
  using answer = std::variant<edge_decision, permit_refusal>;
  if (!is_permit(permit)) co_return answer(permit_refusal::unknown);
  auto sent = co_await store_.send(std::move(permit), vault_.blind_index(to), std::move(lead_call_id));
  if (!sent) co_return fail(std::move(sent.error()));
  if (const auto* refusal = std::get_if<permit_refusal>(&*sent)) co_return answer(*refusal);
  auto row = std::get<sent_row>(std::move(*sent));
  auto rules = co_await profiles_.get(row.profile);
  if (!rules) co_return fail(std::move(rules.error()));
  row.wish.only_simulated = (*rules)->hours.windows.empty();
  edge_decision out;
  out.caller_id = row.caller_id;
  out.trunks = choose_trunks(std::move(row.trunks), row.wish, to.reveal(), random_);
  if (out.trunks.empty()) co_return answer(permit_refusal::stopped);
  co_return answer(std::move(out));
}

task<result<void>> permit_service::ringing(std::string attempt, instant at, int trunk) {
  co_return co_await store_.ringing(std::move(attempt), at, trunk);
}

task<result<void>> permit_service::answered(std::string attempt, instant at, int trunk) {
  co_return co_await store_.answered(std::move(attempt), at, trunk);
}

task<result<void>> permit_service::ended(call_end facts) { co_return co_await reports_.ended(std::move(facts)); }

task<result<void>> permit_service::opt_out(std::string attempt, std::string how) {
  auto person = co_await store_.person_of(attempt);
  if (!person) co_return fail(std::move(person.error()));
  auto number = co_await vault_.open(person->index, phone_place(person->campaign, person->index), person->phone);
  if (!number) co_return fail(std::move(number.error()));
  dnc_service::request why;
  why.source = "opt_out:" + how;
  why.reason = "attempt " + attempt;
  why.by = "callee";
  auto added = co_await dnc_.add(e164(std::move(*number)), std::move(why));
  if (!added) co_return fail(std::move(added.error()));
  co_return result<void>{};
}

}  // namespace vss::ottb
