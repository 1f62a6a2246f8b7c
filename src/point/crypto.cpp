#include "point/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace vss::point {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t signature_size = 64;

template <auto Free>
struct freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using cipher_ctx = std::unique_ptr<EVP_CIPHER_CTX, freed<EVP_CIPHER_CTX_free>>;
using digest_ctx = std::unique_ptr<EVP_MD_CTX, freed<EVP_MD_CTX_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed<EVP_PKEY_free>>;
using kdf_ptr = std::unique_ptr<EVP_KDF, freed<EVP_KDF_free>>;
using kdf_ctx = std::unique_ptr<EVP_KDF_CTX, freed<EVP_KDF_CTX_free>>;

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string sha256(std::string_view text) {
  std::string out(key_size, '\0');
  must(EVP_Digest(text.data(), text.size(), bytes(out), nullptr, EVP_sha256(), nullptr) == 1, "sha256");
  return out;
}

std::string sha256_hex(std::string_view text) { return to_hex(sha256(text)); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string out(key_size, '\0');
  unsigned int size = 0;
  must(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(text), text.size(), bytes(out), &size),
       "hmac");
  return out;
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
  const kdf_ptr kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const kdf_ctx context(EVP_KDF_CTX_new(kdf.get()));
  std::string digest = "SHA256";
  std::string key(secret);
  std::string use(purpose);
  const std::array params{OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
                          OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
                          OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, use.data(), use.size()),
                          OSSL_PARAM_construct_end()};
  std::string out(key_size, '\0');
  must(EVP_KDF_derive(context.get(), bytes(out), out.size(), params.data()) == 1, "hkdf");
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(random_source& random, std::size_t count) {
  std::string out(count, '\0');
  random.fill(std::span<std::uint8_t>(bytes(out), out.size()));
  return out;
}

std::string to_hex(std::string_view raw) { return hex(std::span<const std::uint8_t>(bytes(raw), raw.size())); }

result<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(errc::invalid, "not hexadecimal");
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  };
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return fail(errc::invalid, "not hexadecimal");
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

std::string aes_seal(std::string_view key, std::string_view nonce, std::string_view place, std::string_view text) {
  must(key.size() == key_size && nonce.size() == nonce_size, "sizes of key and nonce");
  const cipher_ctx context(EVP_CIPHER_CTX_new());
  std::string out(nonce);
  out.resize(nonce_size + text.size() + tag_size);
  unsigned char* body = bytes(out) + nonce_size;
  int written = 0;
  must(EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), bytes(key), bytes(nonce), nullptr) == 1, "aes init");
  must(EVP_EncryptUpdate(context.get(), nullptr, &written, bytes(place), static_cast<int>(place.size())) == 1, "aad");
  must(EVP_EncryptUpdate(context.get(), body, &written, bytes(text), static_cast<int>(text.size())) == 1, "seal");
  must(EVP_EncryptFinal_ex(context.get(), body + written, &written) == 1, "seal end");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, body + text.size()) == 1, "tag");
  return out;
}

result<std::string> aes_open(std::string_view key, std::string_view place, std::string_view sealed) {
  must(key.size() == key_size, "size of key");
  if (sealed.size() < nonce_size + tag_size) return fail(errc::invalid, "the sealed text is too short");
  const cipher_ctx context(EVP_CIPHER_CTX_new());
  const std::string_view body = sealed.substr(nonce_size, sealed.size() - nonce_size - tag_size);
  std::string tag(sealed.substr(sealed.size() - tag_size));
  std::string out(body.size(), '\0');
  int written = 0;
  must(EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), bytes(key), bytes(sealed), nullptr) == 1, "aes init");
  must(EVP_DecryptUpdate(context.get(), nullptr, &written, bytes(place), static_cast<int>(place.size())) == 1, "aad");
  must(EVP_DecryptUpdate(context.get(), bytes(out), &written, bytes(body), static_cast<int>(body.size())) == 1, "open");
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1, "tag");
  if (EVP_DecryptFinal_ex(context.get(), bytes(out) + written, &written) != 1) {
    return fail(errc::invalid, "the sealed text does not open here");
  }
  return out;
}

ed25519_pair ed25519_from_seed(std::string seed) {
  must(seed.size() == key_size, "size of the seed");
  const key_ptr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(seed), seed.size()));
  must(key != nullptr, "ed25519 seed");
  std::string open(key_size, '\0');
  std::size_t size = open.size();
  must(EVP_PKEY_get_raw_public_key(key.get(), bytes(open), &size) == 1, "ed25519 public key");
  return {std::move(seed), std::move(open)};
}

std::string ed25519_sign(std::string_view seed, std::string_view text) {
  const key_ptr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(seed), seed.size()));
  must(key != nullptr, "ed25519 seed");
  const digest_ctx context(EVP_MD_CTX_new());
  must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "sign init");
  std::string out(signature_size, '\0');
  std::size_t size = out.size();
  must(EVP_DigestSign(context.get(), bytes(out), &size, bytes(text), text.size()) == 1, "sign");
  return out;
}

bool ed25519_verify(std::string_view open, std::string_view text, std::string_view signature) {
  if (open.size() != key_size || signature.size() != signature_size) return false;
  const key_ptr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(open), open.size()));
  if (!key) return false;
  const digest_ctx context(EVP_MD_CTX_new());
  must(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "verify init");
  return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
}

}  // namespace vss::point
