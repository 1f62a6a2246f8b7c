#pragma once
// A certificate authority, keys and certificate requests for tests.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <memory>
#include <string>

namespace vss::point::test {

inline std::string text_of(BIO* from) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(from, &text);
  std::string out(text, static_cast<std::size_t>(size));
  BIO_free(from);
  return out;
}

inline void make_test_ca(const std::string& folder) {
  EVP_PKEY* key = EVP_EC_gen("prime256v1");
  X509* made = X509_new();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), -60);
  X509_gmtime_adj(X509_getm_notAfter(made), 86'400);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test authority"), -1, -1, 0);
  X509_set_issuer_name(made, X509_get_subject_name(made));
  X509_set_pubkey(made, key);
  X509_sign(made, key, EVP_sha256());
  BIO* certificate = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(certificate, made);
  BIO* secret = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(secret, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::ofstream(folder + "/ca.crt") << text_of(certificate);
  std::ofstream(folder + "/ca.key") << text_of(secret);
  X509_free(made);
  EVP_PKEY_free(key);
}

// A hub's key and what it asks for with it.
struct hub_key {
  std::shared_ptr<EVP_PKEY> key;
  const EVP_MD* digest;

  explicit hub_key(bool ed25519 = false)
      : key(ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519") : EVP_EC_gen("prime256v1"), EVP_PKEY_free),
        digest(ed25519 ? nullptr : EVP_sha256()) {}
  explicit hub_key(EVP_PKEY* other) : key(other, EVP_PKEY_free), digest(EVP_sha256()) {}

  std::string request(const std::string& name = "whoever") const {
    X509_REQ* made = X509_REQ_new();
    X509_REQ_set_version(made, 0);
    X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(made), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_REQ_set_pubkey(made, key.get());
    X509_REQ_sign(made, key.get(), digest);
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509_REQ(out, made);
    X509_REQ_free(made);
    return text_of(out);
  }

  std::string sign(const std::string& text) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, digest, nullptr, key.get());
    std::string out(128, '\0');
    std::size_t size = out.size();
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size,
                   reinterpret_cast<const unsigned char*>(text.data()), text.size());
    EVP_MD_CTX_free(context);
    out.resize(size);
    return out;
  }
};

}  // namespace vss::point::test
