#include "archont/rtp_stream.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>

namespace vss::archont {
namespace {

constexpr std::string_view event_digits = "0123456789*#ABCD";
constexpr int event_packets = 5;  // 100 ms, then the end three times
constexpr int end_packets = 3;
constexpr int gap_packets = 3;  // 60 ms of the usual audio between digits
// RFC 3550 A.1: a number farther away is not a loss, the sender began anew.
constexpr int farthest_ahead = 3000;
constexpr int farthest_behind = 100;
constexpr std::uint32_t samples = 160;

using frame = std::array<std::uint8_t, samples>;

// 400 Hz at about -40 dBm0: 20 samples a period, so 160 samples join without a click.
frame tone_frame(bool alaw) {
  frame out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto sample =
        static_cast<std::int16_t>(std::lround(300.0 * std::sin(2 * std::numbers::pi * static_cast<double>(i) / 20.0)));
    out[i] = alaw ? to_alaw(sample) : to_ulaw(sample);
  }
  return out;
}

const frame& frame_of(audio_source source, bool alaw) {
  static const frame tones[2] = {tone_frame(false), tone_frame(true)};
  static const frame silences[2] = {[] {
                                      frame f;
                                      f.fill(0xff);
                                      return f;
                                    }(),
                                    [] {
                                      frame f;
                                      f.fill(0xd5);
                                      return f;
                                    }()};
  return source == audio_source::tone ? tones[alaw] : silences[alaw];
}

std::uint32_t read32(std::span<const std::uint8_t> from) {
  return static_cast<std::uint32_t>(from[0] << 24 | from[1] << 16 | from[2] << 8 | from[3]);
}
void write16(std::uint8_t* to, std::uint32_t value) {
  to[0] = static_cast<std::uint8_t>(value >> 8);
  to[1] = static_cast<std::uint8_t>(value);
}
void write32(std::uint8_t* to, std::uint32_t value) {
  write16(to, value >> 16);
  write16(to + 2, value & 0xffff);
}

}  // namespace

std::uint8_t to_alaw(std::int16_t sample) {
  int magnitude = sample >> 3;
  const int mask = magnitude >= 0 ? 0xd5 : 0x55;
  if (magnitude < 0) magnitude = -magnitude - 1;
  int segment = 0;
  for (int end = 0x1f; segment < 8 && magnitude > end; ++segment) end = end << 1 | 1;
  if (segment >= 8) return static_cast<std::uint8_t>(0x7f ^ mask);
  const int step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
  return static_cast<std::uint8_t>(((segment << 4) | (step & 0x0f)) ^ mask);
}

std::uint8_t to_ulaw(std::int16_t sample) {
  int magnitude = sample >> 2;
  const int mask = magnitude < 0 ? 0x7f : 0xff;
  if (magnitude < 0) magnitude = -magnitude;
  magnitude = std::min(magnitude, 8159) + 33;
  int segment = 0;
  for (int end = 0x3f; segment < 8 && magnitude > end; ++segment) end = end << 1 | 1;
  if (segment >= 8) return static_cast<std::uint8_t>(0x7f ^ mask);
  return static_cast<std::uint8_t>(((segment << 4) | ((magnitude >> (segment + 1)) & 0x0f)) ^ mask);
}

rtp_stream::rtp_stream(std::uint32_t ssrc, std::uint16_t first_sequence, audio_source source)
    : ssrc_(ssrc), sequence_(first_sequence), source_(source), stamp_(ssrc * 2654435761U) {}

void rtp_stream::use(int payload_type, int event_type) {
  payload_type_ = payload_type;
  event_type_ = event_type;
}

void rtp_stream::head(packet& out, int type, bool marker, std::uint32_t stamp) {
  out[0] = 0x80;
  out[1] = static_cast<std::uint8_t>(type | (marker ? 0x80 : 0));
  write16(&out[2], sequence_++);
  write32(&out[4], stamp);
  write32(&out[8], ssrc_);
  ++sent_;
}

