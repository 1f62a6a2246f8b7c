#pragma once
// People and their roles. Nobody grants, takes or touches more than he holds: roles whose permissions go beyond one's
// own, and people who hold them, are out of reach. The last active root stays.
#include "point/asker.hpp"
#include "point/password_desk.hpp"
#include "point/roles.hpp"
#include "point/shapes.hpp"

namespace vss::point {

constexpr auto one_time_life = std::chrono::hours(24);

struct people_parts {
  net::pg_pool& db;
  access& rights;
  audit& log;
  password_desk& passwords;
  const clock& time;
  random_source& random;
};

class people {
 public:
  explicit people(people_parts parts) : p_(parts), store_(p_.db), sessions_(p_.db) {}

  task<result<person_page>> page(std::string after, int limit);
  task<result<person_view>> one(std::string id);
  task<result<person_row>> row(std::string id) { return store_.one(std::move(id)); }
  task<result<person_created>> create(asker by, person_input input);
  // precondition: `version` is not the row's; refused: the last root.
  task<result<person_view>> change(asker by, std::string id, person_change input, std::int64_t version);
  // A new one-time password; all sessions end.
  task<result<one_time_password>> reset_password(asker by, std::string id);
  task<result<void>> end_sessions(asker by, std::string id);
  task<result<role_view>> change_role(asker by, std::string role, role_change input, std::int64_t version);
  // For the first start: a root, only while there is nobody at all (conflict otherwise).
  task<result<person_created>> create_first(asker by, std::string login, std::string display_name);

 private:
  struct fresh_password {
    secret text;
    std::string hash;
    instant until;
  };
  task<result<fresh_password>> make_password();
  task<result<person_created>> add(asker by, person_row who);
  result<void> check_roles(const std::vector<std::string>& roles) const;
  task<result<void>> keep_a_root(net::transaction& in, person_row before, person_row after);

  people_parts p_;
  people_store store_;
  session_store sessions_;
};

person_view view_of(const person_row& row);

}  // namespace vss::point
