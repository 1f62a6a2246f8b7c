#pragma once
// Inside of the router: the routes, found by walking the segments of a path. Literal segments win over parameters.
#include <deque>
#include <regex>

#include "net/router_add.hpp"

namespace vss::net {

// A declared parameter with its pattern compiled once.
struct checked_parameter {
  parameter told;
  std::regex pattern;
  bool fits(const std::string& value) const { return value.size() <= 1000 && std::regex_match(value, pattern); }
};

template <class Erased>
struct route_table {
  struct entry {
    route told;
    Erased does;
    std::vector<const checked_parameter*> path{};  // in order of the template
    std::vector<checked_parameter> query{};
  };
  struct node {
    std::map<std::string, std::unique_ptr<node>, std::less<>> literals;
    std::unique_ptr<node> any;
    std::map<std::string, entry*, std::less<>> verbs;
  };
  struct found {
    const node* at = nullptr;
    std::vector<std::string_view> values;  // of the parameters, in order
  };

  std::map<std::string, checked_parameter, std::less<>> parameters;
  std::deque<entry> entries;
  node root;

  // "/a/b": calls `use` with "a" and "b". A trailing slash is an empty last segment.
  static std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
      path.remove_prefix(1);
      const auto end = std::min(path.find('/'), path.size());
      out.push_back(path.substr(0, end));
      path.remove_prefix(end);
    }
    return out;
  }

  static bool walk(const node& from, std::span<const std::string_view> left, found& out) {
    if (left.empty()) {
      out.at = &from;
      return !from.verbs.empty();
    }
    const auto literal = from.literals.find(left.front());
    if (literal != from.literals.end() && walk(*literal->second, left.subspan(1), out)) return true;
    if (!from.any || left.front().empty()) return false;
    out.values.push_back(left.front());
    if (walk(*from.any, left.subspan(1), out)) return true;
    out.values.pop_back();
    return false;
  }

  found find(std::string_view path) const {
    found out;
    const auto parts = segments(path);
    if (!walk(root, parts, out)) out.at = nullptr;
    return out;
  }
};

}  // namespace vss::net
