#include "ottb/profile_document.hpp"

#include <algorithm>
#include <array>

namespace vss::ottb {

namespace {

constexpr std::array<std::string_view, 7> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// "09:30" -> 570; the form was checked by the rules.
int minute_of_day(std::string_view text) {
  if (text.size() != 5) return -1;
  const auto digit = [&](std::size_t i) { return text[i] - '0'; };
  return (digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4);
}

std::uint8_t days_of(const std::vector<std::string>& names) {
  unsigned mask = 0;
  for (const auto& each : names) {
    const auto found = std::find(day_names.begin(), day_names.end(), each);
    if (found != day_names.end()) mask |= 1U << (found - day_names.begin());
  }
  return static_cast<std::uint8_t>(mask);
}

}  // namespace

result<profile> make_profile(std::string id, std::string name, int version, const profile_document& document) {
  profile out{
      std::move(id),     std::move(name), version, document.consent_required, {}, {}, document.machine_advertising,
      document.countries};
  for (const auto& each : document.caps) out.caps.push_back({each.hours, each.most});
  out.hours.holidays = document.holidays;
  error bad{errc::invalid, "the input is not valid"};
  for (std::size_t i = 0; i < document.windows.size(); ++i) {
    const auto& each = document.windows[i];
    const day_window window{days_of(each.days), minute_of_day(each.from), minute_of_day(each.to)};
    if (window.to <= window.from) {
      bad.problems.push_back({"/document/windows/" + std::to_string(i) + "/to", "must be later than `from`"});
    }
    out.hours.windows.push_back(window);
  }
  if (!bad.problems.empty()) return fail(std::move(bad));
  return out;
}

}  // namespace vss::ottb
