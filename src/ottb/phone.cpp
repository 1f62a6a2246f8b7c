#include "ottb/phone.hpp"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <phonenumbers/phonenumberutil.h>
#pragma clang diagnostic pop

#include <algorithm>

#include "base/json_text.hpp"

namespace vss::ottb {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

phone_fault fault_of(PhoneNumberUtil::ErrorType why) {
  switch (why) {
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return phone_fault::no_country;
    case PhoneNumberUtil::TOO_SHORT_NSN:
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
      return phone_fault::too_short;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return phone_fault::too_long;
    default:
      return phone_fault::not_a_number;
  }
}

phone_class class_of(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
      return phone_class::fixed;
    case PhoneNumberUtil::MOBILE:
      return phone_class::mobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return phone_class::fixed_or_mobile;
    case PhoneNumberUtil::TOLL_FREE:
      return phone_class::toll_free;
    case PhoneNumberUtil::VOIP:
      return phone_class::voip;
    default:
      return phone_class::other;
  }
}

// Spaces, brackets, dots and dashes are how people write numbers; letters are not ("1-800-FLOWERS", "7.9E+10").
bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

}  // namespace

const char* name(phone_fault why) {
  static constexpr const char* names[] = {"empty",    "not_a_number", "no_country",   "too_short",
                                          "too_long", "not_valid",    "premium_rate", "extension"};
  return names[static_cast<std::size_t>(why)];
}

const char* words(phone_fault why) {
  static constexpr const char* all[] = {
      "the number is empty",
      "not a telephone number",
      "no country: write +<country code> or name the file's country",
      "too short for its country",
      "too long for its country",
      "no such number range in its country",
      "a premium-rate number",
      "a number with an extension cannot be dialled by machine",
  };
  return all[static_cast<std::size_t>(why)];
}

bool is_e164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::expected<phone, phone_fault> parse_phone(std::string_view text, std::string_view default_region) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\'')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  if (text.empty()) return std::unexpected(phone_fault::empty);
  if (text.size() > 64) return std::unexpected(phone_fault::too_long);
  if (!is_utf8(text)) return std::unexpected(phone_fault::not_a_number);
  const auto& plan = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  const std::string region = default_region.empty() ? std::string("ZZ") : std::string(default_region);
  const auto error = plan.Parse(std::string(text), region, &parsed);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) return std::unexpected(fault_of(error));
  if (parsed.has_extension()) return std::unexpected(phone_fault::extension);
  if (has_letters(text)) return std::unexpected(phone_fault::not_a_number);
  if (!plan.IsValidNumber(parsed)) return std::unexpected(phone_fault::not_valid);
  const auto type = plan.GetNumberType(parsed);
  if (type == PhoneNumberUtil::PREMIUM_RATE || type == PhoneNumberUtil::SHARED_COST) {
    return std::unexpected(phone_fault::premium_rate);
  }
  std::string formatted;
  plan.Format(parsed, PhoneNumberUtil::E164, &formatted);
  std::string country;
  plan.GetRegionCodeForNumber(parsed, &country);
  if (country == "001" || country == "ZZ") country.clear();
  if (!is_e164(formatted)) return std::unexpected(phone_fault::not_valid);
  return phone{e164(std::move(formatted)), std::move(country), class_of(type)};
}

}  // namespace vss::ottb
