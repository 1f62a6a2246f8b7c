#include "net/ws_codec.hpp"

#include <utility>

#include "base/json_text.hpp"

namespace vss::net {
namespace {

constexpr bool is_control(ws_op op) { return (static_cast<int>(op) & 8) != 0; }

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

void unmask(std::string& payload, const ws_mask& mask) {
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ mask[i & 3]);
}

}  // namespace

void ws_encode(std::string& out, ws_op op, std::string_view payload, const std::optional<ws_mask>& mask, bool fin) {
  out += static_cast<char>((fin ? 0x80 : 0) | static_cast<int>(op));
  const auto bit = static_cast<std::uint8_t>(mask ? 0x80 : 0);
  const std::uint64_t size = payload.size();
  const int extra = size < 126 ? 0 : size < 65536 ? 2 : 8;
  out += static_cast<char>(bit | (extra == 0 ? size : extra == 2 ? 126 : 127));
  for (int shift = extra * 8 - 8; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  if (!mask) {
    out.append(payload);
    return;
  }
  for (const auto byte : *mask) out += static_cast<char>(byte);
  const auto start = out.size();
  out.append(payload);
  for (std::size_t i = 0; i < payload.size(); ++i) out[start + i] = static_cast<char>(out[start + i] ^ (*mask)[i & 3]);
}

std::string ws_close_payload(int code, std::string_view reason) {
  if (code == 1005 || code == 0) return {};
  std::string out{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  reason = reason.substr(0, 123);
  while (!is_utf8(reason)) reason.remove_suffix(1);
  return out.append(reason);
}

bool ws_close_code_ok(int code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

ws_event ws_decoder::fault(int code, const char* why) {
  over_ = true;
  bytes_ = {};
  message_ = {};
  return {ws_event::kind::fault, why, code};
}

std::optional<ws_event> ws_decoder::frame_fault(const frame& f, std::uint8_t first, bool masked, int short_length) {
  if ((first & 0x70) != 0) return fault(1002, "a reserved bit is set");
  const int op = static_cast<int>(f.op);
  if ((op > 2 && op < 8) || op > 10) return fault(1002, "an unknown opcode");
  if (masked != (ours_ == ws_role::server))
    return fault(1002, masked ? "a server must not mask" : "a client must mask");
  if (is_control(f.op)) {
    if (!f.fin) return fault(1002, "a fragmented control frame");
    if (short_length > 125) return fault(1002, "a control frame is too long");
    return std::nullopt;
  }
  if ((f.op == ws_op::more) != fragmented_.has_value()) return fault(1002, "fragments out of order");
  if (f.length >> 63 != 0 || (short_length == 126 && f.length < 126) || (short_length == 127 && f.length < 65536)) {
    return fault(1002, "a length is not minimal");
  }
  if (f.length > limit_ - message_.size()) return fault(1009, "the message is too large");
  return std::nullopt;
}

ws_event ws_decoder::control(ws_op op, std::string payload) {
  if (op == ws_op::ping) return {ws_event::kind::ping, std::move(payload)};
  if (op == ws_op::pong) return {ws_event::kind::pong, std::move(payload)};
  if (payload.size() == 1) return fault(1002, "a close frame of one byte");
  const int code = payload.empty() ? 1005 : static_cast<int>(big_endian(std::string_view(payload).substr(0, 2)));
  if (!payload.empty()) {
    payload.erase(0, 2);
    if (!ws_close_code_ok(code)) return fault(1002, "a close code that may not travel");
    if (!is_utf8(payload)) return fault(1007, "a close reason is not UTF-8");
  }
  over_ = true;
  return {ws_event::kind::close, std::move(payload), code};
}

ws_event ws_decoder::content(const frame& f, std::string payload) {
  const auto kind = f.op == ws_op::more ? *fragmented_ : f.op;
  if (f.op != ws_op::more && f.fin)
    message_ = std::move(payload);
  else
    message_ += payload;
  if (!f.fin) {
    fragmented_ = kind;
    return {};
  }
  fragmented_.reset();
  std::string whole = std::exchange(message_, {});
  if (kind == ws_op::text && !is_utf8(whole)) return fault(1007, "text is not UTF-8");
  return {ws_event::kind::message, std::move(whole)};
}

// What was read is dropped in one go when all of it is used; an idle connection keeps no buffer.
void ws_decoder::drop(std::size_t bytes) {
  at_ += bytes;
  if (at_ < bytes_.size() && at_ < 65536) return;
  std::string(bytes_, at_).swap(bytes_);
  at_ = 0;
}

ws_event ws_decoder::next() {
  while (!over_) {
    const auto rest = std::string_view(bytes_).substr(at_);
    if (rest.size() < 2) break;
    const auto first = static_cast<std::uint8_t>(rest[0]);
    const auto second = static_cast<std::uint8_t>(rest[1]);
    const bool masked = (second & 0x80) != 0;
    const int short_length = second & 0x7f;
    const std::size_t extra = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
    frame f{(first & 0x80) != 0, static_cast<ws_op>(first & 0x0f), 2 + extra + (masked ? 4U : 0U), 0, {}};
    if (rest.size() < f.head) break;
    f.length = extra == 0 ? static_cast<std::uint64_t>(short_length) : big_endian(rest.substr(2, extra));
    if (auto wrong = frame_fault(f, first, masked, short_length)) return std::move(*wrong);
    if (rest.size() - f.head < f.length) break;
    std::string payload(rest.substr(f.head, f.length));
    if (masked) {
      for (std::size_t i = 0; i < 4; ++i) f.mask[i] = static_cast<std::uint8_t>(rest[2 + extra + i]);
      unmask(payload, f.mask);
    }
    drop(f.head + f.length);
    auto event = is_control(f.op) ? control(f.op, std::move(payload)) : content(f, std::move(payload));
    if (event.what != ws_event::kind::none) return event;
  }
  return {};
}

}  // namespace vss::net
