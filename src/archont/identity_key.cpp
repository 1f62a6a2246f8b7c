// Key, certificate request and signature of a hub, on OpenSSL 3.
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "archont/identity.hpp"

namespace vss::archont {
namespace {

template <auto Free>
struct deleter {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};
using key_ptr = std::unique_ptr<EVP_PKEY, deleter<EVP_PKEY_free>>;
using bio_ptr = std::unique_ptr<BIO, deleter<BIO_free_all>>;
using request_ptr = std::unique_ptr<X509_REQ, deleter<X509_REQ_free>>;
using digest_ptr = std::unique_ptr<EVP_MD_CTX, deleter<EVP_MD_CTX_free>>;

void must(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("openssl: ") + what);
}

std::string text_of(BIO* from) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(from, &bytes);
  return std::string(bytes, static_cast<std::size_t>(size));
}

key_ptr read_key(const std::string& pem) {
  const bio_ptr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  key_ptr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  must(key != nullptr, "the hub's key cannot be read");
  return key;
}

}  // namespace

std::string make_key_pem() {
  const key_ptr key(EVP_EC_gen("P-256"));
  must(key != nullptr, "no key could be made");
  const bio_ptr out(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "key to PEM");
  return text_of(out.get());
}

std::string make_csr_pem(const std::string& key_pem, const std::string& common_name) {
  const key_ptr key = read_key(key_pem);
  const request_ptr request(X509_REQ_new());
  must(X509_REQ_set_version(request.get(), 0) == 1, "request version");
  must(X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0) == 1,
       "request subject");
  must(X509_REQ_set_pubkey(request.get(), key.get()) == 1, "request key");
  must(X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0, "request signature");
  const bio_ptr out(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509_REQ(out.get(), request.get()) == 1, "request to PEM");
  return text_of(out.get());
}

std::string sign_base64url(const std::string& key_pem, const std::string& text) {
  const key_ptr key = read_key(key_pem);
  const digest_ptr context(EVP_MD_CTX_new());
  must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1, "sign");
  std::size_t size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  must(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1, "sign");
  std::vector<unsigned char> signature(size);
  must(EVP_DigestSign(context.get(), signature.data(), &size, bytes, text.size()) == 1, "sign");
  std::string out(4 * ((size + 2) / 3) + 1, '\0');
  out.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), signature.data(), static_cast<int>(size))));
  for (auto& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

}  // namespace vss::archont
