#pragma once
// Under which names a lead's secrets are sealed (point::vault): table, column, row. Whoever seals and whoever opens
// must say the same words, or the text does not open.
#include <span>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace vss::ottb {

// A raw blind index as it stands in URLs and seal places.
inline std::string index_hex(std::string_view index) {
  return hex(std::span(reinterpret_cast<const std::uint8_t*>(index.data()), index.size()));
}
inline std::string phone_place(std::string_view campaign, std::string_view index) {
  return "ottb.lead.phone:" + std::string(campaign) + ":" + index_hex(index);
}
inline std::string attributes_place(std::string_view campaign, std::string_view index) {
  return "ottb.lead.attributes:" + std::string(campaign) + ":" + index_hex(index);
}

}  // namespace vss::ottb
