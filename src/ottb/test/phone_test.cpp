#include "ottb/phone.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

struct good {
  const char* text;
  const char* region;
  const char* number;
  const char* country;
};

TEST(phone, becomes_e164) {
  const good all[] = {
      {"+1 (212) 555-0123", "", "+12125550123", "US"}, {"212-555-0123", "US", "+12125550123", "US"},
      {"12125550123", "US", "+12125550123", "US"},     {"0011 44 20 7946 0018", "AU", "+442079460018", "GB"},
      {"020 7946 0018", "GB", "+442079460018", "GB"},  {"8 (495) 123-45-67", "RU", "+74951234567", "RU"},
      {"+7 701 123 45 67", "", "+77011234567", "KZ"},  {"+7 916 123 45 67", "", "+79161234567", "RU"},
      {"'+12125550123", "", "+12125550123", "US"},     {"  +12125550123\t", "", "+12125550123", "US"},
      {"+1.604.555.0199", "", "+16045550199", "CA"},   {"+12125550123", "RU", "+12125550123", "US"},
      {"+800 1234 5678", "", "+80012345678", ""},
  };
  for (const auto& each : all) {
    const auto got = parse_phone(each.text, each.region);
    ASSERT_TRUE(got) << each.text << ": " << name(got.error());
    EXPECT_EQ(got->number.reveal(), each.number) << each.text;
    EXPECT_EQ(got->region, each.country) << each.text;
  }
}

TEST(phone, says_why_not) {
  const std::tuple<std::string, const char*, phone_fault> all[] = {
      {"", "US", phone_fault::empty},
      {" \t ", "US", phone_fault::empty},
      {"2125550123", "", phone_fault::no_country},
      {"2125550123", "XX", phone_fault::no_country},
      {"hello", "US", phone_fault::not_a_number},
      {"7.9161234567E+10", "RU", phone_fault::not_a_number},
      {"+1 800 FLOWERS", "", phone_fault::not_a_number},
      {"\xff\xfe+1212", "US", phone_fault::not_a_number},
      {"112", "DE", phone_fault::not_valid},
      {"911", "US", phone_fault::not_valid},
      {"+1 212 555", "", phone_fault::not_valid},
      {"1", "US", phone_fault::not_a_number},
      {"+1 012 555 0123", "", phone_fault::not_valid},
      {"+12125550123 ext. 77", "", phone_fault::extension},
      {"+1 900 555 0123", "", phone_fault::premium_rate},
      {"+44 909 879 0000", "", phone_fault::premium_rate},
      {std::string(65, '1'), "US", phone_fault::too_long},
      {"+1212555012345678", "", phone_fault::not_valid},
      {"+12125550123456789012", "", phone_fault::too_long},
  };
  for (const auto& [text, region, why] : all) {
    const auto got = parse_phone(text, region);
    ASSERT_FALSE(got) << text;
    EXPECT_EQ(got.error(), why) << text << " gave " << name(got.error());
    EXPECT_GT(std::string_view(words(got.error())).size(), 5u);
  }
}

TEST(phone, knows_the_class) {
  EXPECT_EQ(parse_phone("+79161234567", "")->kind, phone_class::mobile);
  EXPECT_EQ(parse_phone("+74951234567", "")->kind, phone_class::fixed);
  EXPECT_EQ(parse_phone("+12125550123", "")->kind, phone_class::fixed_or_mobile);
  EXPECT_EQ(parse_phone("+18005550123", "")->kind, phone_class::toll_free);
}

TEST(phone, e164_form) {
  for (const auto* yes : {"+1234567", "+123456789012345", "+12125550123"}) EXPECT_TRUE(is_e164(yes)) << yes;
  for (const auto* no :
       {"", "+", "12125550123", "+0123456789", "+123456", "+1234567890123456", "+1212555012a", "+1 21255501"})
    EXPECT_FALSE(is_e164(no)) << no;
}

}  // namespace
}  // namespace vss::ottb
