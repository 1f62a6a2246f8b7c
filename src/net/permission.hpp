#pragma once
// A permission is named module.object.verb. Each module publishes a list of its own (permissions.hpp); POINT knows the
// roles, and the server refuses to start when a route names a permission that no list holds.
#include <string_view>

namespace vss::net {

struct permission {
  std::string_view name;     // "ottb.slot.read"
  std::string_view meaning;  // one line, for people
  std::string_view roles;    // roles that have it from the start, separated by spaces; root has all
};

}  // namespace vss::net
