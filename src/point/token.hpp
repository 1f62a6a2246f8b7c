#pragma once
// Opaque tokens: 256 random bits with a prefix that says their kind. Only the SHA-256 of a token is kept, under its
// kind's own table, so that one kind can never be spent as another.
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/secret.hpp"

namespace vss::point {

enum class token_kind : std::uint8_t { refresh, enrol, browser };

secret make_token(token_kind kind, random_source& random);  // "vssr_", "vsse_" or "vssb_" and 43 characters
// The 32 raw bytes to look up; invalid when the text cannot be a token of that kind.
result<std::string> token_hash(token_kind kind, const secret& token);

// A password for a person to type once: 20 characters of 32 that cannot be mistaken for each other, 100 bits.
secret make_one_time_password(random_source& random);

// For the day on which the telephone with the app is gone: 24 characters of the same 32, 120 bits, in groups of four.
secret make_recovery_code(random_source& random);
// The 32 raw bytes to look up; invalid when the text cannot be such a code. Hyphens, blanks and capitals do not count.
result<std::string> recovery_hash(const secret& code);

}  // namespace vss::point
