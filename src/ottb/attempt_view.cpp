#include "ottb/attempt_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vss::ottb {

namespace {

constexpr auto grace = std::chrono::hours(1);

// The beginning of every UUID (version 7) of that moment: 48 bits of milliseconds.
std::string id_time(instant when) {
  const auto since = std::chrono::floor<milliseconds>(when.time_since_epoch()).count();
  const auto bits = fmt::format("{:012x}", std::clamp<std::int64_t>(since, 0, (std::int64_t{1} << 48) - 1));
  return bits.substr(0, 8) + "-" + bits.substr(8);
}

}  // namespace

id_range ids_of(const attempt_filter& filter) {
  id_range out{"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"};
  if (filter.from) out.above = id_time(*filter.from - grace) + "-0000-0000-000000000000";
  if (filter.to) out.below = id_time(*filter.to + grace) + "-ffff-ffff-ffffffffffff";
  if (filter.after.empty()) return out;
  if (filter.newest_first)
    out.below = std::min(out.below, filter.after);
  else
    out.above = std::max(out.above, filter.after);
  return out;
}

}  // namespace vss::ottb
