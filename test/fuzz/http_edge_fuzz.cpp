// The HTTP reader: no crash on any bytes, and every way of cutting the same bytes reads the same message.
#include <cstdint>
#include <cstdlib>

#include "net/http_parse.hpp"
#include "net/http_wire.hpp"
#include "net/ws_handshake.hpp"

using namespace vss::net;

namespace {

struct outcome {
  bool done = false;
  int status = 0;
  std::string head{};
  std::string body{};
  std::size_t used = 0;
};

outcome read(std::string_view bytes, std::size_t step, http_reader::kind kind) {
  http_reader reader(kind, 4096);
  outcome out;
  while (out.used < bytes.size() && !reader.done() && !reader.fault()) {
    std::string_view piece = bytes.substr(out.used, step);
    while (!piece.empty() && !reader.done() && !reader.fault()) {
      const auto used = reader.feed(piece);
      if (used > piece.size()) std::abort();
      piece.remove_prefix(used);
      out.used += used;
    }
  }
  out.done = reader.done() && !reader.fault();
  if (reader.fault()) out.status = reader.fault()->status;
  if (!out.done) return out;
  const auto& request = reader.request();
  out.body = kind == http_reader::kind::request ? request.body : reader.response().body;
  out.head = request.method + " " + request.target + " " + request.path;
  for (const auto& [name, value] : request.headers.all) out.head += "\n" + name + ":" + value;
  if (kind == http_reader::kind::request) upgrade_fault(request);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto kind = data[0] % 2 == 0 ? http_reader::kind::request : http_reader::kind::response;
  const std::size_t step = 1 + data[1] % 32;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto whole = read(bytes, bytes.size(), kind);
  const auto pieces = read(bytes, step, kind);
  // A refusal may come a little later when the bytes come slowly, but what is accepted is the same.
  if (whole.done != pieces.done) std::abort();
  if (whole.done && (whole.head != pieces.head || whole.body != pieces.body || whole.used != pieces.used)) std::abort();
  if (whole.body.size() > 4096) std::abort();
  read_url(bytes.substr(0, 200));
  http_request request;
  if (!read_target(bytes.substr(0, 500), request) && request.path.find('\0') != std::string::npos) {
    if (bytes.substr(0, 500).find('\0') == std::string_view::npos) std::abort();
  }
  return 0;
}
