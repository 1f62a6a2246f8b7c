#pragma once
// Calling windows by the callee's local time. A call is allowed only when it is inside a window in every zone the
// callee may be in: the lead's own zone, else the zones of the number's range, else all zones of its country (G-2).
// Pure.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace vss::ottb {

// Allowed from `from` to `to` (exclusive) in minutes of the local day, on the days of the mask; bit 0 is Monday.
struct day_window {
  std::uint8_t days = 0;
  int from = 0;
  int to = 0;  // 1440: midnight
};

struct calling_hours {
  std::vector<day_window> windows;
  std::vector<std::string> holidays;  // local dates without calls, "2026-01-07"
};

struct window_answer {
  bool open = false;
  std::optional<instant>
      opens;  // when closed: the next moment that is open in all zones; empty: not within three weeks
};

bool is_zone(std::string_view zone);

// At least one zone, all known (see is_zone); otherwise the answer is closed for good.
window_answer look(const calling_hours& hours, std::span<const std::string> zones, instant now);

// The zones a callee may be in. `number`: +E.164; `column`: what the lead's file said, "" without. A column that
// contradicts the number's range is not believed alone: both must allow the call. Empty: nothing is known.
std::vector<std::string> zones_of(std::string_view number, std::string_view region, std::string_view column);

}  // namespace vss::ottb
