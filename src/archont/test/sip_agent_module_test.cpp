// The libre agents against a real Kamailio: registration, calls with audio and digits both ways, and what must not
// work.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <deque>
#include <fstream>
#include <iomanip>
#include <set>
#include <sstream>
#include <thread>

#include "archont/libre_agent.hpp"
#include "archont/test/kamailio_edge.hpp"
#include "net/test/engines.hpp"

using namespace vss;
using namespace vss::archont;
using f = sip_fact;

namespace {

constexpr int edge_place = 90;

std::set<std::string> own_sockets() {  // inodes
  std::set<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
    if (target.starts_with("socket:[")) out.insert(target.substr(8, target.size() - 9));
  }
  return out;
}

bool listens(int udp_port) {
  std::ifstream sockets("/proc/net/udp");
  std::ostringstream local;
  local << ':' << std::hex << std::uppercase << std::setw(4) << std::setfill('0') << udp_port << " 00000000:0000 ";
  for (std::string line; std::getline(sockets, line);) {
    if (line.contains(local.str())) return true;
  }
  return false;
}

std::string inode_of(const std::string& line) {  // of /proc/net/udp: the tenth word
  std::istringstream words(line);
  std::string word;
  for (int i = 0; i < 10; ++i) words >> word;
  return word;
}

// One agent and what it said, run on the test's thread.
struct side {
  side(boost::asio::io_context& loop, vss::clock& time, std::uint16_t rtp)
      : agent(loop.get_executor(), time, [this](sip_event event) { heard.push_back(std::move(event)); }) {
    settings.realm = "vss.local";
    settings.proxy = "127.0.0.1:" + std::to_string(test::port(edge_place));
    settings.bind = "127.0.0.1";
    settings.rtp_first = rtp;
    settings.rtp_last = static_cast<std::uint16_t>(rtp + 98);
    settings.register_expires = 60;
    settings.registrations_per_second = 500;
  }
  void add(const std::string& number, const std::string& password) {
    agent.put({number, number, secret(password), audio_source::tone});
    agent.receive(number, true, 486);
  }
  void add(const std::string& number) { add(number, "pw" + number); }
  const sip_event* find(f what, const std::string& slot) const {
    for (const auto& event : heard) {
      if (event.what == what && event.slot == slot) return &event;
    }
    return nullptr;
  }

  sip_settings settings;
  std::deque<sip_event> heard;
  libre_agent agent;
};

class sip_agents : public testing::Test {
 protected:
  static void SetUpTestSuite() { edge = std::make_unique<kamailio_edge>(test::port(edge_place)); }
  static void TearDownTestSuite() { edge.reset(); }

  template <class F>
  bool until(F holds, int limit_ms = 5000) {
    const auto end = std::chrono::steady_clock::now() + milliseconds(limit_ms);
    while (std::chrono::steady_clock::now() < end) {
      loop.restart();
      loop.run_for(milliseconds(2));
      if (holds()) return true;
    }
    return false;
  }
  bool hears(side& s, f what, const std::string& slot, int limit_ms = 5000) {
    return until([&] { return s.find(what, slot) != nullptr; }, limit_ms);
  }
  void begin() {
    a.agent.use(a.settings);
    b.agent.use(b.settings);
    a.add("7001");
    b.add("8001");
    ASSERT_TRUE(hears(a, f::registered, "7001"));
    ASSERT_TRUE(hears(b, f::registered, "8001"));
  }
  // A call from 7001 to 8001 that is up on both sides.
  call_number connect() {
    a.agent.dial("7001", 2, "8001");
    EXPECT_TRUE(hears(b, f::incoming, "8001"));
    const auto call = b.find(f::incoming, "8001")->call;
    b.agent.answer("8001", call);
    EXPECT_TRUE(hears(a, f::answered, "7001"));
    EXPECT_TRUE(hears(b, f::answered, "8001"));
    return call;
  }

  static inline std::unique_ptr<kamailio_edge> edge;
  boost::asio::io_context loop;
  system_clock time;
  side a{loop, time, static_cast<std::uint16_t>(test::port(4200))};
  side b{loop, time, static_cast<std::uint16_t>(test::port(4300))};
};

}  // namespace

// A second refusal is a fault: the edge that hears of a slot a moment later must not meet our haste.
TEST_F(sip_agents, what_was_refused_is_not_sent_again_at_once_whoever_asks) {
  a.agent.use(a.settings);
  a.add("7002", "wrong");
  ASSERT_TRUE(hears(a, f::auth_rejected, "7002"));
  const auto refusals = [this] { return std::ranges::count(a.heard, f::auth_rejected, &sip_event::what); };
  a.agent.register_now("7002");
  a.agent.register_now("7002");
  EXPECT_FALSE(until([&] { return refusals() > 1; }, 2000));
  EXPECT_TRUE(until([&] { return refusals() > 1; }, 3000)) << "in its own time it is";
  a.add("7002");
  EXPECT_TRUE(hears(a, f::registered, "7002", 1500)) << "new credentials wait for nothing";
}

