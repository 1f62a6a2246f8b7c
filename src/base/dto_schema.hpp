#pragma once
// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of described types; see base/dto.hpp. Structs and enums become named
// components: the name is the C++ name without its namespaces.
#include <boost/core/demangle.hpp>
#include <typeinfo>

#include "base/dto_read.hpp"

namespace vss::dto {

template <class T>
std::string type_name() {
  std::string full = boost::core::demangle(typeid(T).name());
  const auto last = full.rfind("::");
  return last == std::string::npos ? full : full.substr(last + 2);
}

template <class T>
json::object body_schema(json::object& components);

// The schema of T; named parts are added to `components` and referred to.
template <class T>
json::object schema(json::object& components) {
  if constexpr (is_optional<T>::value) {
    return schema<typename T::value_type>(components);
  } else if constexpr (std::is_same_v<T, json::value>) {
    return {};
  } else if constexpr (std::is_same_v<T, json::object>) {
    return {{"type", "object"}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}, {"format", sizeof(T) == 8 ? "int64" : "int32"}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {{"type", "number"}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_same_v<T, secret>) {
    return {{"type", "string"}, {"format", "password"}, {"writeOnly", true}};
  } else if constexpr (std::is_same_v<T, e164>) {
    return {{"type", "string"}, {"writeOnly", true}};
  } else if constexpr (std::is_same_v<T, instant>) {
    return {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (is_vector<T>::value) {
    return {{"type", "array"}, {"items", schema<typename T::value_type>(components)}};
  } else if constexpr (is_map<T>::value) {
    return {{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>(components)}};
  } else {
    const std::string called = type_name<T>();
    if (!components.contains(called)) {
      components[called] = nullptr;  // stops recursion
      components[called] = body_schema<T>(components);
    }
    return {{"$ref", "#/components/schemas/" + called}};
  }
}

void apply_rule(json::object& property, rule_kind kind, std::int64_t least, std::int64_t most,
                std::string_view pattern);

template <class T>
json::object body_schema(json::object& components) {
  if constexpr (std::is_enum_v<T>) {
    json::array names;
    mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto e) { names.push_back(json::string(e.name)); });
    return {{"type", "string"}, {"enum", std::move(names)}};
  } else {
    json::object properties;
    json::array required;
    mp11::mp_for_each<describe::describe_members<T, describe::mod_public | describe::mod_inherited>>([&](auto member) {
      constexpr auto pointer = decltype(member)::pointer;
      using value_type = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
      json::object property = schema<value_type>(components);
      bool optional = is_optional<value_type>::value;
      each_rule<T, pointer>([&](rule_kind kind, std::int64_t least, std::int64_t most, std::string_view pattern) {
        optional |= kind == rule_kind::has_default;
        apply_rule(property, kind, least, most, pattern);
      });
      properties[decltype(member)::name] = std::move(property);
      if (!optional) required.push_back(json::string(decltype(member)::name));
    });
    json::object out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
  }
}

}  // namespace vss::dto
