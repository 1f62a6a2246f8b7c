#include "point/roles.hpp"

#include <algorithm>

namespace vss::point {

bool is_human_role(std::string_view name) {
  return std::ranges::any_of(all_roles, [name](const auto& role) { return role.name == name && !role.machine; });
}

std::string beyond(const net::principal& actor, const std::vector<std::string>& roles, const access& rights) {
  if (std::ranges::find(actor.roles, "root") != actor.roles.end()) return "";
  if (std::ranges::find(roles, "root") != roles.end()) return "root";
  for (const auto& permission : rights.permissions_of(roles)) {
    if (!actor.may(permission)) return permission;
  }
  return "";
}

permission_answer explain(const person_row& who, const std::string& permission, const access& rights) {
  permission_answer out;
  out.person = who.id;
  out.permission = permission;
  const auto gives = [&](const std::string& role) {
    const std::vector<std::string> alone{role};
    return rights.permissions_of(alone).contains(permission);
  };
  if (!rights.every_permission().contains(permission)) {
    out.because = "there is no such permission";
    return out;
  }
  for (const auto& role : who.roles) {
    if (gives(role)) out.roles.push_back(role);
  }
  if (who.state != "active") {
    out.roles.clear();
    out.because = "this person is disabled";
  } else if (who.must_change && !first_steps().contains(permission)) {
    out.roles.clear();
    out.because = "this person has not changed the one-time password yet";
  } else if (who.must_change || !out.roles.empty()) {
    out.allowed = true;
    out.because =
        who.must_change ? "everybody may do this before the first change of password" : "one of the roles gives it";
  } else {
    for (const auto& [name, role] : rights.roles()) {
      if (!role.machine && gives(name)) out.roles.push_back(name);
    }
    out.because = "none of the roles gives it";
  }
  return out;
}

}  // namespace vss::point
