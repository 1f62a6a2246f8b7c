#include "ottb/csv.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

std::vector<csv_row> read(std::string_view text, std::size_t chunk, csv_options options = {}) {
  std::vector<csv_row> rows;
  csv_reader reader(options, [&](csv_row row) { rows.push_back(std::move(row)); });
  for (std::size_t at = 0; at < text.size(); at += chunk) reader.feed(text.substr(at, chunk));
  reader.finish();
  return rows;
}

std::string shown(const std::vector<csv_row>& rows) {
  std::string out;
  for (const auto& row : rows) {
    out += std::to_string(row.line) + ":";
    for (const auto& field : row.fields) out += "[" + field + "]";
    if (row.fault) out += std::string("!") + name(*row.fault);
    out += " ";
  }
  return out;
}

struct example {
  std::string text;
  std::string rows;
};

// Every example is read whole and in chunks of 1, 2 and 3 bytes: the cuts must not show.
TEST(csv, reads_rfc_4180_in_any_chunks) {
  const example all[] = {
      {"", ""},
      {"\n\r\n\n", ""},
      {"a,b\r\nc,d\r\n", "1:[a][b] 2:[c][d] "},
      {"a,b\nc,d", "1:[a][b] 2:[c][d] "},
      {"a,b\rc,d\r", "1:[a][b] 2:[c][d] "},
      {"\xEF\xBB\xBFphone\r\n+1", "1:[phone] 2:[+1] "},
      {"\"a,b\",c\n", "1:[a,b][c] "},
      {"\"a\"\"b\",\"\"\n", "1:[a\"b][] "},
      {"\"line\r\nbreak\",x\ny,z\n", "1:[line\r\nbreak][x] 3:[y][z] "},
      {"a,,c,\n", "1:[a][][c][] "},
      {",\n", "1:[][] "},
      {"\"\"\n", "1:[] "},
      {"a\n\n\nb\n", "1:[a] 4:[b] "},
      {"a;b;c\n1;2,5;3\n", "1:[a][b][c] 2:[1][2,5][3] "},
      {"a\tb\n1\t2\n", "1:[a][b] 2:[1][2] "},
      {"a|b\n1|2\n", "1:[a][b] 2:[1][2] "},
      {"\"a;b\",c\n1,2\n", "1:[a;b][c] 2:[1][2] "},
      {"a\"b,c\nd,e\n", "1:[a\"b][c]!stray_quote 2:[d][e] "},
      {"\"a\"b,c\nd,e\n", "1:[ab][c]!stray_quote 2:[d][e] "},
      {"a,\"open\nnever", "1:[a][open\nnever]!open_quote "},
      {"ok\n\xcf\xf0\xe8\nok\n", "1:[ok] 2:[\xcf\xf0\xe8]!not_utf8 3:[ok] "},
      {std::string("a\0b\nok\n", 7), "1:[" + std::string("a\0b", 3) + "]!not_utf8 2:[ok] "},
  };
  for (const auto& each : all) {
    for (const std::size_t chunk : {1, 2, 3, 1000}) EXPECT_EQ(shown(read(each.text, chunk)), each.rows) << each.text;
  }
}

TEST(csv, utf16_is_a_fault_of_every_row) {
  const std::string text(
      "\xff\xfe"
      "p\0h\0\n\0"
      "1\0\n\0",
      12);
  const auto rows = read(text, 1000);
  ASSERT_FALSE(rows.empty());
  for (const auto& row : rows) EXPECT_EQ(row.fault, csv_fault::not_utf8);
}

TEST(csv, a_line_past_the_bound_is_skipped_and_the_next_is_read) {
  const csv_options small{',', 100, 512};
  const std::string text = "head\n" + std::string(5000, 'x') + ",y\nnext,row\n";
  EXPECT_EQ(shown(read(text, 7, small)), "1:[head] 2:!line_too_long 3:[next][row] ");
}

TEST(csv, a_quote_that_never_closes_costs_the_bound_and_no_more) {
  const csv_options small{',', 50, 512};
  std::string text = "head\n\"open";
  for (int i = 0; i < 20; ++i) text += "\nrow" + std::to_string(i) + ",x";
  const auto rows = read(text, 11, small);
  ASSERT_GT(rows.size(), 10u);
  EXPECT_EQ(rows[1].fault, csv_fault::line_too_long);
  EXPECT_EQ(rows.back().fields[0], "row19");
  EXPECT_EQ(rows.back().line, 22);
}

TEST(csv, one_megabyte_is_the_bound_of_a_row) {
  std::string text = "a\n" + std::string((1 << 20) - 1, 'x') + "\n" + std::string((1 << 20) + 1, 'y') + "\nend\n";
  const auto rows = read(text, 65536);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_FALSE(rows[1].fault);
  EXPECT_EQ(rows[2].fault, csv_fault::line_too_long);
  EXPECT_EQ(rows[3].fields[0], "end");
  EXPECT_EQ(rows[3].line, 4);
}

TEST(csv, too_many_fields) {
  const csv_options few{',', 1 << 20, 3};
  EXPECT_EQ(shown(read("a,b,c\na,b,c,d,e\nx\n", 4, few)), "1:[a][b][c] 2:[a][b][c]!too_many_fields 3:[x] ");
}

TEST(csv, a_delimiter_that_was_named_is_kept) {
  const csv_options semicolon{';', 1 << 20, 512};
  EXPECT_EQ(shown(read("a,b,c;d\n", 4, semicolon)), "1:[a,b,c][d] ");
}

}  // namespace
}  // namespace vss::ottb
