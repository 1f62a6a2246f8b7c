#include "archont/rtp_stream.hpp"

#include <gtest/gtest.h>

#include <vector>

using namespace vss::archont;

namespace {

struct pair_of_streams {
  rtp_stream a{1, 65530, audio_source::tone};
  rtp_stream b{2, 10, audio_source::silence};

  // One packet from a to b; answers the digit that b heard.
  char pass(bool lost = false) {
    rtp_stream::packet packet;
    const auto size = a.next(packet);
    return lost ? 0 : b.receive(std::span(packet).first(size));
  }
};

}  // namespace

TEST(rtp_stream, frames_are_172_bytes_and_the_first_is_marked) {
  rtp_stream s(7, 1, audio_source::tone);
  rtp_stream::packet first, second;
  EXPECT_EQ(s.next(first), 172U);
  EXPECT_EQ(first[0], 0x80);
  EXPECT_EQ(first[1], 0x80 | 8);
  EXPECT_EQ(s.next(second), 172U);
  EXPECT_EQ(second[1], 8);
  EXPECT_EQ((second[2] << 8 | second[3]) - (first[2] << 8 | first[3]), 1);
  s.use(0, 101);
  s.next(first);
  EXPECT_EQ(first[1], 0);
}

TEST(rtp_stream, silence_is_the_codecs_silence) {
  rtp_stream s(7, 1, audio_source::silence);
  rtp_stream::packet packet;
  s.next(packet);
  EXPECT_EQ(packet[12], to_alaw(0));
  s.use(0, 0);
  s.next(packet);
  EXPECT_EQ(packet[12], to_ulaw(0));
}

TEST(rtp_stream, g711_knows_its_reference_points) {
  EXPECT_EQ(to_alaw(0), 0xd5);
  EXPECT_EQ(to_alaw(-1), 0x55);
  EXPECT_EQ(to_alaw(32767), 0xaa);
  EXPECT_EQ(to_alaw(-32768), 0x2a);
  EXPECT_EQ(to_ulaw(0), 0xff);
  EXPECT_EQ(to_ulaw(32767), 0x80);
  EXPECT_EQ(to_ulaw(-32768), 0x00);
}

TEST(rtp_stream, counts_across_the_wrap_and_sees_losses) {
  pair_of_streams p;
  for (int i = 0; i < 100; ++i) p.pass(i == 20 || i == 21 || i == 50);
  EXPECT_EQ(p.a.counters().sent, 100);
  EXPECT_EQ(p.b.counters().received, 97);
  EXPECT_EQ(p.b.counters().lost, 3);
}

TEST(rtp_stream, reordered_and_repeated_packets_are_not_losses) {
  rtp_stream a(1, 100, audio_source::tone), b(2, 1, audio_source::tone);
  std::vector<rtp_stream::packet> packets(10);
  for (auto& packet : packets) a.next(packet);
  std::swap(packets[0], packets[1]);
  std::swap(packets[5], packets[8]);
  for (auto& packet : packets) b.receive(packet);
  b.receive(packets[9]);
  EXPECT_EQ(b.counters().received, 11);
  EXPECT_EQ(b.counters().lost, 0);
}

TEST(rtp_stream, a_new_source_starts_a_new_count) {
  rtp_stream a(1, 100, audio_source::tone), c(3, 9000, audio_source::tone), b(2, 1, audio_source::tone);
  rtp_stream::packet packet;
  for (int i = 0; i < 5; ++i) {
    a.next(packet);
    b.receive(packet);
  }
  for (int i = 0; i < 5; ++i) {
    c.next(packet);
    b.receive(packet);
  }
  EXPECT_EQ(b.counters().received, 10);
  EXPECT_EQ(b.counters().lost, 0);
}

TEST(rtp_stream, a_sender_that_numbers_anew_has_lost_nothing) {
  rtp_stream sender(1, 100, audio_source::tone);
  rtp_stream b(2, 10, audio_source::silence);
  rtp_stream::packet packet;
  const auto send = [&](int times) {
    for (int i = 0; i < times; ++i) b.receive(std::span(packet).first(sender.next(packet)));
  };
  send(10);
  sender = rtp_stream(1, 20100, audio_source::tone);
  send(10);
  sender = rtp_stream(1, 5, audio_source::tone);
  send(10);
  EXPECT_EQ(b.counters().received, 30);
  EXPECT_EQ(b.counters().lost, 0);
}

TEST(rtp_stream, digits_arrive_once_and_in_order_also_when_packets_are_lost) {
  pair_of_streams p;
  p.a.send_digits("4271*#x0");
  std::string heard;
  for (int i = 0; i < 150; ++i) {
    if (const char digit = p.pass(i % 7 == 3); digit != 0) heard += digit;
  }
  EXPECT_EQ(heard, "4271*#0");
  EXPECT_EQ(p.b.digits_received(), "4271*#0");
  EXPECT_EQ(p.a.digits_sent(), "4271*#0");
  EXPECT_FALSE(p.a.sending_digits());
}

TEST(rtp_stream, garbage_is_not_counted) {
  rtp_stream s(1, 1, audio_source::tone);
  const std::vector<std::uint8_t> tiny{0x80, 0x08};
  std::vector<std::uint8_t> wrong_version(172, 0);
  std::vector<std::uint8_t> huge_extension(16, 0);
  huge_extension[0] = 0x90;
  huge_extension[14] = 0xff;
  huge_extension[15] = 0xff;
  std::vector<std::uint8_t> rtcp(28, 0);
  rtcp[0] = 0x80;
  rtcp[1] = 200;
  for (const auto& datagram : {tiny, wrong_version, huge_extension, rtcp, {}}) EXPECT_EQ(s.receive(datagram), 0);
  EXPECT_EQ(s.counters().received, 0);
}
