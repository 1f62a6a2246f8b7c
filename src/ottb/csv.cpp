#include "ottb/csv.hpp"

#include <algorithm>
#include <array>

#include "base/json_text.hpp"

namespace vss::ottb {

namespace {

// How much of the file is looked at before the delimiter is decided.
constexpr std::size_t head_bytes = 64 << 10;

char best_delimiter(std::string_view head) {
  constexpr std::array<char, 4> known{',', ';', '\t', '|'};
  std::array<std::size_t, 4> seen{};
  bool quoted = false;
  for (const char c : head) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const auto found = std::find(known.begin(), known.end(), c);
    if (found != known.end()) ++seen[static_cast<std::size_t>(found - known.begin())];
  }
  return known[static_cast<std::size_t>(std::max_element(seen.begin(), seen.end()) - seen.begin())];
}

}  // namespace

const char* name(csv_fault why) {
  static constexpr const char* names[] = {"line_too_long", "too_many_fields", "stray_quote", "open_quote", "not_utf8"};
  return names[static_cast<std::size_t>(why)];
}

const char* words(csv_fault why) {
  static constexpr const char* all[] = {
      "the row is too long, or a quote was never closed",
      "the row has too many fields",
      "a quote stands where none may be (RFC 4180)",
      "the file ends inside quotes",
      "the text is not UTF-8",
  };
  return all[static_cast<std::size_t>(why)];
}

csv_reader::csv_reader(csv_options options, row_fn row) : options_(options), row_(std::move(row)) { current_.line = 1; }

void csv_reader::feed(std::string_view chunk) {
  if (begun_) return run(chunk);
  head_.append(chunk);
  if (head_.size() >= head_bytes || head_.find_first_of("\r\n") != std::string::npos) first_bytes(false);
}

void csv_reader::first_bytes(bool last) {
  if (!last && head_.size() < 3) return;  // a BOM may still be cut
  begun_ = true;
  std::string_view text = head_;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (options_.delimiter == 0) options_.delimiter = best_delimiter(text);
  run(text);
  head_.clear();
  head_.shrink_to_fit();
}

void csv_reader::run(std::string_view text) {
  for (const char c : text) take(c);
}

void csv_reader::finish() {
  if (!begun_) first_bytes(true);
  if (place_ == place::quoted) mark(csv_fault::open_quote);
  if (any_ || !current_.fields.empty()) end_row();
}

void csv_reader::mark(csv_fault why) {
  if (!current_.fault) current_.fault = why;
}

void csv_reader::take(char c) {
  const bool newline = c == '\n' || c == '\r';
  if (c == '\n' && after_cr_) {  // the second half of CRLF: the line was ended by its first
    after_cr_ = false;
    if (place_ == place::quoted) field_ += c;
    return;
  }
  after_cr_ = c == '\r';
  if (newline) ++line_;
  if (newline && place_ != place::quoted) return end_row();
  any_ = true;
  if (++bytes_ > options_.line_bytes && place_ != place::skipping) {
    mark(csv_fault::line_too_long);
    field_.clear();
    place_ = place::skipping;
  }
  switch (place_) {
    case place::skipping:
      return;
    case place::field_start:
      if (c == '"') {
        place_ = place::quoted;
        return;
      }
      place_ = place::plain;
      [[fallthrough]];
    case place::plain:
      if (c == options_.delimiter) return end_field();
      if (c == '"') mark(csv_fault::stray_quote);
      field_ += c;
      return;
    case place::quoted:
      if (c == '"')
        place_ = place::quote_in_quoted;
      else
        field_ += c;
      return;
    case place::quote_in_quoted:
      if (c == options_.delimiter) return end_field();
      if (c == '"') {
        place_ = place::quoted;
      } else {
        mark(csv_fault::stray_quote);
        place_ = place::plain;
      }
      field_ += c;
      return;
  }
}

void csv_reader::end_field() {
  if (current_.fields.size() >= options_.fields)
    mark(csv_fault::too_many_fields);
  else
    current_.fields.push_back(std::move(field_));
  field_.clear();
  place_ = place::field_start;
}

void csv_reader::end_row() {
  const bool skipped = place_ == place::skipping;
  const bool blank = !any_ && current_.fields.empty();
  if (!blank) {
    if (!skipped) end_field();
    for (const auto& field : current_.fields) {
      if (!is_utf8(field) || field.find('\0') != std::string::npos) mark(csv_fault::not_utf8);
    }
    row_(std::move(current_));
  }
  current_ = csv_row{line_, {}, std::nullopt};
  field_.clear();
  place_ = place::field_start;
  bytes_ = 0;
  any_ = false;
}

}  // namespace vss::ottb
