#pragma once
// Who asked for a change, from where and within which story: what POINT's services need of a request, and what the
// audit log says about it.
#include "net/router.hpp"
#include "point/api.hpp"

namespace vss::point {

struct asker {
  net::principal who;
  trail story;
  std::string address;
  std::string agent;
};

asker asker_of(const net::call& from);

// An entry of the log with the asker's name on it.
audit_entry entry_of(const asker& by, std::string action, std::string object, bool allowed = true,
                     dto::json::object detail = {});

}  // namespace vss::point
