#include "ottb/why_words.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace vss::ottb {

namespace {

constexpr why_sentence all[] = {
    {"campaign_draft", "The campaign is a draft; start it.", "Кампания — черновик; запустите её."},
    {"campaign_paused", "The campaign is paused; resume it.", "Кампания на паузе; продолжите её."},
    {"campaign_draining", "The campaign drains: nothing new begins, what is under way ends by itself.",
     "Кампания завершается: новых звонков нет, начатые дойдут до конца."},
    {"campaign_stopped", "The campaign is stopped; start it.", "Кампания остановлена; запустите её."},
    {"campaign_finished", "The campaign has finished: every lead is done.", "Кампания завершена: все лиды обработаны."},
    {"server_not_ready", "The server has only just started and waits for the hubs to tell their state.",
     "Сервер только что запущен и ждёт, пока хабы сообщат своё состояние."},
    {"no_server", "No server leads this campaign; another one takes it over within five seconds.",
     "Ни один сервер не ведёт кампанию; другой подхватит её в течение пяти секунд."},
    {"broker_away", "RabbitMQ cannot be reached; assignments wait for it.",
     "RabbitMQ недоступен; задания ждут отправки."},
    {"trunks_down", "Trunks do not answer the carrier's health check.", "Транки не отвечают на проверку связи."},
    {"trunks_not_for_caller", "The caller ID may not be shown on these trunks.",
     "На этих транках нельзя показывать номер кампании."},
    {"trunks_full", "All channels of the trunks are in use.", "Все каналы транков заняты."},
    {"trunks_at_rate", "The trunks take as many calls a second as they may.",
     "Транки принимают предельное число звонков в секунду."},
    {"no_slot_chosen", "The campaign's choice of slots fits no slot.", "Под выбор кампании не подходит ни один слот."},
    {"no_free_slot", "No chosen slot is free.", "Среди выбранных слотов нет свободных."},
    {"slots_busy", "Slots are in a call.", "Слоты заняты звонками."},
    {"slots_unreachable", "The link to the slots' hub is cut.", "Нет связи с хабом этих слотов."},
    {"slots_fault", "Slots are in FAULT; recover them.", "Слоты в состоянии FAULT; восстановите их."},
    {"slots_locked", "Slots or their hub are locked.", "Слоты или их хаб заблокированы."},
    {"slots_drained", "Slots or their hub are drained.", "Слоты или их хаб выведены из работы."},
    {"slots_quarantine", "Slots are in quarantine; an engineer must look.",
     "Слоты в карантине; нужен осмотр инженера."},
    {"slots_unregistered", "Slots have no SIP registration.", "У слотов нет SIP-регистрации."},
    {"slots_not_ready", "The slots' hub does not run its wanted configuration yet.",
     "Хаб этих слотов ещё не применил заданную конфигурацию."},
    {"no_leads", "The campaign has no leads; import some.", "В кампании нет лидов; импортируйте их."},
    {"leads_finished", "Every lead is finished.", "Все лиды обработаны."},
    {"leads_in_call", "All open leads are being called now.", "Всем оставшимся лидам звонят прямо сейчас."},
    {"waiting_for_retry", "Leads wait for their next attempt.", "Лиды ждут следующей попытки."},
    {"outside_window", "It is outside calling hours where these people are.",
     "У этих абонентов сейчас время, когда звонить нельзя."},
    {"attempt_cap", "These people were called as often as the profile allows for now.",
     "Этим абонентам уже звонили столько раз, сколько сейчас разрешает профиль."},
};

const why_sentence* find(std::string_view code) {
  const auto* found = std::find_if(std::begin(all), std::end(all), [&](const auto& each) { return code == each.code; });
  return found == std::end(all) ? nullptr : found;
}

}  // namespace

bool has_why_words(std::string_view code) { return find(code) != nullptr; }

const why_sentence& why_words(std::string_view code) {
  if (const auto* found = find(code)) return *found;
  throw std::logic_error("no words for " + std::string(code));
}

}  // namespace vss::ottb
