#pragma once
// What POINT's routes take and answer about roles, signing keys, hubs' identities and the audit log.
#include "base/dto.hpp"

namespace vss::point {

struct role_view {
  std::string name;
  std::string meaning;
  bool machine = false;
  std::int64_t version = 0;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(role_view, (), (name, meaning, machine, version, permissions))

struct permission_view {
  std::string name;
  std::string meaning;
  std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(permission_view, (), (name, meaning, roles))

struct role_list {
  std::vector<role_view> roles;
  std::vector<permission_view> permissions;
};
BOOST_DESCRIBE_STRUCT(role_list, (), (roles, permissions))

struct role_change {
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(role_change, (), (permissions))
inline auto dto_rules(const role_change*) {
  return dto::rules(dto::items<&role_change::permissions>(0, 1000), dto::length<&role_change::permissions>(1, 100));
}

struct permission_answer {
  std::string person;
  std::string permission;
  bool allowed = false;
  std::string because;             // one sentence for people
  std::vector<std::string> roles;  // allowed: which of the person's roles give it; else which roles would
};
BOOST_DESCRIBE_STRUCT(permission_answer, (), (person, permission, allowed, because, roles))

struct json_web_key {
  std::string kty = "OKP";
  std::string crv = "Ed25519";
  std::string x;
  std::string kid;
  std::string alg = "EdDSA";
  std::string use = "sig";
};
BOOST_DESCRIBE_STRUCT(json_web_key, (), (kty, crv, x, kid, alg, use))

struct json_web_keys {
  std::vector<json_web_key> keys;
};
BOOST_DESCRIBE_STRUCT(json_web_keys, (), (keys))

struct signing_key_view {
  std::string kid;
  std::string state;  // next, active, retired, revoked
  instant created_at{};
  std::optional<instant> active_at;
  std::optional<instant> retired_at;
};
BOOST_DESCRIBE_STRUCT(signing_key_view, (), (kid, state, created_at, active_at, retired_at))

struct signing_key_list {
  std::vector<signing_key_view> items;
};
BOOST_DESCRIBE_STRUCT(signing_key_list, (), (items))

struct key_rotation {
  std::optional<bool> at_once;  // the old key is refused at once: everybody signs in again
};
BOOST_DESCRIBE_STRUCT(key_rotation, (), (at_once))

struct audit_view {
  std::int64_t seq = 0;
  instant at{};
  std::string actor;
  std::string action;
  std::string object;
  bool allowed = true;
  std::string trail;
  dto::json::object detail;
  std::string hash;
};
BOOST_DESCRIBE_STRUCT(audit_view, (), (seq, at, actor, action, object, allowed, trail, detail, hash))

struct audit_page {
  std::vector<audit_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(audit_page, (), (items, next))

struct audit_finding {
  std::string kind;
  std::int64_t seq = 0;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(audit_finding, (), (kind, seq, message))

struct audit_verification {
  bool ok = false;
  std::string chain;
  std::int64_t rows = 0;
  std::int64_t last_seq = 0;
  std::string last_hash;
  std::int64_t checkpoints = 0;
  std::vector<audit_finding> findings;
};
BOOST_DESCRIBE_STRUCT(audit_verification, (), (ok, chain, rows, last_seq, last_hash, checkpoints, findings))

}  // namespace vss::point
