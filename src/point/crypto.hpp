#pragma once
// The few cryptographic operations that POINT builds on, as values over OpenSSL EVP. Raw bytes travel in std::string.
// Nothing here keeps state. A failure of OpenSSL itself throws (a broken invariant); wrong input is a result.
#include <array>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace vss::point {

std::string sha256(std::string_view text);  // 32 raw bytes
std::string sha256_hex(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
// HKDF-SHA-256 (RFC 5869) without salt: one purpose, one 32-byte key.
std::string derive_key(std::string_view secret, std::string_view purpose);
bool equal_in_constant_time(std::string_view a, std::string_view b);
std::string random_bytes(random_source& random, std::size_t count);
std::string to_hex(std::string_view raw);
result<std::string> from_hex(std::string_view text);

// AES-256-GCM (NIST SP 800-38D): a 12-byte nonce, the ciphertext, a 16-byte tag. `place` is authenticated, not sealed.
std::string aes_seal(std::string_view key, std::string_view nonce, std::string_view place, std::string_view text);
result<std::string> aes_open(std::string_view key, std::string_view place, std::string_view sealed);

// Ed25519 (RFC 8032). Keys are the 32-byte seed and the 32-byte public point; a signature has 64 bytes.
struct ed25519_pair {
  std::string seed;
  std::string open;
};
ed25519_pair ed25519_from_seed(std::string seed);
std::string ed25519_sign(std::string_view seed, std::string_view text);
bool ed25519_verify(std::string_view open, std::string_view text, std::string_view signature);

}  // namespace vss::point
