#pragma once
// Passwords: argon2id (RFC 9106) with t=2, m=19 MiB, p=1 in PHC text form, and the policy. Hashing takes tens of
// milliseconds and 19 MiB: callers run it in the bounded pool.
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/secret.hpp"

namespace vss::point {

std::string new_salt(random_source& random);                                 // 16 raw bytes
std::string hash_password(const secret& password, const std::string& salt);  // "$argon2id$v=19$m=19456,t=2,p=1$..."
// Takes the same time for every password of one hash.
bool verify_password(const std::string& phc, const secret& password);
bool needs_rehash(std::string_view phc);
// A hash that no password fits, with today's cost: an unknown login costs as much as a known one.
std::string nobody_hash();

// 12 characters to 256 bytes of UTF-8, no control characters, not common, not built around a word of its context
// (login, names, the product), not one character over and over. No composition rules, no expiry. Problems stand at
// `pointer`.
result<void> check_password(const secret& password, const std::vector<std::string>& context,
                            const std::string& pointer);

}  // namespace vss::point
