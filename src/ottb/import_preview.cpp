#include "ottb/import_preview.hpp"

#include <cmath>
#include <set>

namespace vss::ottb {

namespace {

constexpr std::size_t most_rows_shown = 20;
constexpr std::size_t most_faults_shown = 50;
constexpr std::int64_t most_rows_judged = 2000;  // a few ms: nobody else is served meanwhile
constexpr std::size_t piece = 16 << 10;

std::string delimiter_name(char c) { return c == ';' ? "semicolon" : c == '\t' ? "tab" : c == '|' ? "pipe" : "comma"; }

struct look {
  look(const import_mapping& m, import_preview& to) : mapping(m), out(to) {}
  const import_mapping& mapping;
  import_preview& out;
  std::optional<import_plan> plan;
  bool begun = false;
  std::set<std::string> numbers;

  void found(const char* member, std::optional<std::size_t> column) {
    if (column) out.columns_found[member] = out.header[*column];
  }
  void header(const csv_row& row) {
    if (!row.fault) out.header = row.fields;
    auto made = plan_import(row, mapping);
    if (!made) {
      std::string why;
      for (const auto& each : made.error().problems) why += (why.empty() ? "" : "; ") + each.message;
      out.problem = why.empty() ? made.error().message : why;
      return;
    }
    plan = std::move(*made);
    found("phone", plan->phone);
    found("zone", plan->zone);
    found("consent", plan->consent);
    found("consent_source", plan->consent_source);
    found("consent_at", plan->consent_at);
    found("priority", plan->priority);
  }
  void take(csv_row row) {
    if (!std::exchange(begun, true)) return header(row);
    if (!row.fault && out.rows.size() < most_rows_shown) out.rows.push_back(row.fields);
    if (!plan || out.seen == most_rows_judged) return;
    ++out.seen;
    auto lead = read_row(*plan, row);
    if (!lead) {
      ++out.invalid;
      for (auto& each : lead.error()) {
        if (out.faults.size() < most_faults_shown)
          out.faults.push_back({each.line, std::move(each.column), std::move(each.code), std::move(each.words)});
      }
    } else if (!numbers.insert(lead->who.number.reveal()).second) {
      ++out.duplicates;
    } else {
      ++out.good;
      if (lead->zones.empty()) ++out.unknown_zone;
      if (lead->consent) ++out.with_consent;
    }
  }
};

}  // namespace

import_preview preview_import(std::string_view text, const import_mapping& mapping, char delimiter, bool cut) {
  import_preview out;
  look eye(mapping, out);
  csv_options options;
  options.delimiter = delimiter;
  csv_reader reader(options, [&eye](csv_row row) { eye.take(std::move(row)); });
  while (!text.empty() && out.seen < most_rows_judged) {
    const auto some = text.substr(0, piece);
    text.remove_prefix(some.size());
    reader.feed(some);
  }
  if (!cut && text.empty()) reader.finish();
  out.delimiter = delimiter_name(reader.delimiter());
  if (!eye.begun) out.problem = "there is no complete line";
  if (out.good > 0)
    out.unknown_zone_share =
        std::round(1e4 * static_cast<double>(out.unknown_zone) / static_cast<double>(out.good)) / 1e4;
  return out;
}

}  // namespace vss::ottb
