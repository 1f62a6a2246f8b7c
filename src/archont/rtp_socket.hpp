#pragma once
// A UDP socket for one call's audio on libre's thread: an even port of a range, datagrams in by callback.
#include <re/re.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/result.hpp"

namespace vss::archont {

class rtp_socket {
 public:
  using arrived = std::function<void(const ::sa& from, std::span<const std::uint8_t> datagram)>;
  // Tries the even ports of [first, last] from `start` on. Errors: unavailable when all are taken.
  static result<std::unique_ptr<rtp_socket>> open(const ::sa& address, std::uint16_t first, std::uint16_t last,
                                                  std::uint16_t start, arrived on);
  ~rtp_socket();
  rtp_socket(const rtp_socket&) = delete;
  rtp_socket& operator=(const rtp_socket&) = delete;
  std::uint16_t port() const { return port_; }
  void send(const ::sa& to, std::span<const std::uint8_t> datagram);

 private:
  rtp_socket(int descriptor, std::uint16_t port, arrived on);
  static void readable(int flags, void* self);
  int descriptor_;
  std::uint16_t port_;
  arrived on_;
};

}  // namespace vss::archont
