#include "point/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr auto backdated = std::chrono::minutes(5);  // hubs' clocks run behind

template <auto Free>
struct freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using bio_ptr = std::unique_ptr<BIO, freed<BIO_free_all>>;
using x509_ptr = std::unique_ptr<X509, freed<X509_free>>;
using request_ptr = std::unique_ptr<X509_REQ, freed<X509_REQ_free>>;
using digest_ptr = std::unique_ptr<EVP_MD_CTX, freed<EVP_MD_CTX_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed<X509_EXTENSION_free>>;
using number_ptr = std::unique_ptr<BIGNUM, freed<BN_free>>;

bio_ptr reader(const std::string& text) { return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

std::string read_file(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  std::ostringstream out;
  out << from.rdbuf();
  if (!from) throw std::runtime_error("cannot read " + path);
  return std::move(out).str();
}

void must(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

bool good_kind(EVP_PKEY* key) {
  if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) return true;
  std::array<char, 32> curve{};
  std::size_t size = 0;
  return EVP_PKEY_get_id(key) == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &size) == 1 &&
         std::string_view(curve.data()) == "prime256v1";
}

const EVP_MD* digest_for(EVP_PKEY* key) { return EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256(); }

std::string fingerprint_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  must(size > 0, "certificate to DER");
  const std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return sha256_hex(text);
}

std::string common_name(X509* certificate) {
  std::array<char, 128> text{};
  const int size =
      X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text.data(), text.size());
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string();
}

void extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const extension_ptr made(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  must(made && X509_add_ext(certificate, made.get(), -1) == 1, "certificate extension");
}

void put_serial(X509* certificate, random_source& random) {
  std::string raw = random_bytes(random, 16);
  raw[0] = static_cast<char>(raw[0] & 0x7f);
  const number_ptr number(BN_bin2bn(reinterpret_cast<const unsigned char*>(raw.data()), 16, nullptr));
  must(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "serial number");
}

void put_times(X509* certificate, instant now) {
  const auto at = [](instant when) { return std::chrono::system_clock::to_time_t(when); };
  must(ASN1_TIME_set(X509_getm_notBefore(certificate), at(now - backdated)) &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), at(now + certificate_life)),
       "validity");
}

x509_ptr read_certificate(const std::string& pem) {
  const auto text = reader(pem);
  x509_ptr out(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return out;
}

std::string pem_of(X509* certificate) {
  const bio_ptr out(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(out.get(), certificate) == 1, "certificate to PEM");
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace

certificate_authority::certificate_authority(const std::string& certificate_file, const std::string& key_file,
                                             random_source& random)
    : random_(random), pem_(read_file(certificate_file)) {
  certificate_ = std::shared_ptr<X509>(read_certificate(pem_).release(), X509_free);
  const std::string key_text = read_file(key_file);
  const auto key_reader = reader(key_text);
  key_ = std::shared_ptr<EVP_PKEY>(PEM_read_bio_PrivateKey(key_reader.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  ERR_clear_error();
  if (!certificate_ || !key_ || X509_check_private_key(certificate_.get(), key_.get()) != 1) {
    throw std::runtime_error("the certificate authority's files do not fit: " + certificate_file + ", " + key_file);
  }
}

certificate_authority::~certificate_authority() = default;

result<issued_certificate> certificate_authority::sign(const std::string& csr, const std::string& id,
                                                       instant now) const {
  const auto text = reader(csr);
  const request_ptr request(PEM_read_bio_X509_REQ(text.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (!request) return invalid("/csr", "is not a certificate request in PEM");
  EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
  if (!key || !good_kind(key)) return invalid("/csr", "the key must be ECDSA P-256 or Ed25519");
  const bool own_signature = X509_REQ_verify(request.get(), key) == 1;
  ERR_clear_error();
  if (!own_signature) return invalid("/csr", "the request is not signed with its own key");

  const x509_ptr made(X509_new());
  X509* const certificate = made.get();
  must(X509_set_version(certificate, X509_VERSION_3) == 1, "version");
  put_serial(certificate, random_);
  put_times(certificate, now);
  must(X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_ASC,
                                  reinterpret_cast<const unsigned char*>(id.data()), static_cast<int>(id.size()), -1,
                                  0) == 1,
       "subject");
  must(X509_set_issuer_name(certificate, X509_get_subject_name(certificate_.get())) == 1, "issuer");
  must(X509_set_pubkey(certificate, key) == 1, "public key");
  extend(certificate, certificate_.get(), NID_basic_constraints, "critical,CA:FALSE");
  extend(certificate, certificate_.get(), NID_key_usage, "critical,digitalSignature");
  extend(certificate, certificate_.get(), NID_ext_key_usage, "clientAuth");
  extend(certificate, certificate_.get(), NID_subject_key_identifier, "hash");
  extend(certificate, certificate_.get(), NID_authority_key_identifier, "keyid,issuer");
  must(X509_sign(certificate, key_.get(), digest_for(key_.get())) > 0, "sign");
  return issued_certificate{pem_of(certificate), fingerprint_of(certificate),
                            std::chrono::floor<seconds>(now + certificate_life)};
}

result<shown_certificate> certificate_authority::read(const std::string& pem) const {
  const auto certificate = read_certificate(pem);
  const bool ours = certificate && X509_verify(certificate.get(), key_.get()) == 1;
  ERR_clear_error();
  if (!ours) return fail(errc::unauthorized, "this certificate is not one of ours");
  return shown_certificate{common_name(certificate.get()), fingerprint_of(certificate.get())};
}

bool certificate_authority::proves(const std::string& pem, std::string_view text, std::string_view signature) const {
  const auto certificate = read_certificate(pem);
  if (!certificate) return false;
  EVP_PKEY* key = X509_get0_pubkey(certificate.get());
  const digest_ptr context(EVP_MD_CTX_new());
  const bool ready = key && EVP_DigestVerifyInit(context.get(), nullptr, digest_for(key), nullptr, key) == 1;
  const bool fits = ready && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                                              signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                                              text.size()) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace vss::point
