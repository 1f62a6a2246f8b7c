#pragma once
// From a row of a file to a lead: the header is mapped once, then each row either becomes a lead or says what is wrong
// with it, column by column. Pure. Faults never quote a value: the file holds telephone numbers.
#include <boost/json/object.hpp>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "ottb/csv.hpp"
#include "ottb/phone.hpp"

namespace vss::ottb {

// Column names as they stand in the header; an empty one is looked for under its usual names (English and Russian).
struct import_mapping {
  std::string phone, zone, consent, consent_source, consent_at, priority;
  std::string region;  // ISO country of numbers in national format
  std::optional<std::string> zone_default{};
  std::optional<std::string> consent_all{};        // consent is asserted for the whole file; the text is its source
  std::optional<std::vector<std::string>> keep{};  // further columns to keep, sealed; empty: every other column
};

struct import_plan {
  std::size_t columns = 0;
  std::size_t phone = 0;
  std::optional<std::size_t> zone, consent, consent_source, consent_at, priority;
  std::vector<std::pair<std::size_t, std::string>> keep;
  std::string region;
  std::optional<std::string> zone_default, consent_all;
};

struct import_fault {
  std::int64_t line = 0;
  std::string column;
  std::string code;
  std::string words;
};

struct lead_row {
  std::int64_t line = 0;
  phone who;
  std::string zone;  // from the column, "" without
  std::vector<std::string> zones;
  bool consent = false;
  std::string consent_source;
  std::optional<instant> consent_at;
  int priority = 0;
  boost::json::object attributes;
};

// invalid: by pointer /mapping/<name> or /header.
result<import_plan> plan_import(const csv_row& header, const import_mapping& mapping);
std::expected<lead_row, std::vector<import_fault>> read_row(const import_plan& plan, const csv_row& row);

// One line of the errors file (RFC 4180, CRLF): line,column,code,message.
std::string csv_line(const import_fault& fault);

}  // namespace vss::ottb
