#include "base/dto.hpp"

#include <algorithm>
#include <map>
#include <regex>

namespace vss::dto {

std::string pointer_token(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::int64_t characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

bool matches(std::string_view pattern, std::string_view text) {
  thread_local std::map<std::string, std::regex, std::less<>> compiled;
  auto found = compiled.find(pattern);
  if (found == compiled.end()) {
    found = compiled.emplace(std::string(pattern), std::regex(pattern.begin(), pattern.end())).first;
  }
  return text.size() <= 1000 && std::regex_match(text.begin(), text.end(), found->second);
}

void apply_rule(json::object& property, rule_kind kind, std::int64_t least, std::int64_t most,
                std::string_view pattern) {
  json::object& target = property.contains("items") && property["items"].is_object() && kind != rule_kind::items
                             ? property["items"].get_object()
                             : property;
  switch (kind) {
    case rule_kind::length:
      target["minLength"] = least;
      target["maxLength"] = most;
      break;
    case rule_kind::range:
      target["minimum"] = least;
      target["maximum"] = most;
      break;
    case rule_kind::format: {
      const bool whole = pattern.starts_with('^') && pattern.ends_with('$');
      target["pattern"] = whole ? std::string(pattern) : "^(?:" + std::string(pattern) + ")$";
      break;
    }
    case rule_kind::items:
      property["minItems"] = least;
      property["maxItems"] = most;
      break;
    case rule_kind::has_default:
      break;
  }
}

}  // namespace vss::dto
