#pragma once
// Reading of described types; see base/dto.hpp.
#include "base/dto_check.hpp"

namespace vss::dto {

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

template <class T>
void read_enum(const json::value& from, T& to, const std::string& at, problems& bad) {
  const std::string text = from.is_string() ? std::string(from.get_string()) : std::string();
  if (text.find('\0') == std::string::npos && describe::enum_from_string(text.c_str(), to)) return;
  std::string expected;
  mp11::mp_for_each<describe::describe_enumerators<T>>(
      [&](auto e) { expected += (expected.empty() ? "" : ", ") + std::string(e.name); });
  bad.push_back({at, "expected one of: " + expected});
}

template <class T>
void read_list(const json::value& from, std::vector<T>& to, const std::string& at, problems& bad) {
  if (!from.is_array()) return bad.push_back({at, "expected an array"});
  to.clear();
  to.reserve(from.get_array().size());
  for (const auto& item : from.get_array()) {
    T value{};
    read_into(item, value, at + "/" + std::to_string(to.size()), bad);
    to.push_back(std::move(value));
  }
}

template <class T>
void read_map(const json::value& from, std::map<std::string, T>& to, const std::string& at, problems& bad) {
  if (!from.is_object()) return bad.push_back({at, "expected an object"});
  for (const auto& item : from.get_object()) {
    read_into(item.value(), to[std::string(item.key())], at + "/" + pointer_token(item.key()), bad);
  }
}

template <class T>
void read_into(const json::value& from, T& to, const std::string& at, problems& bad) {
  if constexpr (is_optional<T>::value) {
    to.reset();
    if (!from.is_null()) read_into(from, to.emplace(), at, bad);
  } else if constexpr (std::is_same_v<T, json::value>) {
    to = from;
  } else if constexpr (std::is_same_v<T, json::object>) {
    if (!from.is_object()) return bad.push_back({at, "expected an object"});
    to = from.get_object();
  } else if constexpr (std::is_same_v<T, bool>) {
    to = read_bool(from, at, bad);
  } else if constexpr (std::is_integral_v<T>) {
    const auto whole = read_whole(from, at, bad);
    if (!std::in_range<T>(whole)) return bad.push_back({at, "out of range"});
    to = static_cast<T>(whole);
  } else if constexpr (std::is_floating_point_v<T>) {
    to = static_cast<T>(read_real(from, at, bad));
  } else if constexpr (std::is_same_v<T, std::string>) {
    to = read_text(from, at, bad);
  } else if constexpr (std::is_same_v<T, secret> || std::is_same_v<T, e164>) {
    to = T(read_text(from, at, bad));
  } else if constexpr (std::is_same_v<T, instant>) {
    to = read_time(from, at, bad);
  } else if constexpr (std::is_enum_v<T>) {
    read_enum(from, to, at, bad);
  } else if constexpr (is_vector<T>::value) {
    read_list(from, to, at, bad);
  } else if constexpr (is_map<T>::value) {
    read_map(from, to, at, bad);
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
