#pragma once
// RFC 4180 read as a stream: rows leave as soon as they are complete, whatever the size of the chunks that come in. A
// bad row is a row with a fault, never an end of the file: the reader finds the next line and goes on. Pure.
//   BOM of UTF-8 skipped; UTF-16 is a fault of the file. CRLF, LF and CR end lines. Quotes by RFC 4180. Bounds below.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vss::ottb {

enum class csv_fault : std::uint8_t {
  line_too_long,    // the row is longer than the bound; it is skipped to the end of its line
  too_many_fields,  // more fields than the bound
  stray_quote,      // text after a closing quote, or a quote inside an unquoted field
  open_quote,       // the file ended inside quotes
  not_utf8,         // another encoding (windows-1251, UTF-16) or a NUL
};
const char* name(csv_fault why);
const char* words(csv_fault why);

struct csv_row {
  std::int64_t line = 0;  // of its first character, 1-based
  std::vector<std::string> fields;
  std::optional<csv_fault> fault{};  // then `fields` are what was understood
};

struct csv_options {
  char delimiter = 0;  // 0: the one of , ; tab | that the first line has most of
  std::size_t line_bytes = 1 << 20;
  std::size_t fields = 512;
};

class csv_reader {
 public:
  using row_fn = std::function<void(csv_row)>;
  csv_reader(csv_options options, row_fn row);

  void feed(std::string_view chunk);
  void finish();  // the last line may have no line end
  std::int64_t line() const { return line_; }
  char delimiter() const { return options_.delimiter; }  // 0 while it is not known

 private:
  enum class place : std::uint8_t { field_start, plain, quoted, quote_in_quoted, skipping };
  void take(char c);
  void end_field();
  void end_row();
  void mark(csv_fault why);
  void first_bytes(bool last);
  void run(std::string_view text);

  csv_options options_;
  row_fn row_;
  std::string head_;  // held back until the delimiter and the BOM are known
  bool begun_ = false;
  bool after_cr_ = false;
  place place_ = place::field_start;
  csv_row current_;
  std::string field_;
  std::size_t bytes_ = 0;
  bool any_ = false;  // the row has a character
  std::int64_t line_ = 1;
};

}  // namespace vss::ottb
