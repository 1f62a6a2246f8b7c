#pragma once
// The nine roles of people, `owner`, and the roles of machines; what one may grant; why somebody may or may not. Pure.
#include <array>
#include <string>
#include <string_view>

#include "point/access.hpp"
#include "point/role_shapes.hpp"

namespace vss::point {

struct role_description {
  std::string_view name;
  std::string_view meaning;
  bool machine = false;
};

inline constexpr auto all_roles = std::to_array<role_description>({
    {"root", "everything, for the day of installation and for emergencies"},
    {"admin", "people, hubs and settings"},
    {"security", "access, keys and the audit log"},
    {"auditor", "reads everything that security writes, changes nothing"},
    {"supervisor", "runs campaigns and the people who work in them"},
    {"operator", "talks to people"},
    {"engineer", "slots, devices and hubs"},
    {"data", "imports and exports, pipelines"},
    {"viewer", "looks on"},
    {"owner", "reports and compliance of the whole business"},
    {"archont", "a hub's agent", true},
    {"pbx", "the telephone exchange", true},
    {"exporter", "reads metrics", true},
});

bool is_human_role(std::string_view name);

// What `actor` does not hold of what these roles give, i.e. may not grant, take or touch; empty when all is well.
std::string beyond(const net::principal& actor, const std::vector<std::string>& roles, const access& rights);

permission_answer explain(const person_row& who, const std::string& permission, const access& rights);

}  // namespace vss::point
