// The edge's control connection and its RPC answers: any bytes, however they are cut, give the same strings; a string
// that is JSON becomes an event with its fields in range. The first byte chooses the cut.
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <cstdlib>

#include "base/dto_read.hpp"
#include "net/netstring.hpp"
#include "ottb/pbx_event.hpp"

namespace {

constexpr std::size_t bound = 4096;

struct heard {
  std::vector<std::string> texts;
  bool broken = false;
};

heard read(std::string_view bytes, std::size_t step) {
  vss::net::netstring_reader reader(bound);
  heard out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(bytes.substr(at, step));
    while (auto text = reader.next()) {
      if (text->size() > bound) std::abort();
      out.texts.push_back(std::move(*text));
    }
  }
  out.broken = reader.broken();
  return out;
}

void understand(std::string_view text) {
  const auto value = vss::dto::parse_json(text);
  if (!value) return;
  for (const auto& dialog : vss::ottb::dialogs_of(*value)) {
    if (!dialog.contains("h_entry")) std::abort();
  }
  if (!value->is_object()) return;
  const auto event = vss::ottb::from_edge(value->get_object());
  if (event.type.empty() && (event.trunk != 0 || event.saw != 0)) std::abort();
  vss::ottb::from_ari(value->get_object());
  vss::ottb::from_channel(value->get_object());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto whole = read(bytes, bytes.size());
  const auto pieces = read(bytes, 1 + data[0] % 16);
  if (whole.texts != pieces.texts || whole.broken != pieces.broken) std::abort();
  for (const auto& text : whole.texts) understand(text);
  understand(bytes);
  // What we write, we read.
  const auto echo = read(vss::net::netstring(bytes.substr(0, bound)), 7);
  if (echo.broken || echo.texts.size() != 1 || echo.texts[0] != bytes.substr(0, bound)) std::abort();
  return 0;
}
