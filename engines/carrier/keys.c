// Preloaded into SIPp. SIPp can stream payload types 0, 8, 9, 18 and 98 without root, but not telephone-event, and its way to play
// keys needs raw sockets. So `sounds` writes each key as packets of type 98 (50 bytes each) and this turns them, at the moment they
// leave, into what RFC 4733 wants: type 101, four bytes, one timestamp for the whole event, the marker on its first packet.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

enum { header = 12, streamed = 50, ticks = 240, from = 98, to = 101 };

ssize_t sendto(int socket, const void* bytes, size_t length, int flags, const struct sockaddr* where, socklen_t size) {
  static ssize_t (*real)(int, const void*, size_t, int, const struct sockaddr*, socklen_t);
  if (!real) real = (ssize_t(*)(int, const void*, size_t, int, const struct sockaddr*, socklen_t))dlsym(RTLD_NEXT, "sendto");
  const uint8_t* in = bytes;
  if (length != header + streamed || (in[1] & 0x7f) != from) return real(socket, bytes, length, flags, where, size);
  uint8_t out[header + 4];
  memcpy(out, in, sizeof out);
  const uint8_t nth = in[header + 4];  // which packet of its event
  out[1] = to | (nth == 0 ? 0x80 : 0);
  uint32_t stamp = (uint32_t)in[4] << 24 | (uint32_t)in[5] << 16 | (uint32_t)in[6] << 8 | in[7];
  stamp -= nth * ticks;
  for (int i = 0; i < 4; ++i) out[4 + i] = (uint8_t)(stamp >> (24 - 8 * i));
  return real(socket, out, sizeof out, flags, where, size) < 0 ? -1 : (ssize_t)length;
}
