#pragma once
// What other modules may call of POINT: who is asking, sealing of what must not be readable at rest, blind indexes,
// the audit log, and archont identities. Implemented in point/service.cpp and point/vault.cpp.
#include <memory>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/secret.hpp"
#include "base/trail.hpp"
#include "net/postgres.hpp"
#include "net/router.hpp"

namespace vss::point {

// Envelope encryption: a key-encryption key in a 0600 file wraps data keys; texts are AES-256-GCM with AAD = place, so
// a ciphertext moved to another row does not open. Each data subject (a phone number's person) has a data key of its
// own in point.subject; erasing that row makes everything sealed with it unreadable for ever.
class vault {
 public:
  virtual ~vault() = default;
  // HMAC-SHA-256 under the index key (never in PostgreSQL), raw 32 bytes: equality search without the number.
  virtual std::string blind_index(const e164& number) const = 0;
  // What Kamailio's last barrier compares: lower-case hex sha256(dnc_key ":" "+E164"), see engines/kamailio/README.md.
  virtual std::string edge_hash(const e164& number) const = 0;
  // Seals under the data key of the subject with that blind index; makes the subject when it is new. Raw bytes out.
  // Batches: one round trip for all.
  struct item {
    std::string subject;  // blind index
    std::string place;    // "ottb.lead.phone:<campaign>:<hex index>" - table, column, row
    std::string text;
  };
  virtual task<result<std::vector<std::string>>> seal(std::vector<item> items) = 0;
  virtual task<result<std::string>> open(std::string subject, std::string place, std::string sealed) = 0;
  // For secrets that belong to no person (SIP passwords, trunk passwords): sealed under the site key.
  virtual std::string seal_site(std::string_view place, std::string_view text) const = 0;
  virtual result<secret> open_site(std::string_view place, std::string_view sealed) const = 0;
  virtual task<result<void>> erase_subject(std::string subject) = 0;
};

// One security-relevant fact. Appended to point.security_audit_log with the hash chain, in the caller's transaction
// when one is given.
struct audit_entry {
  std::string actor;   // person id, archont id, "system", "cli:<unix user>"
  std::string action;  // "ottb.campaign.start"
  std::string object;  // "campaign:<uuid>"; never a phone number
  bool allowed = true;
  std::string trail;
  dto::json::object detail{};
};

class audit {
 public:
  virtual ~audit() = default;
  virtual task<result<void>> append(audit_entry entry) = 0;
};

// A hub's identity as POINT knows it.
struct archont_identity {
  std::string id;  // uuid
  std::string label;
  std::string kind;         // AUTO, MF, LS
  std::string fingerprint;  // sha256 hex of the current certificate
  bool revoked = false;
};

class identities {
 public:
  virtual ~identities() = default;
  // The archont behind a verified client certificate; unauthorized when unknown, revoked or superseded.
  virtual task<result<archont_identity>> archont(std::string fingerprint) = 0;
  // Calls `revoked(archont id)` within 1 s of a revocation, in every server process.
  virtual void on_revoked(std::function<void(std::string)> revoked) = 0;
};

}  // namespace vss::point
