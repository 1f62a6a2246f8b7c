#pragma once
// The local certificate authority: signs archonts' certificates from their requests and reads the ones it signed.
// A certificate names the archont's id (CN), serves as TLS client only, and lives 30 days. Keys: ECDSA P-256 or
// Ed25519.
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"

struct x509_st;
struct evp_pkey_st;

namespace vss::point {

constexpr auto certificate_life = std::chrono::days(30);

struct issued_certificate {
  std::string pem;
  std::string fingerprint;  // SHA-256 hex of the DER
  instant expires{};
};

struct shown_certificate {
  std::string id;  // CN
  std::string fingerprint;
};

class certificate_authority {
 public:
  // PEM files. Throws when one is missing or wrong: start-up must not go on.
  certificate_authority(const std::string& certificate_file, const std::string& key_file, random_source& random);
  ~certificate_authority();

  // invalid (/csr): not a request, its own signature is wrong, or its key is of another kind.
  result<issued_certificate> sign(const std::string& csr, const std::string& id, instant now) const;
  // A certificate that this authority signed, also an expired one. unauthorized otherwise.
  result<shown_certificate> read(const std::string& pem) const;
  // `signature` (raw) over `text` by the key of the certificate.
  bool proves(const std::string& pem, std::string_view text, std::string_view signature) const;
  const std::string& pem() const { return pem_; }

 private:
  std::shared_ptr<x509_st> certificate_;
  std::shared_ptr<evp_pkey_st> key_;
  random_source& random_;
  std::string pem_;
};

}  // namespace vss::point
