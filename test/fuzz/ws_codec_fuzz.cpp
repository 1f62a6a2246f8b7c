// The frame decoder: no crash, no message beyond the limit, no bad text, and the same events however the bytes are cut.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "base/json_text.hpp"
#include "net/ws_codec.hpp"

using namespace vss::net;

namespace {

constexpr std::size_t limit = 3000;

std::vector<std::string> events(std::string_view bytes, std::size_t step, ws_role role) {
  ws_decoder decoder(role, limit);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    decoder.feed(bytes.substr(at, step));
    for (auto event = decoder.next(); event.what != ws_event::kind::none; event = decoder.next()) {
      if (event.payload.size() > limit) std::abort();
      if (event.what == ws_event::kind::close && event.code != 1005 && !ws_close_code_ok(event.code)) std::abort();
      out.push_back(std::to_string(static_cast<int>(event.what)) + " " + std::to_string(event.code) + " " +
                    event.payload);
    }
  }
  return out;
}

// What we encode, we decode.
void round_trip(std::string_view payload, bool client) {
  std::string wire;
  const std::optional<ws_mask> mask = client ? std::optional<ws_mask>(ws_mask{1, 2, 3, 4}) : std::nullopt;
  ws_encode(wire, ws_op::binary, payload, mask);
  ws_decoder decoder(client ? ws_role::server : ws_role::client, payload.size());
  decoder.feed(wire);
  const auto event = decoder.next();
  if (event.what != ws_event::kind::message || event.payload != payload) std::abort();
  if (!vss::is_utf8(std::string_view(ws_close_payload(1000, payload)).substr(2))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto role = data[0] % 2 == 0 ? ws_role::server : ws_role::client;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (bytes.empty()) return 0;
  if (events(bytes, bytes.size(), role) != events(bytes, 1 + data[1] % 16, role)) std::abort();
  round_trip(bytes, role == ws_role::server);
  return 0;
}
