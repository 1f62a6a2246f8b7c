#include "base/dto.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

namespace vss::dto {

bool read_bool(const json::value& from, const std::string& at, problems& bad) {
  if (!from.is_bool()) bad.push_back({at, "expected true or false"});
  return from.is_bool() && from.get_bool();
}

std::int64_t read_whole(const json::value& from, const std::string& at, problems& bad) {
  if (from.is_int64()) return from.get_int64();
  bad.push_back({at, from.is_uint64() ? "out of range" : "expected a whole number"});
  return 0;
}

double read_real(const json::value& from, const std::string& at, problems& bad) {
  double value = 0;
  if (from.is_double())
    value = from.get_double();
  else if (from.is_int64())
    value = static_cast<double>(from.get_int64());
  else if (from.is_uint64())
    value = static_cast<double>(from.get_uint64());
  else
    bad.push_back({at, "expected a number"});
  if (!std::isfinite(value)) bad.push_back({at, "out of range"});
  return value;
}

std::string read_text(const json::value& from, const std::string& at, problems& bad) {
  if (!from.is_string()) {
    bad.push_back({at, "expected a string"});
    return {};
  }
  std::string text(from.get_string());
  if (text.find('\0') != std::string::npos) bad.push_back({at, "has a U+0000"});
  return text;
}

instant read_time(const json::value& from, const std::string& at, problems& bad) {
  if (!from.is_string()) {
    bad.push_back({at, "expected a string"});
    return {};
  }
  const auto when = parse_instant(std::string_view(from.get_string()));
  if (when) return *when;
  bad.push_back({at, when.error().message});
  return {};
}

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
