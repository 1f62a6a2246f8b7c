#pragma once
// Reading of described types; see base/dto.hpp.
#include <boost/describe.hpp>
#include <boost/json/array.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "base/clock.hpp"
#include "base/dto_rules.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace vss::dto {

namespace describe = boost::describe;
namespace mp11 = boost::mp11;

result<json::value> parse_json(std::string_view text);
std::int64_t characters(std::string_view text);   // code points, as JSON Schema counts length
std::string pointer_token(std::string_view key);  // "~" -> "~0", "/" -> "~1"

using problems = std::vector<problem>;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {};
template <class T>
concept described_struct = std::is_class_v<T> && describe::has_describe_members<T>::value;

template <class T>
void read_into(const json::value& from, T& to, const std::string& at, problems& bad);

template <described_struct T>
void read_struct(const json::value& from, T& to, const std::string& at, problems& bad) {
  if (!from.is_object()) {
    bad.push_back({at, "expected an object"});
    return;
  }
  const auto& object = from.get_object();
  using members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
  std::size_t known = 0;
  mp11::mp_for_each<members>([&](auto member) {
    constexpr auto pointer = decltype(member)::pointer;
    using value_type = std::remove_cvref_t<decltype(to.*pointer)>;
    const std::string here = at + "/" + decltype(member)::name;
    bool optional = is_optional<value_type>::value;
    each_rule<T, pointer>([&](rule_kind kind, auto, auto, auto) { optional |= kind == rule_kind::has_default; });
    const auto* found = object.if_contains(decltype(member)::name);
    if (!found) {
      if (!optional) bad.push_back({here, "missing"});
      return;
    }
    ++known;
    const auto before = bad.size();
    read_into(*found, to.*pointer, here, bad);
    if (bad.size() != before) return;
    each_rule<T, pointer>([&](rule_kind kind, std::int64_t least, std::int64_t most, std::string_view pattern) {
      check_rule(to.*pointer, kind, least, most, pattern, here, bad);
    });
  });
  if (known == object.size()) return;
  for (const auto& item : object) {
    bool mine = false;
    mp11::mp_for_each<members>([&](auto member) { mine |= item.key() == decltype(member)::name; });
    if (!mine) bad.push_back({at + "/" + pointer_token(item.key()), "unknown member"});
  }
}

template <class V>
void check_rule(const V& value, rule_kind kind, std::int64_t least, std::int64_t most, std::string_view pattern,
                const std::string& at, problems& bad) {
  if constexpr (is_optional<V>::value) {
    if (value) check_rule(*value, kind, least, most, pattern, at, bad);
  } else if constexpr (std::is_same_v<V, secret> || std::is_same_v<V, e164>) {
    check_rule(value.reveal(), kind, least, most, pattern, at, bad);
  } else if constexpr (std::is_same_v<V, std::string>) {
    const auto size = kind == rule_kind::length ? characters(value) : 0;
    if (kind == rule_kind::length && (size < least || size > most)) {
      bad.push_back({at, "length must be " + std::to_string(least) + " to " + std::to_string(most)});
    }
    if (kind == rule_kind::format && !matches(pattern, value)) {
      bad.push_back({at, "must match " + std::string(pattern)});
    }
  } else if constexpr (is_vector<V>::value) {
    const auto size = static_cast<std::int64_t>(value.size());
    if (kind == rule_kind::items && (size < least || size > most)) {
      bad.push_back({at, "must have " + std::to_string(least) + " to " + std::to_string(most) + " items"});
    }
    if (kind == rule_kind::length || kind == rule_kind::format || kind == rule_kind::range) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        check_rule(value[i], kind, least, most, pattern, at + "/" + std::to_string(i), bad);
      }
    }
  } else if constexpr (std::is_arithmetic_v<V>) {
    bool outside = false;
    if constexpr (std::is_integral_v<V> && !std::is_same_v<V, bool>) {
      outside = std::cmp_less(value, least) || std::cmp_greater(value, most);
    } else {
      outside = value < static_cast<double>(least) || value > static_cast<double>(most);
    }
    if (kind == rule_kind::range && outside) {
      bad.push_back({at, "must be " + std::to_string(least) + " to " + std::to_string(most)});
    }
  }
}

