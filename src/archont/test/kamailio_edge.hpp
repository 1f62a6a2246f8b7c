#pragma once
// A small real Kamailio for module tests: registrar with digest (password = "pw" and the number) and calls between
// registered numbers. Runs on a port of its own in a folder of its own; ends with the object.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "archont/test/guarded_child.hpp"

namespace vss::archont {

class kamailio_edge {
 public:
  explicit kamailio_edge(int port) : port_(port), folder_("/tmp/vss-edge-" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_);
    std::filesystem::path modules;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib")) {
      const auto found = entry.path() / "kamailio/modules";
      if (std::filesystem::exists(found)) modules = found;
    }
    std::ofstream(folder_ + "/kamailio.cfg") << "#!KAMAILIO\ndebug=0\nlog_stderror=yes\nfork=yes\nchildren=2\n"
                                             << "auto_aliases=no\nalias=\"vss.local\"\nlisten=udp:127.0.0.1:" << port
                                             << "\nmpath=\"" << modules.string() << "/\"\n"
                                             << config;
    const std::string file = folder_ + "/kamailio.cfg";
    child_.emplace(std::vector<std::string>{"/usr/sbin/kamailio", "-DD", "-E", "-f", file, "-Y", folder_, "-w", folder_,
                                            "-m", "32", "-M", "8"},
                   folder_ + "/log");
    wait_until_it_answers();
  }
  ~kamailio_edge() {
    end();
    std::filesystem::remove_all(folder_);
  }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  void end() { child_.reset(); }

 private:
  static constexpr const char* config = R"(
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
modparam("tm", "auto_inv_100", 1)
modparam("registrar", "min_expires", 10)
request_route {
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
  if (has_totag()) { loose_route(); t_relay(); exit; }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("vss.local", "pw$tU", "0")) { www_challenge("vss.local", "1"); exit; }
    save("location", "0x04"); exit;
  }
  if (!pv_proxy_authenticate("vss.local", "pw$fU", "0")) { proxy_challenge("vss.local", "1"); exit; }
  consume_credentials();
  record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  append_hf("X-VSS-Call-ID: 0190a0b0-0000-7000-8000-000000000001\r\n");
  t_on_reply("1");
  t_relay();
}
onreply_route[1] { append_hf("X-VSS-Call-ID: 0190a0b0-0000-7000-8000-000000000001\r\n"); }
)";

  void wait_until_it_answers() {
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port_));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
    timeval limit{0, 200'000};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const std::string ask =
        "OPTIONS sip:ready@vss.local SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKready\r\n"
        "From: <sip:ready@vss.local>;tag=1\r\nTo: <sip:ready@vss.local>\r\nCall-ID: ready\r\nCSeq: 1 OPTIONS\r\n"
        "Max-Forwards: 1\r\nContent-Length: 0\r\n\r\n";
    for (int i = 0; i < 50; ++i) {
      char answer[2000];
      ::send(fd, ask.data(), ask.size(), 0);
      if (::recv(fd, answer, sizeof answer, 0) > 0) {
        ::close(fd);
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ::close(fd);
    std::ifstream log(folder_ + "/log");
    throw std::runtime_error("kamailio does not answer: " + std::string((std::istreambuf_iterator<char>(log)), {}));
  }

  int port_;
  std::string folder_;
  std::optional<guarded_child> child_;
};

}  // namespace vss::archont
