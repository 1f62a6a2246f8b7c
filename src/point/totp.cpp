#include "point/totp.hpp"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

void must(int outcome, const char* what) {
  if (outcome < 0) throw std::runtime_error(std::string(what) + ": " + oath_strerror(outcome));
}

void prepare() {
  static const int prepared = oath_init();
  must(prepared, "oath_init");
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").contains(c);
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

}  // namespace

std::int64_t totp_step_at(instant when) {
  return std::chrono::duration_cast<seconds>(when.time_since_epoch()).count() / totp_period.count();
}

std::string totp_code(const secret& key, std::int64_t step, unsigned digits) {
  prepare();
  if (step < 0) throw std::invalid_argument("a code before 1970");
  const std::string& raw = key.reveal();
  std::array<char, 10> out{};
  const auto period = static_cast<unsigned>(totp_period.count());
  must(oath_totp_generate(raw.data(), raw.size(), static_cast<time_t>(step) * period, period, 0, digits, out.data()),
       "oath_totp_generate");
  return out.data();
}

std::optional<std::int64_t> totp_match(const secret& key, std::string_view code, instant now, std::int64_t last) {
  const auto middle = totp_step_at(now);
  std::optional<std::int64_t> out;
  for (const auto step : {middle + 1, middle - 1, middle}) {
    const bool fits = equal_in_constant_time(totp_code(key, step), code);
    if (fits && step > last) out = step;
  }
  return out;
}

std::string base32(std::string_view raw) {
  prepare();
  char* text = nullptr;
  std::size_t size = 0;
  must(oath_base32_encode(raw.data(), raw.size(), &text, &size), "oath_base32_encode");
  const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
  std::string out(text, size);
  while (out.ends_with('=')) out.pop_back();
  return out;
}

std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view key_base32) {
  const std::string by = percent_encoded(issuer);
  return "otpauth://totp/" + by + ":" + percent_encoded(account) + "?secret=" + std::string(key_base32) +
         "&issuer=" + by + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace vss::point