TEST_F(sip_agents, register_and_a_wrong_password_does_not) {
  begin();
  a.add("7002", "wrong");
  EXPECT_TRUE(hears(a, f::auth_rejected, "7002"));
  EXPECT_EQ(a.find(f::registered, "7002"), nullptr);
  a.agent.register_now("7001");
  EXPECT_TRUE(until(
      [&] { return std::ranges::count_if(a.heard, [](const auto& e) { return e.what == f::registered; }) == 2; }));
}

TEST_F(sip_agents, talk_with_audio_and_digits_both_ways) {
  begin();
  const auto call = connect();
  a.agent.send_digits("7001", 2, "4271*#");
  b.agent.send_digits("8001", call, "0987");
  until([] { return false; }, 2000);
  a.agent.hang_up("7001", 2);
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  ASSERT_TRUE(hears(b, f::ended, "8001"));
  const auto& mine = *a.find(f::ended, "7001");
  const auto& theirs = *b.find(f::ended, "8001");
  EXPECT_EQ(mine.how, call_end::local);
  EXPECT_EQ(theirs.how, call_end::bye);
  EXPECT_EQ(theirs.digits, "4271*#");
  EXPECT_EQ(mine.digits, "0987");
  EXPECT_EQ(mine.digits_sent, "4271*#");
  EXPECT_NEAR(static_cast<double>(mine.rtp.sent), 100, 15);
  EXPECT_LE(std::abs(mine.rtp.sent - theirs.rtp.received), 2);
  EXPECT_LE(std::abs(theirs.rtp.sent - mine.rtp.received), 2);
  EXPECT_EQ(mine.rtp.lost + theirs.rtp.lost, 0);
  EXPECT_EQ(mine.vss_call_id, "0190a0b0-0000-7000-8000-000000000001");
  EXPECT_EQ(theirs.vss_call_id, mine.vss_call_id);
  EXPECT_FALSE(mine.call_id.empty());
}

TEST_F(sip_agents, renew_the_media_of_a_running_call) {
  begin();
  connect();
  a.agent.renew_media("7001", 2);
  until([] { return false; }, 500);
  EXPECT_EQ(a.find(f::ended, "7001"), nullptr);
  a.agent.hang_up("7001", 2);
  ASSERT_TRUE(hears(b, f::ended, "8001"));
  EXPECT_GT(b.find(f::ended, "8001")->rtp.received, 15);
}

TEST_F(sip_agents, say_busy_not_found_and_unavailable) {
  begin();
  a.agent.dial("7001", 2, "8099");
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  EXPECT_EQ(a.find(f::ended, "7001")->code, 404);
  EXPECT_EQ(a.find(f::ended, "7001")->how, call_end::rejected);
  a.heard.clear();
  b.agent.receive("8001", false, 480);
  a.agent.dial("7001", 4, "8001");
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  EXPECT_EQ(a.find(f::ended, "7001")->code, 480);
  a.heard.clear();
  b.agent.receive("8001", true, 486);
  connect();
  a.add("7003");
  ASSERT_TRUE(hears(a, f::registered, "7003"));
  a.agent.dial("7003", 6, "8001");
  ASSERT_TRUE(hears(a, f::ended, "7003"));
  EXPECT_EQ(a.find(f::ended, "7003")->code, 486);
  a.agent.dial("7001", 8, "8001");  // one call per slot
  ASSERT_TRUE(until(
      [&] { return std::ranges::any_of(a.heard, [](const auto& e) { return e.what == f::ended && e.call == 8; }); }));
}

TEST_F(sip_agents, cancel_a_ringing_call) {
  begin();
  a.agent.dial("7001", 2, "8001");
  ASSERT_TRUE(hears(b, f::incoming, "8001"));
  ASSERT_TRUE(hears(a, f::ringing, "7001"));
  a.agent.hang_up("7001", 2);
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  ASSERT_TRUE(hears(b, f::ended, "8001"));
  EXPECT_EQ(a.find(f::ended, "7001")->how, call_end::cancelled);
  EXPECT_EQ(a.find(f::ended, "7001")->code, 487);
  EXPECT_EQ(b.find(f::ended, "8001")->how, call_end::cancelled);
}

TEST_F(sip_agents, refuse_a_call_that_came_in) {
  begin();
  a.agent.dial("7001", 2, "8001");
  ASSERT_TRUE(hears(b, f::incoming, "8001"));
  b.agent.hang_up("8001", b.find(f::incoming, "8001")->call);
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  EXPECT_EQ(a.find(f::ended, "7001")->code, 486);
}

