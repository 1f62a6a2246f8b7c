#include "archont/rtp_socket.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace vss::archont {

result<std::unique_ptr<rtp_socket>> rtp_socket::open(const ::sa& address, std::uint16_t first, std::uint16_t last,
                                                     std::uint16_t start, arrived on) {
  const int ports = (last - first + 1) / 2;
  int port = std::max<int>(start, first) & ~1;
  for (int tries = 0; tries < ports; ++tries, port += 2) {
    if (port < first || port > last) port = (first + 1) & ~1;
    ::sa local = address;
    sa_set_port(&local, static_cast<std::uint16_t>(port));
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) break;
    if (::bind(fd, &local.u.sa, local.len) == 0) {
      std::unique_ptr<rtp_socket> made(new rtp_socket(fd, static_cast<std::uint16_t>(port), std::move(on)));
      if (fd_listen(fd, FD_READ, readable, made.get()) != 0) break;
      return made;
    }
    ::close(fd);
  }
  return fail(errc::unavailable, "no free RTP port");
}

rtp_socket::rtp_socket(int descriptor, std::uint16_t port, arrived on)
    : descriptor_(descriptor), port_(port), on_(std::move(on)) {}

rtp_socket::~rtp_socket() {
  fd_close(descriptor_);
  ::close(descriptor_);
}

void rtp_socket::send(const ::sa& to, std::span<const std::uint8_t> datagram) {
  // A full send buffer loses the packet, as the network would.
  static_cast<void>(::sendto(descriptor_, datagram.data(), datagram.size(), MSG_DONTWAIT, &to.u.sa, to.len));
}

void rtp_socket::readable(int, void* self) {
  auto& mine = *static_cast<rtp_socket*>(self);
  std::array<std::uint8_t, 1500> buffer;
  ::sa from{};
  from.len = sizeof from.u;
  const auto got = ::recvfrom(mine.descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT, &from.u.sa, &from.len);
  if (got > 0) mine.on_(from, std::span(buffer).first(static_cast<std::size_t>(got)));
}

}  // namespace vss::archont
