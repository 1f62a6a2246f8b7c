#pragma once
// One-time codes by time (RFC 6238) as authenticator apps make them: SHA-1, 30 s, six digits. The arithmetic is
// liboath's. Keys are raw bytes. Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/secret.hpp"

namespace vss::point {

constexpr seconds totp_period{30};
constexpr std::size_t totp_key_size = 20;  // RFC 4226 section 4, R6

std::int64_t totp_step_at(instant when);
// Six to eight digits; throws on anything else and before 1970.
std::string totp_code(const secret& key, std::int64_t step, unsigned digits = 6);
// The step whose code this is: now, one before or one after, and later than `last`. Every candidate is compared in
// constant time.
std::optional<std::int64_t> totp_match(const secret& key, std::string_view code, instant now, std::int64_t last);

// RFC 4648 section 6, capitals, without padding: how people type a key.
std::string base32(std::string_view raw);
// otpauth://totp/ISSUER:ACCOUNT?secret=..&issuer=..: what an app reads from a picture.
std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view key_base32);

}  // namespace vss::point
