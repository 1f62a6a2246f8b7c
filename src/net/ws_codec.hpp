#pragma once
// WebSocket frames (RFC 6455) without I/O: encoding, and a decoder that yields whole messages. The decoder refuses what
// the RFC forbids: reserved bits and opcodes, wrong masks, long or fragmented control frames, non-minimal lengths, bad
// UTF-8 in text, close codes that may not travel, messages beyond the limit.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vss::net {

enum class ws_role : std::uint8_t { server, client };
enum class ws_op : std::uint8_t { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };
using ws_mask = std::array<std::uint8_t, 4>;

// Appends one frame. Clients give a mask, servers none.
void ws_encode(std::string& out, ws_op op, std::string_view payload, const std::optional<ws_mask>& mask,
               bool fin = true);
std::string ws_close_payload(int code, std::string_view reason);  // the reason is cut to 123 bytes
bool ws_close_code_ok(int code);                                  // may it travel in a frame (section 7.4)

struct ws_event {
  enum class kind : std::uint8_t { none, message, ping, pong, close, fault };
  kind what = kind::none;
  std::string payload{};  // the message, the ping's payload, or the reason of close and fault
  int code = 0;           // of close (1005 when it had none) and of fault (1002, 1007, 1009)
};

class ws_decoder {
 public:
  ws_decoder(ws_role ours, std::size_t limit) : ours_(ours), limit_(limit) {}
  void feed(std::string_view bytes) {
    if (!over_) bytes_.append(bytes);
  }
  // The next event; `none`: more bytes are needed. After a fault or a close nothing more comes.
  ws_event next();
  bool idle() const { return bytes_.empty() && message_.empty(); }

 private:
  struct frame {
    bool fin = false;
    ws_op op{};
    std::size_t head = 0;
    std::uint64_t length = 0;
    ws_mask mask{};
  };
  ws_event fault(int code, const char* why);
  std::optional<ws_event> frame_fault(const frame& f, std::uint8_t first, bool masked, int short_length);
  ws_event control(ws_op op, std::string payload);
  ws_event content(const frame& f, std::string payload);
  void drop(std::size_t bytes);

  ws_role ours_;
  std::size_t limit_;
  std::string bytes_{};
  std::size_t at_ = 0;
  std::string message_{};
  std::optional<ws_op> fragmented_{};
  bool over_ = false;
};

}  // namespace vss::net
