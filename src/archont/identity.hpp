#pragma once
// Who this hub is: an ECDSA P-256 key born here (0600, never leaves), a certificate for it from the server, 30 days
// long and renewed after half of them. Files in the hub's state folder: hub.key, hub.crt, identity.json.
#include <string>

#include "archont/options.hpp"
#include "base/async.hpp"
#include "link/enrol.hpp"

namespace vss::archont {

class identity {
 public:
  // Loads what the state folder holds, or makes the key.
  identity(executor on, archont_options options);
  bool enrolled() const { return !who_.id.empty(); }
  const link::enrol_answer& who() const { return who_; }
  std::string certificate_file() const { return options_.hub.state + "/hub.crt"; }
  std::string key_file() const { return options_.hub.state + "/hub.key"; }
  // Trades the one-time token for a certificate; the token's file is removed. Errors: the server's.
  task<result<void>> enrol();
  // True after half of the certificate's life.
  bool renewal_due(instant now) const;
  task<result<void>> renew();

 private:
  result<void> keep(const link::enrol_answer& answer);
  task<result<link::enrol_answer>> ask(std::string path, std::string body);
  executor on_;
  archont_options options_;
  link::enrol_answer who_;
};

// Pure parts, by OpenSSL.
std::string make_key_pem();
std::string make_csr_pem(const std::string& key_pem, const std::string& common_name);
std::string sign_base64url(const std::string& key_pem, const std::string& text);

}  // namespace vss::archont
