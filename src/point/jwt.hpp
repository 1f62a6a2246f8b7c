#pragma once
// Access tokens: JWS (RFC 7515) with EdDSA (RFC 8037) and nothing else. The algorithm, the type and the issuer are
// ours, never the token's. A header has exactly alg, kid and typ; the claims exactly those below; both are canonical
// JSON, so duplicate members, fractions, white space and other forms cannot be spelled. What is refused is refused with
// one word.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/secret.hpp"

namespace vss::point {

constexpr std::size_t token_limit = 2048;     // bytes; beyond: refused unread
constexpr seconds token_life{300};            // of a person's token
constexpr seconds longest_life{31 * 86'400};  // of a service token
constexpr seconds clock_skew{30};             // issued that far in the future is still accepted; expiry has no grace

struct claims {
  std::string subject;  // person uuid, or "service:<role>"
  std::string session;  // refresh family, uuid
  std::string id;       // jti, uuid
  std::int64_t issued = 0;
  std::int64_t expires = 0;  // seconds since 1970
  bool service() const { return subject.starts_with("service:"); }
  friend bool operator==(const claims&, const claims&) = default;
};

// Public keys by kid: what verification may use now.
using public_keys = std::map<std::string, std::string, std::less<>>;

std::string key_id_of(std::string_view public_key);  // first 16 hex digits of its SHA-256
secret issue_token(const claims& what, std::string_view kid, const secret& seed);
// unauthorized with the reason: "form", "header", "key", "signature", "claims", "expired", "future".
result<claims> verify_token(std::string_view token, const public_keys& keys, instant now);

}  // namespace vss::point
