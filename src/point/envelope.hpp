#pragma once
// Envelope encryption, pure. The key-encryption key wraps the data key of each subject and derives the site key; texts
// are AES-256-GCM with AAD = place. A sealed text is: version (1), first 4 bytes of the sealing key's hash, nonce (12),
// ciphertext, tag (16). A text moved to another place, row or subject does not open; one whose subject's key was
// erased and made anew says so (not_found).
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/secret.hpp"

namespace vss::point {

// What the installation's secret files hold.
struct site_secrets {
  secret kek;        // 64 hex digits
  secret index_key;  // 64 hex digits: key of the blind index, never in PostgreSQL
  secret dnc_key;    // text: key of the hashes that the SIP edge compares
};

class envelope {
 public:
  // Throws when a key is not 64 hex digits: start-up must not go on.
  envelope(const site_secrets& secrets, random_source& random);

  std::string blind_index(const e164& number) const;  // 32 raw bytes
  std::string edge_hash(const e164& number) const;    // lower-case hex

  // A new data key, wrapped for the row of `subject`.
  std::string new_wrapped_key(std::string_view subject) const;
  result<secret> unwrap(std::string_view subject, std::string_view wrapped) const;

  std::string seal(const secret& key, std::string_view place, std::string_view text) const;
  result<std::string> open(const secret& key, std::string_view place, std::string_view sealed) const;

  std::string seal_site(std::string_view place, std::string_view text) const;
  result<secret> open_site(std::string_view place, std::string_view sealed) const;

  // Seed of the Ed25519 key that signs the checkpoints of the audit chain.
  const secret& checkpoint_seed() const { return checkpoint_seed_; }

 private:
  random_source& random_;
  secret wrap_key_;
  secret site_key_;
  secret index_key_;
  secret dnc_key_;
  secret checkpoint_seed_;
};

}  // namespace vss::point
