#include "ottb/explain.hpp"

namespace vss::ottb {

namespace {

struct words_of {
  const char* outcome;
  const char* english;
  const char* russian;
};
constexpr words_of finished_words[] = {
    {"answered", "The call was answered; the lead is finished.", "На звонок ответили; лид завершён."},
    {"busy", "Busy at the last attempt; no attempts are left.", "При последней попытке занято; попыток не осталось."},
    {"no_answer", "No answer at the last attempt; no attempts are left.",
     "При последней попытке нет ответа; попыток не осталось."},
    {"rejected", "The person rejected the call; the lead is finished.", "Абонент отклонил звонок; лид завершён."},
    {"invalid", "The carrier says that the number does not exist.", "Оператор сообщил, что номера не существует."},
    {"failed", "The last attempt failed; no attempts are left.", "Последняя попытка не удалась; попыток не осталось."},
    {"blocked", "The edge's last barrier stopped the call.", "Звонок остановлен последним барьером на границе."},
    {"abandoned", "Our side left before the answer; no attempts are left.",
     "Наша сторона ушла до ответа; попыток не осталось."},
    {"unknown", "It is not known how the last attempt ended; no attempts are left.",
     "Неизвестно, чем кончилась последняя попытка; попыток не осталось."},
};

std::optional<refusal_reason> reason_of(const std::string& text) {
  for (int i = 0; i <= static_cast<int>(refusal_reason::stale_assignment); ++i) {
    const auto why = static_cast<refusal_reason>(i);
    if (text == name(why)) return why;
  }
  return std::nullopt;
}

explanation refused(refusal_reason why, std::optional<instant> when) {
  return {name(why), words(why, false), words(why, true), false, when};
}

explanation finished(const lead_standing& lead) {
  if (lead.outcome == "refused") {
    if (const auto why = reason_of(lead.refusal)) return refused(*why, std::nullopt);
  }
  for (const auto& each : finished_words) {
    if (lead.outcome == each.outcome)
      return {std::string("finished_") + each.outcome, each.english, each.russian, false, {}};
  }
  return {"finished", "The lead is finished.", "Лид завершён.", false, {}};
}

}  // namespace

explanation explain(const lead_standing& lead, const lead_snapshot& who, const campaign_snapshot& what,
                    const profile& rules, instant now) {
  if (lead.state == "finished") return finished(lead);
  if (lead.state == "queued") return {"calling", "It is being called now.", "Ему сейчас звонят.", true, {}};
  const decision may = decide(who, what, rules, now);
  const bool later = lead.next_at > now;
  if (!may.allowed) {
    std::optional<instant> when = may.until;
    if (later && (!when || lead.next_at > *when) && !closes_lead(may.reason)) when = lead.next_at;
    return refused(may.reason, when);
  }
  if (later) {
    return {"waiting_for_retry", "The next attempt is due later.", "Следующая попытка будет позже.", true,
            lead.next_at};
  }
  return {"waiting_for_slot",
          "It may be called; it waits for a free slot or a free line.",
          "Звонить можно; ждёт свободного слота или линии.",
          true,
          {}};
}

}  // namespace vss::ottb
