#pragma once
// The number-to-zones table of calling windows: IANA zones by number range and by country, versioned. A range may hold
// several zones: then every one of them must allow the call. Written by tools/zone-ranges; constant, no start-up cost.
#include <cstdint>
#include <span>
#include <string_view>

namespace vss::ottb {

struct zone_range {
  std::int32_t prefix;  // first digits of the number without "+": 1212, 7495
  std::int16_t set;     // index into zone_table_sets()
};
struct country_zones {
  std::string_view country;  // ISO 3166 alpha-2
  std::int16_t set;
};

std::string_view zone_table_version();
std::span<const std::string_view> zone_table_sets();  // zones separated by one space
std::span<const zone_range> zone_table_ranges();      // sorted by prefix
std::span<const country_zones> zone_table_countries();

}  // namespace vss::ottb