TEST_F(sip_agents, end_cleanly_when_cancel_and_answer_cross) {
  begin();
  int crossed = 0;
  for (call_number call = 2; call < 42; call += 2) {
    a.heard.clear();
    b.heard.clear();
    a.agent.dial("7001", call, "8001");
    ASSERT_TRUE(hears(b, f::incoming, "8001"));
    ASSERT_TRUE(hears(a, f::ringing, "7001"));
    b.agent.answer("8001", b.find(f::incoming, "8001")->call);
    if (call % 4 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100 * call));
    a.agent.hang_up("7001", call);
    ASSERT_TRUE(hears(a, f::ended, "7001")) << call;
    ASSERT_TRUE(hears(b, f::ended, "8001")) << call;
    crossed += a.find(f::answered, "7001") != nullptr;
  }
  EXPECT_GT(crossed, 0);
}

TEST_F(sip_agents, listen_to_nobody_but_the_edge) {
  begin();
  // The agent's own SIP port is the kernel's choice: every UDP port of this process is asked.
  const auto mine = own_sockets();
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  timeval limit{0, 300'000};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int refused = 0;
  std::ifstream table("/proc/self/net/udp");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    const auto colon = line.find(':', line.find(':') + 1);
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1, 4), nullptr, 16)));
    if (!mine.contains(inode_of(line))) continue;
    const std::string invite =
        "INVITE sip:8001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKstranger\r\n"
        "From: <sip:x@y>;tag=1\r\nTo: <sip:8001@vss.local>\r\nCall-ID: stranger\r\nCSeq: 1 INVITE\r\n"
        "Contact: <sip:x@127.0.0.1:9>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    ::sendto(fd, invite.data(), invite.size(), 0, reinterpret_cast<sockaddr*>(&to), sizeof to);
    char answer[2000];
    const auto got = ::recv(fd, answer, sizeof answer, 0);
    if (got > 12 && std::string_view(answer, 12).starts_with("SIP/2.0 403")) ++refused;
    EXPECT_FALSE(got > 12 && std::string_view(answer, 12).starts_with("SIP/2.0 18"));
  }
  ::close(fd);
  EXPECT_GE(refused, 2);
  EXPECT_EQ(b.find(f::incoming, "8001"), nullptr);
}

// Its end is swept over the moments in which the call begins, is refused by the edge and is buried.
// The moment moves through the whole call: before its first answer, while it rings down, and after its end was told.
TEST_F(sip_agents, may_end_at_any_moment_of_a_call) {
  int before = 0, after = 0;
  for (int i = 0; i < 1000 && after < 50; ++i) {
    side brief(loop, time, static_cast<std::uint16_t>(test::port(4400)));
    brief.agent.use(brief.settings);
    brief.agent.put({"7002", "7002", secret("wrong"), audio_source::tone});
    brief.agent.dial("7002", 2, "8001");
    std::this_thread::sleep_for(std::chrono::microseconds(20 * i));
    if (i % 2 == 1) brief.agent.hang_up("7002", 2);
    loop.restart();
    loop.poll();
    ++(brief.find(f::ended, "7002") == nullptr ? before : after);
  }
  EXPECT_GE(before, 10);
  EXPECT_GE(after, 50);
}

TEST_F(sip_agents, take_their_registrations_back_when_closed) {
  begin();
  b.agent.close(milliseconds(3000));
  a.agent.dial("7001", 2, "8001");
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  EXPECT_EQ(a.find(f::ended, "7001")->code, 404);
}

TEST_F(sip_agents, notice_that_the_audio_of_a_call_is_lost_and_the_edge_is_silent) {
  // A peer that answers and never speaks.
  const int peer_port = test::port(edge_place + 5);
  guarded_child peer({"/usr/bin/sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", std::to_string(peer_port), "-mi",
                      "127.0.0.1", "-mp", std::to_string(test::port(4500)), "-nostdin"},
                     "/dev/null");
  ASSERT_TRUE(until([&] { return listens(peer_port); }));
  a.settings.proxy = "127.0.0.1:" + std::to_string(peer_port);
  a.settings.media_lost = milliseconds(1000);
  a.agent.use(a.settings);
  a.agent.put({"7001", "7001", secret("x"), audio_source::tone});
  a.agent.dial("7001", 2, "someone");
  ASSERT_TRUE(hears(a, f::answered, "7001"));
  ASSERT_TRUE(hears(a, f::media_lost, "7001", 3000));
  a.agent.hang_up("7001", 2);
  ASSERT_TRUE(hears(a, f::ended, "7001"));
  peer.end();
  EXPECT_TRUE(hears(a, f::edge_silent, "", 12000));
}
