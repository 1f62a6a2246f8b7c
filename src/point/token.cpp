#include "point/token.hpp"

#include <array>

#include "point/base64.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr std::size_t random_size = 32;
constexpr std::size_t recovery_size = 24;
// Of letters and digits those that people do not mistake for each other.
constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(alphabet.size() == 32);

template <std::size_t Size>
secret grouped(random_source& random, std::size_t group) {
  std::array<std::uint8_t, Size> raw{};
  random.fill(raw);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i > 0 && i % group == 0) out += '-';
    out += alphabet[raw[i] & 31];
  }
  return secret(std::move(out));
}

std::string_view prefix(token_kind kind) {
  switch (kind) {
    case token_kind::refresh:
      return "vssr_";
    case token_kind::enrol:
      return "vsse_";
    case token_kind::browser:
      return "vssb_";
  }
  return "";
}

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

secret make_one_time_password(random_source& random) { return grouped<20>(random, 5); }

secret make_recovery_code(random_source& random) { return grouped<recovery_size>(random, 4); }

result<std::string> recovery_hash(const secret& code) {
  std::string bare;
  for (const char c : code.reveal()) {
    if (c == '-' || c == ' ') continue;
    bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const bool sound = bare.size() == recovery_size && bare.find_first_not_of(alphabet) == std::string::npos;
  if (!sound) return fail(errc::invalid, "not a recovery code");
  return sha256("vss recovery code " + bare);
}

}  // namespace vss::point
