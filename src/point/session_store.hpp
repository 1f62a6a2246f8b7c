#pragma once
// SQL of sessions and their refresh tokens.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

struct session_row {
  std::string id;
  std::optional<std::string> person;
  std::optional<std::string> service_role;
  instant created{};
  instant seen{};
  instant expires{};
  std::string address;
  std::string agent;
  std::optional<instant> revoked;
  std::optional<std::string> revoked_why;
};

// What a refresh token's single use answers.
struct spent_token {
  std::string session;
  std::string person;
  std::int64_t generation = 0;
  instant session_expires{};
  bool must_change = false;
};

class session_store {
 public:
  explicit session_store(net::pg_pool& db) : db_(db) {}

  task<result<void>> add(net::transaction& in, session_row what, std::string made_by);
  task<result<void>> add_token(net::transaction& in, std::string hash, std::string session, std::int64_t generation,
                               instant expires);
  // Compare-and-set: the token is unused, in time, of the generation in force, and its session lives. Empty: it is not.
  task<result<std::optional<spent_token>>> spend(net::transaction& in, std::string hash, instant now);
  // Moves the session on; false when it was revoked or moved by somebody else.
  task<result<bool>> advance(net::transaction& in, std::string session, std::int64_t generation, instant now);
  // Ends the family of a token that was used before; answers its session and person, empty when the token is unknown.
  task<result<std::optional<session_row>>> end_family(net::transaction& in, std::string hash, instant now);

  task<result<bool>> revoke(std::string session, std::optional<std::string> of_person, std::string why, instant now);
  // Every session of a person but `except` ("" = none); answers how many ended.
  task<result<std::int64_t>> revoke_all(net::transaction& in, std::string person, std::string except, std::string why,
                                        instant now);
  task<result<session_row>> one(std::string session);  // not_found
  // Sessions that live, newest first; of one person when given. `after`: id of the last one seen.
  task<result<std::vector<session_row>>> live(std::optional<std::string> person, std::string after, int limit,
                                              instant now);
  task<result<std::vector<std::string>>> revoked_since(instant when);
  task<result<std::vector<session_row>>> live_services(instant now);
  // Removes what ended more than `keep` ago.
  task<result<void>> sweep(instant before);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
