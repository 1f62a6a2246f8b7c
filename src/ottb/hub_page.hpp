#pragma once
// Pages of lists: `?limit=` (1..500, default 50) and `&after=` (the opaque cursor of the page before).
#include <optional>
#include <string>
#include <vector>

#include "net/router.hpp"

namespace vss::ottb {

struct page_wish {
  int limit = 50;
  std::string after;
};

inline page_wish page_of(const net::call& asked) {
  page_wish out;
  if (const auto limit = asked.query.find("limit"); limit != asked.query.end()) out.limit = std::stoi(limit->second);
  if (const auto after = asked.query.find("after"); after != asked.query.end()) out.after = after->second;
  return out;
}

inline std::vector<net::parameter> page_parameters(std::string cursor_pattern, std::vector<net::parameter> more = {}) {
  more.push_back({"limit", "([1-9]|[1-9][0-9]|[1-4][0-9][0-9]|500)", "at most so many items, default 50"});
  more.push_back({"after", std::move(cursor_pattern), "cursor of the page before"});
  return more;
}

}  // namespace vss::ottb
