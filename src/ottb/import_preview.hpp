#pragma once
// What an import of this file would do, looked at over its first part: its columns, which of them are known, twenty
// rows as they stand, and how many numbers are good, wrong, twice or of an unknown zone. Pure; nothing is stored.
#include "base/dto.hpp"
#include "ottb/import_row.hpp"

namespace vss::ottb {

struct import_fault_view {
  std::int64_t line = 0;
  std::string column, code, words;
};
BOOST_DESCRIBE_STRUCT(import_fault_view, (), (line, column, code, words))

struct import_preview {
  std::string delimiter;  // comma, semicolon, tab, pipe
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;        // the first 20
  std::map<std::string, std::string> columns_found;  // phone, zone, consent, ...: the column's name
  std::int64_t seen = 0;                             // rows judged: at most the first 2,000
  std::int64_t good = 0, invalid = 0, duplicates = 0;
  std::int64_t unknown_zone = 0, with_consent = 0;  // of the good ones
  double unknown_zone_share = 0;
  std::vector<import_fault_view> faults;  // the first 50
  std::optional<std::string> problem;     // the mapping does not fit yet: nothing was counted
};
BOOST_DESCRIBE_STRUCT(import_preview, (),
                      (delimiter, header, rows, columns_found, seen, good, invalid, duplicates, unknown_zone,
                       with_consent, unknown_zone_share, faults, problem))

// `cut`: the text ends anywhere in the file; its last line is left out when it is not complete.
import_preview preview_import(std::string_view text, const import_mapping& mapping, char delimiter, bool cut);

}  // namespace vss::ottb
