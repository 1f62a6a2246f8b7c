#pragma once
// A compliance profile made ready for decisions: the rules of one country and purpose. Its document, which people
// write, is in profile_document.hpp. Pure.
#include <string>
#include <vector>

#include "ottb/window.hpp"

namespace vss::ottb {

// At most `most` attempts to one person in any `hours` hours, all campaigns together.
struct rolling_cap {
  int hours = 24;
  int most = 1;
};

struct profile {
  std::string id;
  std::string name;
  int version = 0;
  bool consent_required = true;
  calling_hours hours;  // no windows: only simulated trunks are allowed
  std::vector<rolling_cap> caps;
  bool machine_advertising = false;    // RU-1: advertising by machine
  std::vector<std::string> countries;  // ISO codes that may be called; none: all
};

}  // namespace vss::ottb
