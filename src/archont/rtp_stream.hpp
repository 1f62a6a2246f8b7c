#pragma once
// One call's audio as packets, without sockets (RFC 3550, RFC 3551, RFC 4733): G.711 frames of 20 ms from a tone or
// silence, digits as telephone events, counters of what came and what was lost. Pure: time comes in, bytes go out.
#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>

namespace vss::archont {

struct rtp_counters {
  std::int64_t sent = 0;
  std::int64_t received = 0;
  std::int64_t lost = 0;  // by sequence numbers, never below 0
};

enum class audio_source : std::uint8_t { tone, silence };

class rtp_stream {
 public:
  static constexpr std::size_t packet_bytes = 172;  // header and 160 samples
  using packet = std::array<std::uint8_t, packet_bytes>;

  rtp_stream(std::uint32_t ssrc, std::uint16_t first_sequence, audio_source source);
  // As negotiated: 8 PCMA or 0 PCMU, and the payload type of telephone-event (0: none).
  void use(int payload_type, int event_type);

  // The packet for this 20 ms; answers its length.
  std::size_t next(packet& out);
  void send_digits(const std::string& digits);  // 0-9 * # A-D, 100 ms each with 60 ms between
  bool sending_digits() const { return !digits_.empty() || event_left_ > 0 || gap_left_ > 0; }

  // A datagram from the peer. Answers the digit that it completed, or 0. Garbage is counted nowhere.
  char receive(std::span<const std::uint8_t> datagram);

  rtp_counters counters() const;
  const std::string& digits_sent() const { return digits_sent_; }
  const std::string& digits_received() const { return digits_received_; }

 private:
  void head(packet& out, int type, bool marker, std::uint32_t stamp);
  std::size_t event_packet(packet& out);
  void count(std::uint32_t ssrc, std::uint16_t sequence);

  std::uint32_t ssrc_;
  std::uint16_t sequence_;
  audio_source source_;
  int payload_type_ = 8;
  int event_type_ = 101;
  std::uint32_t stamp_ = 0;
  bool talked_ = false;

  std::deque<char> digits_;
  int event_left_ = 0;  // packets of the current digit that are still to go
  int gap_left_ = 0;
  std::uint32_t event_stamp_ = 0;
  int event_code_ = 0;
  std::string digits_sent_;

  std::int64_t sent_ = 0, received_ = 0;
  std::int64_t expected_before_ = 0;  // of earlier sources
  std::uint32_t peer_ssrc_ = 0;
  bool heard_ = false;
  std::uint32_t first_ = 0, highest_ = 0;  // extended sequence numbers
  bool event_open_ = false;
  std::uint32_t peer_event_stamp_ = 0;
  bool event_known_ = false;
  std::string digits_received_;
};

// PCM to G.711 (ITU-T), one sample.
std::uint8_t to_alaw(std::int16_t sample);
std::uint8_t to_ulaw(std::int16_t sample);

}  // namespace vss::archont
