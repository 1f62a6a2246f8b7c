#include "base/ids.hpp"

#include <sys/random.h>

#include <array>
#include <stdexcept>

namespace vss {

void system_random::fill(std::span<std::uint8_t> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto got = ::getrandom(bytes.data() + done, bytes.size() - done, 0);
    if (got < 0) throw std::runtime_error("getrandom failed");
    done += static_cast<std::size_t>(got);
  }
}

void fake_random::fill(std::span<std::uint8_t> bytes) {
  for (auto& byte : bytes) {  // splitmix64, Vigna 2015
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    byte = static_cast<std::uint8_t>(z >> 32);
  }
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string random_hex(random_source& random, std::size_t bytes) {
  std::string raw(bytes, '\0');
  const std::span<std::uint8_t> view(reinterpret_cast<std::uint8_t*>(raw.data()), raw.size());
  random.fill(view);
  return hex(view);
}

std::uint64_t random_number(random_source& random, std::uint64_t below) {
  std::array<std::uint8_t, 8> raw{};
  random.fill(raw);
  std::uint64_t value = 0;
  for (const auto byte : raw) value = value << 8 | byte;
  return below == 0 ? value : value % below;
}

std::string make_uuid(const clock& time, random_source& random) {
  std::array<std::uint8_t, 16> raw{};
  random.fill(raw);
  const auto millis =
      static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(time.now().time_since_epoch()).count());
  for (int i = 0; i < 6; ++i) raw[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0f) | 0x70);
  raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3f) | 0x80);
  const std::string text = hex(raw);
  return text.substr(0, 8) + "-" + text.substr(8, 4) + "-" + text.substr(12, 4) + "-" + text.substr(16, 4) + "-" +
         text.substr(20);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (c != '-') return false;
    } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return false;
    }
  }
  return true;
}

}  // namespace vss
