// Access tokens: whatever bytes come, what is accepted is exactly what we would have issued. The first byte chooses:
// the bytes as a token; header and claims that are signed with our own key; base64url; canonical JSON.
#include <cstdlib>

#include "point/base64.hpp"
#include "point/canonical.hpp"
#include "point/crypto.hpp"
#include "point/jwt.hpp"

namespace {

using namespace vss::point;

const ed25519_pair pair = ed25519_from_seed(std::string(32, 's'));
const std::string kid = key_id_of(pair.open);
const public_keys keys{{kid, pair.open}};
const vss::instant now{vss::seconds(1'800'000'000)};

void must(bool holds) {
  if (!holds) std::abort();
}

void try_token(std::string_view token) {
  const auto read = verify_token(token, keys, now);
  if (read) must(issue_token(*read, kid, vss::secret(pair.seed)).reveal() == token);
}

void try_signed(std::string_view text) {
  const auto half = text.find('\n');
  if (half == std::string_view::npos) return;
  const std::string body = base64url(text.substr(0, half)) + "." + base64url(text.substr(half + 1));
  try_token(body + "." + base64url(ed25519_sign(pair.seed, body)));
}

void try_base64(std::string_view text) {
  const auto raw = from_base64url(text);
  if (raw) must(base64url(*raw) == text);
  must(from_base64url(base64url(text)).value() == text);
}

void try_canonical(std::string_view text) {
  const auto value = parse_canonical(text);
  if (value) must(canonical(*value).value() == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] & 3) {
    case 0:
      try_token(text);
      break;
    case 1:
      try_signed(text);
      break;
    case 2:
      try_base64(text);
      break;
    default:
      try_canonical(text);
  }
  return 0;
}
