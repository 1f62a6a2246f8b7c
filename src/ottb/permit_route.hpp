#pragma once
// Which trunks a call may take, in order: only trunks that its campaign and its caller ID allow, the longest matching
// prefix first (least cost), those known to be down last, then by priority, then by weight. Pure.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"

namespace vss::ottb {

struct trunk_choice {
  int id = 0;
  std::string prefix;  // digits, with or without "+"
  int priority = 0;    // the lower number first
  int weight = 50;
  bool down = false;
  bool simulated = false;
};

struct trunk_wish {
  std::vector<int> campaign;  // empty: any
  std::vector<int> caller;    // where the caller ID may be shown; empty: any
  bool only_simulated = false;
};

bool allowed(const trunk_choice& trunk, const trunk_wish& wish);

// `number`: +E.164. Weighted at random within one priority; at most 8.
std::vector<int> choose_trunks(std::vector<trunk_choice> trunks, const trunk_wish& wish, std::string_view number,
                               random_source& random);

}  // namespace vss::ottb
