#include "ottb/window.hpp"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#define USE_OS_TZDB 1  // as the distribution's library is built: the machine's own zone files
#include <date/tz.h>
#pragma clang diagnostic pop

#include <algorithm>
#include <stdexcept>

#include "ottb/window_ranges.hpp"

namespace vss::ottb {

namespace {

using std::chrono::microseconds;
constexpr int most_days = 21;

const date::time_zone* find_zone(std::string_view zone) {
  if (zone.empty() || zone.size() > 40) return nullptr;
  try {
    return date::locate_zone(std::string(zone));
  } catch (const std::runtime_error&) {  // the library's only way to say "no such zone"
    return nullptr;
  }
}

date::sys_time<microseconds> to_date(instant when) { return date::sys_time<microseconds>(when.time_since_epoch()); }

bool holiday(const calling_hours& hours, date::local_days day) {
  if (hours.holidays.empty()) return false;
  const std::string text = date::format("%F", day);
  return std::find(hours.holidays.begin(), hours.holidays.end(), text) != hours.holidays.end();
}

bool falls_on(const day_window& window, date::local_days day) {
  const unsigned weekday = date::weekday(day).iso_encoding() - 1;
  return (window.days >> weekday & 1U) != 0;
}

bool open_in(const calling_hours& hours, const date::time_zone& zone, instant now) {
  const auto local = zone.to_local(to_date(now));
  const auto day = date::floor<date::days>(local);
  const auto into = local - day;
  if (holiday(hours, day)) return false;
  return std::any_of(hours.windows.begin(), hours.windows.end(), [&](const day_window& window) {
    return falls_on(window, day) && into >= std::chrono::minutes(window.from) && into < std::chrono::minutes(window.to);
  });
}

// The moment a local clock first shows `when` or jumps over it (spring).
instant first_moment(const date::time_zone& zone, date::local_time<microseconds> when) {
  const auto found = zone.get_info(when);
  if (found.result == date::local_info::nonexistent) {
    return instant(std::chrono::duration_cast<microseconds>(found.first.end.time_since_epoch()));
  }
  return instant(when.time_since_epoch() - found.first.offset);
}

// The first moment at or after `now` that is open in this zone.
std::optional<instant> next_open(const calling_hours& hours, const date::time_zone& zone, instant now) {
  if (open_in(hours, zone, now)) return now;
  const auto today = date::floor<date::days>(zone.to_local(to_date(now)));
  for (int i = 0; i <= most_days; ++i) {
    const auto day = today + date::days(i);
    if (holiday(hours, day)) continue;
    std::optional<instant> best;
    for (const auto& window : hours.windows) {
      if (!falls_on(window, day)) continue;
      const instant start = first_moment(zone, day + std::chrono::minutes(window.from));
      if (start >= now && open_in(hours, zone, start) && (!best || start < *best)) best = start;
    }
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace

bool is_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

window_answer look(const calling_hours& hours, std::span<const std::string> zones, instant now) {
  std::vector<const date::time_zone*> all;
  for (const auto& each : zones) {
    const auto* zone = find_zone(each);
    if (zone == nullptr) return {};
    all.push_back(zone);
  }
  if (all.empty()) return {};
  const auto open_everywhere = [&](instant at) {
    return std::all_of(all.begin(), all.end(), [&](const auto* zone) { return open_in(hours, *zone, at); });
  };
  if (open_everywhere(now)) return {true, std::nullopt};
  // Each zone in turn pushes the moment forward to its own next opening, until one round moves nothing.
  instant at = now;
  for (int round = 0; round < 200 && at - now <= std::chrono::days(most_days); ++round) {
    const instant before = at;
    for (const auto* zone : all) {
      const auto next = next_open(hours, *zone, at);
      if (!next) return {};
      at = *next;
    }
    if (at == before) return {false, at};
  }
  return {};
}

namespace {

std::vector<std::string> split(std::string_view set) {
  std::vector<std::string> out;
  while (!set.empty()) {
    const auto end = std::min(set.find(' '), set.size());
    out.emplace_back(set.substr(0, end));
    set.remove_prefix(std::min(end + 1, set.size()));
  }
  return out;
}

std::vector<std::string> zones_of_range(std::string_view number) {
  if (number.size() < 5 || number[0] != '+') return {};
  const auto ranges = zone_table_ranges();
  for (std::size_t digits = 4; digits >= 2; --digits) {
    std::int32_t prefix = 0;
    for (const char c : number.substr(1, digits)) {
      if (c < '0' || c > '9') return {};
      prefix = prefix * 10 + (c - '0');
    }
    const auto found = std::lower_bound(ranges.begin(), ranges.end(), prefix,
                                        [](const zone_range& range, std::int32_t p) { return range.prefix < p; });
    if (found != ranges.end() && found->prefix == prefix) {
      return split(zone_table_sets()[static_cast<std::size_t>(found->set)]);
    }
  }
  return {};
}

std::vector<std::string> zones_of_country(std::string_view region) {
  for (const auto& country : zone_table_countries()) {
    if (country.country == region) return split(zone_table_sets()[static_cast<std::size_t>(country.set)]);
  }
  return {};
}

}  // namespace

std::vector<std::string> zones_of(std::string_view number, std::string_view region, std::string_view column) {
  auto zones = zones_of_range(number);
  if (zones.empty()) zones = zones_of_country(region);
  if (column.empty()) return zones;
  const std::string own(column);
  if (zones.empty() || std::find(zones.begin(), zones.end(), own) != zones.end()) return {own};
  zones.insert(zones.begin(), own);
  return zones;
}

}  // namespace vss::ottb
