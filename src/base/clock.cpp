#include "base/clock.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>

namespace vss {

instant system_clock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}
std::chrono::steady_clock::time_point system_clock::steady() const { return std::chrono::steady_clock::now(); }

std::string to_text(instant when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  const std::chrono::year_month_day date{day};
  const auto micros = (when - day).count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), micros / 3'600'000'000,
                     micros / 60'000'000 % 60, micros / 1'000'000 % 60, micros % 1'000'000);
}

namespace {

// Reads exactly `digits` decimal digits; -1 when there are fewer.
int number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + digits, value);
  if (ec != std::errc{} || end != text.data() + digits || value < 0) return -1;
  text.remove_prefix(digits);
  return value;
}
bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

result<instant> parse_instant(std::string_view text) {
  const auto bad = [] { return fail(errc::invalid, "not an RFC 3339 time"); };
  const int year = number(text, 4);
  if (!take(text, "-")) return bad();
  const int month = number(text, 2);
  if (!take(text, "-")) return bad();
  const int day = number(text, 2);
  if (!take(text, "Tt ")) return bad();
  const int hour = number(text, 2);
  if (!take(text, ":")) return bad();
  const int minute = number(text, 2);
  if (!take(text, ":")) return bad();
  const int second = number(text, 2);
  long micros = 0;
  if (take(text, ".")) {
    long unit = 100'000;
    if (text.empty() || text.front() < '0' || text.front() > '9') return bad();
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      micros += (text.front() - '0') * unit;
      unit /= 10;
      text.remove_prefix(1);
    }
  }
  int offset = 0;
  if (!take(text, "Zz")) {
    const bool west = !text.empty() && text.front() == '-';
    if (!take(text, "+-")) return bad();
    const int hours = number(text, 2);
    int minutes = 0;
    if (!text.empty()) {
      take(text, ":");
      minutes = number(text, 2);
    }
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return bad();
    offset = (west ? -1 : 1) * (hours * 60 + minutes);
  }
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!text.empty() || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return bad();
  }
  const instant out = instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
                      std::chrono::minutes{minute - offset} + std::chrono::seconds{second} +
                      std::chrono::microseconds{micros};
  // The offset and the leap second may lead out of the years that four digits can say.
  constexpr auto first = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
  constexpr auto beyond = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  if (out < first || out >= beyond) return bad();
  return out;
}

}  // namespace vss
