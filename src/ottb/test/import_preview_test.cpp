#include "ottb/import_preview.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

import_preview look(std::string_view text, bool cut = false, import_mapping mapping = {}) {
  return preview_import(text, mapping, 0, cut);
}

TEST(import_preview, finds_columns_and_counts_what_an_import_would_do) {
  const auto seen = look(
      "Имя;Телефон;Часовой пояс;согласие\r\n"
      "Анна;+74951234567;Europe/Moscow;да\r\n"
      "Борис;+7 (495) 123-45-67;;да\r\n"
      "Вера;123;;нет\r\n"
      "Глеб;+12125550123;;нет\r\n");
  EXPECT_EQ(seen.delimiter, "semicolon");
  EXPECT_EQ(seen.header.size(), 4U);
  EXPECT_EQ(seen.rows.size(), 4U);
  EXPECT_EQ(seen.rows[0][1], "+74951234567");
  EXPECT_EQ(seen.columns_found, (std::map<std::string, std::string>{
                                    {"phone", "Телефон"}, {"zone", "Часовой пояс"}, {"consent", "согласие"}}));
  EXPECT_EQ(seen.seen, 4);
  EXPECT_EQ(seen.good, 2);
  EXPECT_EQ(seen.duplicates, 1) << "the same number written in two ways";
  EXPECT_EQ(seen.invalid, 1);
  EXPECT_EQ(seen.with_consent, 1);
  ASSERT_EQ(seen.faults.size(), 1U);
  EXPECT_EQ(seen.faults[0].line, 4);
  EXPECT_EQ(seen.faults[0].column, "phone");
  EXPECT_FALSE(seen.problem);
}

TEST(import_preview, says_what_the_mapping_lacks_and_shows_the_rows_all_the_same) {
  auto seen = look("who,where\nAnna,+74951234567\n");
  EXPECT_TRUE(seen.problem);
  EXPECT_EQ(seen.rows.size(), 1U);
  EXPECT_EQ(seen.seen, 0);
  import_mapping mapping;
  mapping.phone = "where";
  seen = look("who,where\nAnna,+74951234567\n", false, mapping);
  EXPECT_FALSE(seen.problem);
  EXPECT_EQ(seen.good, 1);
  mapping.phone = "nowhere";
  EXPECT_TRUE(look("who,where\nAnna,+74951234567\n", false, mapping).problem);
}

TEST(import_preview, leaves_out_a_line_that_was_cut) {
  constexpr auto text = "phone,note\n+74951234567,a\n+74951234568,\"b";
  EXPECT_EQ(look(text, true).good, 1);
  EXPECT_EQ(look(text, true).seen, 1);
  EXPECT_EQ(look(text, false).seen, 2);
  EXPECT_EQ(look("", true).problem, "there is no complete line");
  EXPECT_TRUE(look("", false).problem);
}

TEST(import_preview, shows_twenty_rows_and_fifty_faults) {
  std::string text = "phone\n";
  for (int i = 0; i < 100; ++i) text += "x\n";
  const auto seen = look(text);
  EXPECT_EQ(seen.rows.size(), 20U);
  EXPECT_EQ(seen.faults.size(), 50U);
  EXPECT_EQ(seen.invalid, 100);
  EXPECT_EQ(seen.unknown_zone_share, 0);
}

TEST(import_preview, a_file_in_another_encoding_can_still_be_answered) {
  const auto seen = look("phone\n+74951234567\n\xd2\xe5\xeb\n");
  EXPECT_EQ(seen.good, 1);
  EXPECT_EQ(seen.invalid, 1);
  EXPECT_EQ(seen.rows.size(), 1U) << "what is no text cannot stand in JSON";
  const auto header = look("\xd2\xe5\xeb\n+74951234567\n");
  EXPECT_TRUE(header.problem);
  EXPECT_TRUE(header.header.empty());
}

}  // namespace
}  // namespace vss::ottb
