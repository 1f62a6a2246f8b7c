#include "net/ws_handshake.hpp"

#include <openssl/evp.h>

#include <array>

#include "net/http_wire.hpp"

namespace vss::net {

std::string ws_accept(std::string_view key) {
  std::string text(key);
  text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr);
  std::array<unsigned char, 64> out{};
  const int size = EVP_EncodeBlock(out.data(), digest.data(), static_cast<int>(length));
  return {reinterpret_cast<const char*>(out.data()), static_cast<std::size_t>(size)};
}

std::optional<http_fault> upgrade_fault(const http_request& request) {
  const auto& headers = request.headers;
  if (request.method != "GET" || !request.body.empty()) return http_fault{400, "a WebSocket begins with GET"};
  if (!lists_token(headers.get("upgrade"), "websocket")) return http_fault{426, "only upgrade to websocket"};
  if (headers.get("sec-websocket-version") != "13") return http_fault{426, "only WebSocket version 13"};
  const auto key = headers.get("sec-websocket-key");
  if (key.size() != 24 || !key.ends_with("==")) return http_fault{400, "the sec-websocket-key is not 16 bytes"};
  return std::nullopt;
}

std::string upgrade_answer(const http_request& request, const std::string& subprotocol) {
  std::string out = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n";
  out += "sec-websocket-accept: " + ws_accept(request.headers.get("sec-websocket-key")) + "\r\n";
  const bool offered = lists_token(request.headers.get("sec-websocket-protocol"), subprotocol);
  if (!subprotocol.empty() && offered) out += "sec-websocket-protocol: " + subprotocol + "\r\n";
  return out + "\r\n";
}

std::string upgrade_request(std::string_view target, std::string_view host, std::string_view key,
                            const http_headers& headers) {
  http_headers all = headers;
  all.set("upgrade", "websocket");
  all.set("connection", "Upgrade");
  all.set("sec-websocket-version", "13");
  all.set("sec-websocket-key", std::string(key));
  std::string out;
  write_request(out, "GET", target, host, all, "");
  return out;
}

result<void> upgrade_accepted(const http_response& answer, std::string_view key) {
  if (answer.status != 101) {
    const auto kind = answer.status == 401   ? errc::unauthorized
                      : answer.status == 403 ? errc::forbidden
                      : answer.status == 404 ? errc::not_found
                      : answer.status == 409 ? errc::conflict
                      : answer.status == 429 ? errc::too_many
                                             : errc::unavailable;
    return fail(kind,
                "the WebSocket was refused with " + std::to_string(answer.status) + ": " + answer.body.substr(0, 500));
  }
  if (answer.headers.get("sec-websocket-accept") != ws_accept(key)) {
    return fail(errc::unavailable, "the peer does not speak WebSocket");
  }
  return {};
}

}  // namespace vss::net
