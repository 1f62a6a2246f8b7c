#include "net/pg_scram.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace vss::net {
namespace {

using digest = std::array<unsigned char, 32>;

digest hmac(std::span<const unsigned char> key, std::string_view text) {
  digest out{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), out.data(), &size) == nullptr) {
    throw std::runtime_error("HMAC failed");
  }
  return out;
}

std::string base64(std::span<const unsigned char> bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace

std::string scram_verifier(const secret& password, random_source& random, int iterations) {
  std::array<std::uint8_t, 16> salt{};
  random.fill(salt);
  const auto& text = password.reveal();
  digest salted{};
  if (PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), salt.data(), static_cast<int>(salt.size()),
                        iterations, EVP_sha256(), static_cast<int>(salted.size()), salted.data()) != 1) {
    throw std::runtime_error("PBKDF2 failed");
  }
  const auto client_key = hmac(salted, "Client Key");
  const auto server_key = hmac(salted, "Server Key");
  digest stored{};
  unsigned int size = 0;
  if (EVP_Digest(client_key.data(), client_key.size(), stored.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 failed");
  }
  return "SCRAM-SHA-256$" + std::to_string(iterations) + ":" + base64(salt) + "$" + base64(stored) + ":" +
         base64(server_key);
}

}  // namespace vss::net
