#pragma once
// SQL of people, roles and permissions.
#include <optional>
#include <string>
#include <vector>

#include "net/permission.hpp"
#include "net/postgres.hpp"

namespace vss::point {

struct person_row {
  std::string id;
  std::string login;
  std::string display_name;
  std::string state;
  std::vector<std::string> roles;
  bool must_change = true;
  std::int64_t version = 0;
  instant created{};
  instant updated{};
};

struct credentials {
  std::string person;
  std::string login;
  std::string display_name;
  std::string state;
  std::optional<std::string> hash;
  bool must_change = true;
  std::optional<instant> until;
};

struct role_row {
  std::string name;
  std::string meaning;
  bool machine = false;
  std::int64_t version = 0;
  std::vector<std::string> permissions;
};

class people_store {
 public:
  explicit people_store(net::pg_pool& db) : db_(db) {}

  task<result<std::vector<person_row>>> all();
  task<result<person_row>> one(std::string id);  // not_found
  task<result<std::vector<person_row>>> page(std::string after_login, int limit);
  // conflict when the login is taken.
  task<result<person_row>> add(net::transaction& in, person_row who, std::optional<std::string> hash,
                               std::optional<instant> until);
  // precondition when `version` is not the row's.
  task<result<person_row>> change(net::transaction& in, person_row who, std::int64_t version);
  task<result<std::int64_t>> active_with_role(net::transaction& in, std::string role, std::string except);

  task<result<credentials>> credentials_of(std::string login);      // not_found
  task<result<credentials>> credentials_by_id(std::string person);  // not_found
  // Only while the old hash stands: two changes at once, one wins (conflict for the other).
  task<result<void>> put_password(net::transaction& in, std::string person, std::optional<std::string> old_hash,
                                  std::string hash, bool must_change, std::optional<instant> until);

  task<result<std::vector<role_row>>> roles();
  // Adds what is new; what people changed since stays.
  task<result<void>> seed(std::vector<role_row> roles, std::vector<net::permission> permissions);
  task<result<std::int64_t>> change_role(net::transaction& in, std::string role, std::vector<std::string> permissions,
                                         std::int64_t version);

 private:
  net::pg_pool& db_;
};

// PostgreSQL's text form of text[] without quotes or NULLs inside: names of roles and permissions.
std::vector<std::string> names_of(std::string_view array_text);

}  // namespace vss::point
