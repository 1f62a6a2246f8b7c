#include "ottb/compliance.hpp"

namespace vss::ottb {

const char* words(refusal_reason why, bool russian) {
  struct pair {
    const char* english;
    const char* russian;
  };
  // In the order of the enumeration.
  static constexpr pair all[] = {
      {"The campaign is not running.", "Кампания не запущена."},
      {"The campaign has not begun yet.", "Кампания ещё не началась."},
      {"The campaign's end has passed.", "Срок кампании истёк."},
      {"Advertising may not be dialled by machine under this profile (38-FZ art. 18(2)).",
       "Реклама автоматическим дозвоном запрещена этим профилем (38-ФЗ, ст. 18 ч. 2)."},
      {"The caller ID is not proven to be ours.", "Не подтверждено, что номер вызывающего принадлежит нам."},
      {"No trunk is open to this campaign.", "Для кампании нет доступного транка."},
      {"A profile without calling windows may be used on simulated trunks only.",
       "Профиль без окон обзвона разрешён только на имитируемых транках."},
      {"The profile does not allow calls to this country.", "Профиль не разрешает звонить в эту страну."},
      {"There is no consent.", "Нет согласия."},
      {"The number is on the do-not-call list.", "Номер в списке «не звонить»."},
      {"The number is on the national do-not-call register.", "Номер в государственном списке «не звонить»."},
      {"The person asked this campaign not to call.", "Абонент просил эту кампанию не звонить."},
      {"All attempts that the campaign allows are used.", "Использованы все попытки, разрешённые кампанией."},
      {"The person was called as often as the profile allows for now.",
       "Абоненту уже звонили столько раз, сколько сейчас разрешает профиль."},
      {"The person's time zone is not known.", "Часовой пояс абонента неизвестен."},
      {"It is outside calling hours where the person is.", "У абонента сейчас время, когда звонить нельзя."},
      {"The assignment is over: the slot or the attempt has moved on.",
       "Назначение устарело: слот или попытка уже в другом состоянии."},
  };
  const auto& found = all[static_cast<std::size_t>(why)];
  return russian ? found.russian : found.english;
}

}  // namespace vss::ottb
