#pragma once
// SQL of hubs' identities and enrolment tokens.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

struct archont_row {
  std::string id;
  std::string short_id;
  std::string label;
  std::string kind;
  std::string state;  // pending, active, revoked
  std::optional<std::string> fingerprint;
  std::optional<instant> expires;
  std::optional<std::string> next_fingerprint;
  std::optional<instant> next_expires;
  std::optional<instant> enrolled;
  std::optional<instant> renewed;
  std::optional<instant> revoked;
  std::optional<std::string> revoked_why;
  instant created{};
  std::int64_t version = 0;
};

class archont_store {
 public:
  explicit archont_store(net::pg_pool& db) : db_(db) {}

  task<result<std::vector<archont_row>>> all();
  task<result<archont_row>> one(std::string id);                      // not_found
  task<result<archont_row>> by_fingerprint(std::string fingerprint);  // in force or next; not_found
  task<result<std::vector<archont_row>>> page(std::string after_label, int limit);

  // The pending identity with that label: made when new; conflict when the label is in use.
  task<result<archont_row>> pending(net::transaction& in, std::string id, std::string label, std::string kind,
                                    bool also_active);
  task<result<void>> add_token(net::transaction& in, std::string hash, std::string archont, instant expires,
                               std::string made_by);
  // Compare-and-set: unused and in time. Answers the identity, not_found otherwise.
  task<result<std::string>> spend_token(net::transaction& in, std::string hash, instant now);
  // Puts a certificate in force; conflict when the identity was revoked.
  task<result<archont_row>> enrol(net::transaction& in, std::string id, std::string fingerprint, instant expires,
                                  instant now);
  task<result<archont_row>> renew(net::transaction& in, std::string id, std::string old_fingerprint,
                                  std::string fingerprint, instant expires, instant now);
  // The next certificate was used: it is in force from now on.
  task<result<void>> promote(std::string id, std::string fingerprint);
  task<result<archont_row>> revoke(net::transaction& in, std::string id, std::string why, instant now);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