std::size_t rtp_stream::next(packet& out) {
  stamp_ += samples;
  if (event_left_ == 0 && gap_left_ == 0 && !digits_.empty() && event_type_ != 0) {
    event_code_ = static_cast<int>(event_digits.find(digits_.front()));
    digits_sent_ += digits_.front();
    digits_.pop_front();
    event_left_ = event_packets + end_packets;
    event_stamp_ = stamp_;
  }
  if (event_left_ > 0) return event_packet(out);
  if (gap_left_ > 0) --gap_left_;
  head(out, payload_type_, !std::exchange(talked_, true), stamp_);
  const auto& audio = frame_of(source_, payload_type_ == 8);
  std::memcpy(&out[12], audio.data(), audio.size());
  return packet_bytes;
}

std::size_t rtp_stream::event_packet(packet& out) {
  const int done = event_packets + end_packets - event_left_;
  const bool end = done >= event_packets;
  head(out, event_type_, done == 0, event_stamp_);
  out[12] = static_cast<std::uint8_t>(event_code_);
  out[13] = static_cast<std::uint8_t>((end ? 0x80 : 0) | 10);
  write16(&out[14], static_cast<std::uint32_t>(std::min(done + 1, event_packets)) * samples);
  if (--event_left_ == 0) gap_left_ = gap_packets;
  return 16;
}

void rtp_stream::send_digits(const std::string& digits) {
  for (const char digit : digits) {
    if (event_digits.find(digit) != std::string_view::npos && digits_.size() < 64) digits_.push_back(digit);
  }
}

void rtp_stream::count(std::uint32_t ssrc, std::uint16_t sequence) {
  ++received_;
  // Nearest extension of the 16-bit number; an older one was late or came twice.
  const auto step = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest_));
  if (!heard_ || ssrc != peer_ssrc_ || step > farthest_ahead || step < -farthest_behind) {
    if (heard_) expected_before_ += highest_ - first_ + 1;
    heard_ = true;
    peer_ssrc_ = ssrc;
    first_ = highest_ = 0x10000U + sequence;
    return;
  }
  if (step > 0)
    highest_ += static_cast<std::uint32_t>(step);
  else
    first_ = std::min(first_, highest_ + static_cast<std::uint32_t>(static_cast<std::int32_t>(step)));
}

char rtp_stream::receive(std::span<const std::uint8_t> datagram) {
  if (datagram.size() < 12 || (datagram[0] & 0xc0) != 0x80) return 0;
  const int type = datagram[1] & 0x7f;
  if (type >= 72 && type <= 76) return 0;  // RTCP
  std::size_t at = 12 + 4 * static_cast<std::size_t>(datagram[0] & 0x0f);
  if ((datagram[0] & 0x10) != 0) {
    if (datagram.size() < at + 4) return 0;
    at += 4 + 4 * static_cast<std::size_t>(datagram[at + 2] << 8 | datagram[at + 3]);
  }
  if (datagram.size() < at) return 0;
  count(read32(datagram.subspan(8)), static_cast<std::uint16_t>(datagram[2] << 8 | datagram[3]));
  if (type != event_type_ || event_type_ == 0 || datagram.size() < at + 4) return 0;
  const auto stamp = read32(datagram.subspan(4));
  if (datagram[at] >= event_digits.size()) return 0;
  if (!event_known_ || stamp != peer_event_stamp_) {
    event_known_ = event_open_ = true;
    peer_event_stamp_ = stamp;
  }
  const bool end = (datagram[at + 1] & 0x80) != 0;
  if (!end || !event_open_) return 0;
  event_open_ = false;
  digits_received_ += event_digits[datagram[at]];
  return event_digits[datagram[at]];
}

rtp_counters rtp_stream::counters() const {
  const auto expected = expected_before_ + (heard_ ? static_cast<std::int64_t>(highest_ - first_) + 1 : 0);
  return {sent_, received_, std::max<std::int64_t>(0, expected - received_)};
}

}  // namespace vss::archont
