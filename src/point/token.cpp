#include "point/token.hpp"

#include <array>

#include "point/base64.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr std::size_t random_size = 32;

std::string_view prefix(token_kind kind) { return kind == token_kind::refresh ? "vssr_" : "vsse_"; }

}  // namespace

secret make_token(token_kind kind, random_source& random) {
  return secret(std::string(prefix(kind)) + base64url(random_bytes(random, random_size)));
}

result<std::string> token_hash(token_kind kind, const secret& token) {
  const std::string_view text = token.reveal();
  if (!text.starts_with(prefix(kind))) return fail(errc::invalid, "not a token of this kind");
  const auto raw = from_base64url(text.substr(prefix(kind).size()));
  if (!raw || raw->size() != random_size) return fail(errc::invalid, "not a token");
  return sha256(text);
}

secret make_one_time_password(random_source& random) {
  constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(alphabet.size() == 32);
  std::array<std::uint8_t, 20> raw{};
  random.fill(raw);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i > 0 && i % 5 == 0) out += '-';
    out += alphabet[raw[i] & 31];
  }
  return secret(std::move(out));
}

}  // namespace vss::point
