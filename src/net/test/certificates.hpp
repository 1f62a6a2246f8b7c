#pragma once
// For tests: a certificate authority made on the spot, with a server certificate for 127.0.0.1 and client certificates.
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace vss::net::test {

class certificates {
 public:
  certificates() {
    char name[] = "/tmp/vss_tls_XXXXXX";
    folder_ = ::mkdtemp(name);
    ca_key_ = EVP_EC_gen("P-256");
    ca_ = X509_new();
    build(ca_, ca_key_, "test CA", "critical,CA:TRUE", nullptr, 1);
    save("ca", ca_, ca_key_);
    issue("server", "server", "IP:127.0.0.1");
  }
  ~certificates() {
    X509_free(ca_);
    EVP_PKEY_free(ca_key_);
    std::filesystem::remove_all(folder_);
  }
  certificates(const certificates&) = delete;
  certificates& operator=(const certificates&) = delete;

  void issue(const std::string& file, const std::string& subject, const char* names = nullptr, int days = 1) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* made = X509_new();
    build(made, key, subject, "critical,CA:FALSE", names, days);
    save(file, made, key);
    X509_free(made);
    EVP_PKEY_free(key);
  }
  std::string crt(const std::string& file) const { return folder_ + "/" + file + ".crt"; }
  std::string key(const std::string& file) const { return folder_ + "/" + file + ".key"; }

 private:
  static void extend(X509* to, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(to, made, -1);
    X509_EXTENSION_free(made);
  }
  void build(X509* made, EVP_PKEY* key, const std::string& subject, const char* constraint, const char* names,
             int days) {
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial_);
    X509_gmtime_adj(X509_getm_notBefore(made), -100000);
    X509_gmtime_adj(X509_getm_notAfter(made), days * 86400L);
    X509_set_pubkey(made, key);
    const auto* text = reinterpret_cast<const unsigned char*>(subject.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8, text, -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(ca_));
    extend(made, ca_, NID_basic_constraints, constraint);
    if (names) extend(made, ca_, NID_subject_alt_name, names);
    X509_sign(made, ca_key_, EVP_sha256());
  }
  void save(const std::string& file, X509* what, EVP_PKEY* key) const {
    FILE* out = ::fopen(crt(file).c_str(), "w");
    PEM_write_X509(out, what);
    ::fclose(out);
    out = ::fopen(this->key(file).c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    ::fclose(out);
  }

  std::string folder_;
  EVP_PKEY* ca_key_ = nullptr;
  X509* ca_ = nullptr;
  long serial_ = 0;
};

}  // namespace vss::net::test
