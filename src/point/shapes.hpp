#pragma once
// What POINT's routes take and answer about people, sessions, roles and keys.
#include "base/dto.hpp"

namespace vss::point {

struct login_input {
  std::string login;
  secret password;
  std::optional<secret> code{};  // of the second factor, or a recovery code
};
BOOST_DESCRIBE_STRUCT(login_input, (), (login, password, code))
inline auto dto_rules(const login_input*) {
  return dto::rules(dto::length<&login_input::login>(1, 100), dto::length<&login_input::password>(1, 256),
                    dto::length<&login_input::code>(1, 64));
}

struct refresh_input {
  secret refresh_token;
};
BOOST_DESCRIBE_STRUCT(refresh_input, (), (refresh_token))
inline auto dto_rules(const refresh_input*) { return dto::rules(dto::length<&refresh_input::refresh_token>(1, 200)); }

struct token_answer {
  std::string access_token;
  std::string token_type = "Bearer";
  std::int64_t expires_in = 0;  // seconds
  std::string refresh_token;
  std::int64_t refresh_expires_in = 0;
  bool must_change = false;  // only the password can be changed until it was
};
BOOST_DESCRIBE_STRUCT(token_answer, (),
                      (access_token, token_type, expires_in, refresh_token, refresh_expires_in, must_change))

struct own_account {
  std::string id;
  std::string login;
  std::string display_name;
  std::vector<std::string> roles;
  std::vector<std::string> permissions;
  bool must_change = false;
  bool second_factor = false;  // a code is asked for at the login
  std::optional<std::string> session;
};
BOOST_DESCRIBE_STRUCT(own_account, (),
                      (id, login, display_name, roles, permissions, must_change, second_factor, session))

struct password_change {
  secret current;
  secret next;
};
BOOST_DESCRIBE_STRUCT(password_change, (), (current, next))
inline auto dto_rules(const password_change*) {
  return dto::rules(dto::length<&password_change::current>(1, 256), dto::length<&password_change::next>(1, 1024));
}

enum class person_state : std::uint8_t { active, disabled };
BOOST_DESCRIBE_ENUM(person_state, active, disabled)

struct person_input {
  std::string login;
  std::string display_name;
  std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(person_input, (), (login, display_name, roles))
inline auto dto_rules(const person_input*) {
  return dto::rules(dto::format<&person_input::login>("[a-z0-9][a-z0-9._@-]{1,62}"),
                    dto::length<&person_input::display_name>(1, 100), dto::items<&person_input::roles>(0, 10),
                    dto::length<&person_input::roles>(1, 30));
}

struct person_change {
  std::optional<std::string> display_name;
  std::optional<person_state> state;
  std::optional<std::vector<std::string>> roles;
};
BOOST_DESCRIBE_STRUCT(person_change, (), (display_name, state, roles))
inline auto dto_rules(const person_change*) {
  return dto::rules(dto::length<&person_change::display_name>(1, 100), dto::items<&person_change::roles>(0, 10));
}

struct person_view {
  std::string id;
  std::string login;
  std::string display_name;
  person_state state = person_state::active;
  std::vector<std::string> roles;
  bool must_change = false;
  std::int64_t version = 0;
  instant created_at{};
  instant updated_at{};
};
BOOST_DESCRIBE_STRUCT(person_view, (),
                      (id, login, display_name, state, roles, must_change, version, created_at, updated_at))

struct person_page {
  std::vector<person_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(person_page, (), (items, next))

// Shown once and never again.
struct one_time_password {
  std::string password;
  instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(one_time_password, (), (password, expires_at))

struct person_created {
  person_view person;
  one_time_password first_password;
};
BOOST_DESCRIBE_STRUCT(person_created, (), (person, first_password))

struct session_view {
  std::string id;
  std::optional<std::string> person;
  std::optional<std::string> service_role;  // of a service token
  instant created_at{};
  instant seen_at{};
  instant expires_at{};
  std::string address;
  std::string agent;
};
BOOST_DESCRIBE_STRUCT(session_view, (), (id, person, service_role, created_at, seen_at, expires_at, address, agent))

struct session_page {
  std::vector<session_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(session_page, (), (items, next))

}  // namespace vss::point
