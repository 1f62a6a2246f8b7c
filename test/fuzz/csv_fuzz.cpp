// libFuzzer target: any bytes as an import file, in chunks that the first byte chooses. No crash, and no row past its
// bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "ottb/csv.hpp"
#include "ottb/import_row.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t chunk = 1 + bytes[0] % 64;
  const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  std::optional<vss::ottb::import_plan> plan;
  std::int64_t last_line = 0;
  vss::ottb::csv_options bounds;
  bounds.line_bytes = 4096;
  bounds.fields = 32;
  vss::ottb::csv_reader reader(bounds, [&](vss::ottb::csv_row row) {
    std::size_t length = 0;
    for (const auto& field : row.fields) length += field.size();
    if (length > bounds.line_bytes || row.fields.size() > bounds.fields || row.line <= last_line) std::abort();
    last_line = row.line;
    if (!plan) {
      auto made = vss::ottb::plan_import(row, {});
      if (made) plan = std::move(*made);
      return;
    }
    const auto lead = vss::ottb::read_row(*plan, row);
    if (lead && (row.fault || lead->who.number.empty())) std::abort();
    if (!lead && lead.error().empty()) std::abort();
  });
  for (std::size_t at = 0; at < text.size(); at += chunk) reader.feed(text.substr(at, chunk));
  reader.finish();
  return 0;
}
