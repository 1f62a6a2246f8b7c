#include "ottb/attempt_story.hpp"

#include <algorithm>

namespace vss::ottb {

namespace {

using r = refusal_reason;
// As `decide` asks them.
constexpr r gates[] = {r::campaign_not_running,   r::campaign_not_started, r::campaign_over,
                       r::advertising_by_machine, r::caller_id_not_owned,  r::no_trunk,
                       r::window_required,        r::do_not_call,          r::do_not_call_national,
                       r::do_not_call_campaign,   r::no_consent,           r::country_not_allowed,
                       r::attempts_exhausted,     r::attempt_cap,          r::zone_unknown,
                       r::outside_window};

ladder_step ending(const attempt_view& attempt, const std::string& hangup_by) {
  ladder_step out{*attempt.ended_at, "pbx", "trunk", "BYE", std::nullopt, "The call was ended.", "Звонок завершён."};
  if (attempt.answered_at) {
    if (hangup_by == "lead") {
      out.from = "trunk";
      out.to = "pbx";
      out.words = "The person hung up.";
      out.words_ru = "Абонент положил трубку.";
    } else if (hangup_by == "slot" || hangup_by == "operator") {
      out.from = "slot";
      out.to = "pbx";
      out.words = "Our side hung up.";
      out.words_ru = "Наша сторона положила трубку.";
    }
    return out;
  }
  if (attempt.sip_code && *attempt.sip_code >= 300 && attempt.outcome != "abandoned") {
    return {*attempt.ended_at,
            "trunk",
            "pbx",
            std::to_string(*attempt.sip_code),
            attempt.sip_code,
            "The final answer of the lead's leg.",
            "Окончательный ответ на плечо абонента."};
  }
  out.message = "CANCEL";
  out.words = "Given up before an answer.";
  out.words_ru = "Отменён до ответа.";
  return out;
}

}  // namespace

std::vector<gate_view> gates_of(const std::string& reason) {
  std::vector<gate_view> out;
  const bool known = std::any_of(std::begin(gates), std::end(gates), [&](r each) { return reason == name(each); });
  // A refusal of no gate (a stale assignment) came before the first.
  auto now = reason.empty() || known ? gate_result::passed : gate_result::not_asked;
  for (const auto each : gates) {
    const bool here = reason == name(each);
    out.push_back({name(each), here ? gate_result::refused : now, words(each, false), words(each, true)});
    if (here) now = gate_result::not_asked;
  }
  return out;
}

bool is_live_call(const std::string& state) { return state == "dialling" || state == "ringing" || state == "answered"; }

std::vector<ladder_step> ladder_of(const attempt_view& attempt, const std::vector<permit_view>& permits,
                                   const std::optional<call_sides>& record) {
  std::vector<ladder_step> out;
  const auto put = [&out](ladder_step step) {  // what is said first stays first when the moment is the same
    const auto place = std::ranges::upper_bound(out, step.at, {}, &ladder_step::at);
    out.insert(place, std::move(step));
  };
  for (const auto& permit : permits) {
    if (permit.consumed_at) {
      put({*permit.consumed_at, "slot", "pbx", "INVITE", std::nullopt,
           "The slot calls with its permit; digest and permit were checked.",
           "Слот звонит с разрешением; пароль и разрешение проверены."});
    }
    if (permit.sent_at) {
      put({*permit.sent_at, "pbx", "trunk", "INVITE", std::nullopt, "The edge lets the call out to the carrier.",
           "Граница выпустила звонок к оператору."});
    }
  }
  if (out.empty()) return out;  // nothing was dialled
  if (attempt.ringing_at) {
    put({*attempt.ringing_at, "trunk", "pbx", "180", 180, "The telephone rings.", "Телефон звонит."});
  }
  if (attempt.answered_at) {
    put({*attempt.answered_at, "trunk", "pbx", "200", 200, "The person answered.", "Абонент ответил."});
  }
  if (attempt.ended_at) put(ending(attempt, record ? record->hangup_by.value_or("") : ""));
  return out;
}

}  // namespace vss::ottb
