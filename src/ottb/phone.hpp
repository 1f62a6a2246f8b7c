#pragma once
// Telephone numbers of people: from what a person typed to +E.164, with the country and the class of the number. The
// one place that knows libphonenumber. Pure: the same text gives the same answer for one version of its metadata.
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace vss::ottb {

enum class phone_class : std::uint8_t { fixed, mobile, fixed_or_mobile, toll_free, voip, other };

struct phone {
  e164 number;
  std::string region;  // ISO 3166 alpha-2, "" for numbers of no country (satellite, global services)
  phone_class kind = phone_class::other;
};

// Why a text is no number a campaign may call.
enum class phone_fault : std::uint8_t {
  empty,
  not_a_number,
  no_country,  // national format, and no default country was given
  too_short,
  too_long,
  not_valid,     // no such range in its country's plan
  premium_rate,  // the called party would be paid for it
  extension,     // "ext. 12": cannot be dialled by machine
};
const char* name(phone_fault why);
const char* words(phone_fault why);

// `default_region`: the ISO country of numbers in national format; "" refuses them. At most 64 characters are looked
// at.
std::expected<phone, phone_fault> parse_phone(std::string_view text, std::string_view default_region);

// True for "+" and 7 to 15 digits, the first not 0.
bool is_e164(std::string_view text);

}  // namespace vss::ottb
