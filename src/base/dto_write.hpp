#pragma once
// Writing of described types; see base/dto.hpp. `secret` and `e164` do not compile here. An empty optional is left out.
#include <boost/json/serialize.hpp>

#include "base/dto_read.hpp"

namespace vss::dto {

template <class T>
json::value to_json(const T& from);

template <class T>
json::value to_json(const T& from) {
  static_assert(!std::is_same_v<T, secret> && !std::is_same_v<T, e164>, "secrets and phone numbers are never written");
  if constexpr (is_optional<T>::value) {
    return from ? to_json(*from) : json::value(nullptr);
  } else if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, json::object>) {
    return from;
  } else if constexpr (std::is_same_v<T, bool> || std::is_floating_point_v<T>) {
    return from;
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::int64_t>(from);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return json::value(json::string(from));
  } else if constexpr (std::is_same_v<T, instant>) {
    return json::value(json::string(to_text(from)));
  } else if constexpr (std::is_enum_v<T>) {
    return json::value(json::string(describe::enum_to_string(from, "")));
  } else if constexpr (is_vector<T>::value) {
    json::array out;
    out.reserve(from.size());
    for (const auto& item : from) out.push_back(to_json(item));
    return out;
  } else if constexpr (is_map<T>::value) {
    json::object out;
    for (const auto& [key, value] : from) out[key] = to_json(value);
    return out;
  } else {
    json::object out;
    mp11::mp_for_each<describe::describe_members<T, describe::mod_public | describe::mod_inherited>>([&](auto member) {
      const auto& value = from.*decltype(member)::pointer;
      if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>::value) {
        if (value) out[decltype(member)::name] = to_json(*value);
      } else {
        out[decltype(member)::name] = to_json(value);
      }
    });
    return out;
  }
}

template <class T>
std::string write(const T& from) {
  return json::serialize(to_json(from));
}

}  // namespace vss::dto
