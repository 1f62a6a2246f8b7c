#include "ottb/import_row.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

csv_row row(std::vector<std::string> fields, std::int64_t line = 2) { return {line, std::move(fields), std::nullopt}; }

import_plan plan(std::vector<std::string> header, import_mapping mapping = {}) {
  auto got = plan_import(row(std::move(header), 1), mapping);
  EXPECT_TRUE(got) << (got ? "" : got.error().problems.at(0).message);
  return got.value_or(import_plan{});
}

std::string codes(const std::expected<lead_row, std::vector<import_fault>>& got) {
  std::string out;
  if (!got) {
    for (const auto& each : got.error()) out += each.column + ":" + each.code + " ";
  }
  return out;
}

TEST(import_row, finds_columns_by_their_usual_names) {
  for (const auto* title : {"phone", "Phone", " NUMBER ", "msisdn", "Телефон", "НОМЕР"}) {
    EXPECT_EQ(plan({"name", title}).phone, 1u) << title;
  }
  const auto p = plan({"Имя", "Телефон", "Часовой пояс", "Согласие", "Приоритет"});
  EXPECT_EQ(p.zone, 2u);
  EXPECT_EQ(p.consent, 3u);
  EXPECT_EQ(p.priority, 4u);
  ASSERT_EQ(p.keep.size(), 1u);
  EXPECT_EQ(p.keep[0].second, "Имя");
}

TEST(import_row, a_named_column_must_exist) {
  import_mapping mapping;
  mapping.phone = "mobile";
  mapping.zone = "where";
  mapping.keep = {{"company"}};
  const auto got = plan_import(row({"phone", "name"}, 1), mapping);
  ASSERT_FALSE(got);
  std::string pointers;
  for (const auto& each : got.error().problems) pointers += each.pointer + " ";
  EXPECT_EQ(pointers, "/mapping/phone /mapping/zone /mapping/keep ");
  EXPECT_FALSE(plan_import(row({"name", "city"}, 1), {}));
  EXPECT_FALSE(plan_import({1, {"phone"}, csv_fault::not_utf8}, {}));
  mapping = {};
  mapping.zone_default = "Mars/Olympus";
  EXPECT_FALSE(plan_import(row({"phone"}, 1), mapping));
}

TEST(import_row, a_full_row) {
  const auto p = plan({"name", "phone", "zone", "consent", "consent_source", "consent_at", "priority", "city"});
  const auto lead =
      read_row(p, row({"Ann", "+1 212 555 0123", "America/New_York", "yes", "web form", "2026-10-01", "5", ""}));
  ASSERT_TRUE(lead) << codes(lead);
  EXPECT_EQ(lead->who.number.reveal(), "+12125550123");
  EXPECT_EQ(lead->who.region, "US");
  EXPECT_EQ(lead->zones, std::vector<std::string>{"America/New_York"});
  EXPECT_TRUE(lead->consent);
  EXPECT_EQ(lead->consent_source, "web form");
  EXPECT_EQ(lead->consent_at, parse_instant("2026-10-01T00:00:00Z").value());
  EXPECT_EQ(lead->priority, 5);
  EXPECT_EQ(lead->attributes.size(), 1u);
  EXPECT_EQ(lead->attributes.at("name").as_string(), "Ann");
}

TEST(import_row, every_fault_of_a_row_is_said_and_no_value_is_quoted) {
  const auto p = plan({"phone", "zone", "consent", "consent_at", "priority"});
  const auto bad = read_row(p, row({"123", "Mars", "maybe", "yesterday", "high", "surplus"}, 17));
  EXPECT_EQ(codes(bad),
            ":too_many_fields phone:no_country zone:no_such_zone consent:not_yes_or_no consent_at:not_a_date "
            "priority:not_a_number ");
  for (const auto& each : bad.error()) {
    EXPECT_EQ(each.line, 17);
    EXPECT_EQ(each.words.find("123"), std::string::npos);
  }
}

TEST(import_row, short_rows_have_empty_fields) {
  const auto lead = read_row(plan({"phone", "zone", "consent"}), row({"+442079460018"}));
  ASSERT_TRUE(lead);
  EXPECT_FALSE(lead->consent);
  EXPECT_EQ(lead->zones, std::vector<std::string>{"Europe/London"});
}

TEST(import_row, consent_words) {
  const auto p = plan({"phone", "consent"});
  for (const auto* yes : {"yes", "Y", "TRUE", "1", "Да", " да "}) {
    EXPECT_TRUE(read_row(p, row({"+442079460018", yes}))->consent) << yes;
  }
  for (const auto* no : {"", "no", "N", "false", "0", "Нет"}) {
    EXPECT_FALSE(read_row(p, row({"+442079460018", no}))->consent) << no;
  }
  import_mapping mapping;
  mapping.consent_all = "signed contracts 2026";
  const auto lead = read_row(plan({"phone"}, mapping), row({"+442079460018"}));
  EXPECT_TRUE(lead->consent);
  EXPECT_EQ(lead->consent_source, "signed contracts 2026");
}

TEST(import_row, a_broken_row_says_so) {
  EXPECT_EQ(codes(read_row(plan({"phone"}), {3, {"+4"}, csv_fault::stray_quote})), ":stray_quote ");
}

TEST(import_row, region_and_zone_defaults) {
  import_mapping mapping;
  mapping.region = "RU";
  mapping.zone_default = "Asia/Omsk";
  const auto lead = read_row(plan({"phone"}, mapping), row({"8 916 123-45-67"}));
  ASSERT_TRUE(lead);
  EXPECT_EQ(lead->who.number.reveal(), "+79161234567");
  EXPECT_EQ(lead->zones, std::vector<std::string>{"Asia/Omsk"});
}

TEST(import_row, lines_of_the_errors_file) {
  EXPECT_EQ(csv_line({7, "phone", "too_short", "too short for its country"}),
            "7,phone,too_short,too short for its country\r\n");
  EXPECT_EQ(csv_line({7, "a,\"b", "x", "y"}), "7,\"a,\"\"b\",x,y\r\n");
  EXPECT_EQ(csv_line({7, "=cmd()", "x", "y"}), "7,'=cmd(),x,y\r\n");
}

TEST(import_row, a_long_attribute_is_refused) {
  EXPECT_EQ(codes(read_row(plan({"phone", "note"}), row({"+442079460018", std::string(5000, 'x')}))), "note:too_long ");
}

}  // namespace
}  // namespace vss::ottb