template <class T>
void read_into(const json::value& from, T& to, const std::string& at, problems& bad) {
  if constexpr (is_optional<T>::value) {
    if (from.is_null()) {
      to.reset();
    } else {
      typename T::value_type value{};
      read_into(from, value, at, bad);
      to = std::move(value);
    }
  } else if constexpr (std::is_same_v<T, json::value>) {
    to = from;
  } else if constexpr (std::is_same_v<T, json::object>) {
    if (from.is_object())
      to = from.get_object();
    else
      bad.push_back({at, "expected an object"});
  } else if constexpr (std::is_same_v<T, bool>) {
    if (from.is_bool())
      to = from.get_bool();
    else
      bad.push_back({at, "expected true or false"});
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t whole = 0;
    if (from.is_int64())
      whole = from.get_int64();
    else if (from.is_uint64())
      return bad.push_back({at, "out of range"});
    else
      return bad.push_back({at, "expected a whole number"});
    if (!std::in_range<T>(whole)) return bad.push_back({at, "out of range"});
    to = static_cast<T>(whole);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (from.is_double())
      to = static_cast<T>(from.get_double());
    else if (from.is_int64())
      to = static_cast<T>(from.get_int64());
    else if (from.is_uint64())
      to = static_cast<T>(from.get_uint64());
    else
      return bad.push_back({at, "expected a number"});
    if (!std::isfinite(to)) bad.push_back({at, "out of range"});
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (from.is_string())
      to = std::string(from.get_string());
    else
      return bad.push_back({at, "expected a string"});
    if (to.find('\0') != std::string::npos) bad.push_back({at, "has a U+0000"});
  } else if constexpr (std::is_same_v<T, secret> || std::is_same_v<T, e164>) {
    if (from.is_string())
      to = T(std::string(from.get_string()));
    else
      bad.push_back({at, "expected a string"});
  } else if constexpr (std::is_same_v<T, instant>) {
    if (!from.is_string()) return bad.push_back({at, "expected a string"});
    const auto when = parse_instant(std::string_view(from.get_string()));
    if (when)
      to = *when;
    else
      bad.push_back({at, when.error().message});
  } else if constexpr (std::is_enum_v<T>) {
    std::string text = from.is_string() ? std::string(from.get_string()) : std::string();
    if (!describe::enum_from_string(text.c_str(), to)) {
      std::string expected;
      mp11::mp_for_each<describe::describe_enumerators<T>>(
          [&](auto e) { expected += (expected.empty() ? "" : ", ") + std::string(e.name); });
      bad.push_back({at, "expected one of: " + expected});
    }
  } else if constexpr (is_vector<T>::value) {
    if (!from.is_array()) return bad.push_back({at, "expected an array"});
    to.clear();
    std::size_t i = 0;
    for (const auto& item : from.get_array()) {
      typename T::value_type value{};
      read_into(item, value, at + "/" + std::to_string(i++), bad);
      to.push_back(std::move(value));
    }
  } else if constexpr (is_map<T>::value) {
    if (!from.is_object()) return bad.push_back({at, "expected an object"});
    for (const auto& item : from.get_object()) {
      read_into(item.value(), to[std::string(item.key())], at + "/" + pointer_token(item.key()), bad);
    }
  } else {
    read_struct(from, to, at, bad);
  }
}

template <class T>
result<T> read(const json::value& from) {
  T value{};
  problems bad;
  read_into(from, value, "", bad);
  if (bad.empty()) return value;
  return std::unexpected(error{errc::invalid, "the input is not valid", std::move(bad)});
}

}  // namespace vss::dto
