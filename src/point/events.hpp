#pragma once
// Facts that POINT announces (in-process; other processes hear them through PostgreSQL NOTIFY `point_changed`).
#include <string>

namespace vss::point {

struct archont_enrolled {
  std::string id;
  std::string label;
  std::string kind;
};
struct access_revoked {
  std::string person;   // or archont id
  std::string session;  // "" = all
};

}  // namespace vss::point
