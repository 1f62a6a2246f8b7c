#pragma once
// How a hub becomes an archont (POST /point/archonts/enrol) and how it keeps its certificate (POST
// /point/archonts/renew). The key pair is born on the hub and never leaves it: Ed25519 or ECDSA P-256; only the
// certificate request (PKCS#10, PEM) travels.
#include "base/dto.hpp"

namespace vss::link {

struct enrol_request {
  std::string token;  // one-time, 15 minutes; never logged
  std::string csr;
};
BOOST_DESCRIBE_STRUCT(enrol_request, (), (token, csr))
inline auto dto_rules(const enrol_request*) {
  return dto::rules(dto::length<&enrol_request::token>(20, 200), dto::length<&enrol_request::csr>(100, 8000));
}

// `signature`: base64url without padding, made with the key of the certificate in force over renewal_text(); not needed
// on a connection that this certificate opened.
struct renew_request {
  std::string csr;
  std::optional<std::string> certificate;  // PEM of the certificate in force, also when it has expired
  std::optional<std::string> signature;
};
BOOST_DESCRIBE_STRUCT(renew_request, (), (csr, certificate, signature))
inline auto dto_rules(const renew_request*) {
  return dto::rules(dto::length<&renew_request::csr>(100, 8000), dto::length<&renew_request::certificate>(100, 8000),
                    dto::length<&renew_request::signature>(20, 200));
}

// `fingerprint`: SHA-256 hex of the DER of the certificate in force; `csr_hash`: SHA-256 hex of the request's PEM text.
inline std::string renewal_text(const std::string& fingerprint, const std::string& csr_hash) {
  return "vss archont renewal 1\n" + fingerprint + "\n" + csr_hash;
}

struct enrol_answer {
  std::string id;        // uuid: the certificate's common name
  std::string short_id;  // for names of queues and roles
  std::string label;
  std::string kind;         // AUTO, MF, LS
  std::string certificate;  // PEM, 30 days; renew after half of it
  std::string ca;           // PEM: who signs the server and its peers
  std::string fingerprint;
  instant expires{};
};
BOOST_DESCRIBE_STRUCT(enrol_answer, (), (id, short_id, label, kind, certificate, ca, fingerprint, expires))

}  // namespace vss::link
