#pragma once
// One description of a data type gives reading with every error by JSON pointer, writing, and its JSON Schema
// (OpenAPI 3.1). A type is a plain struct with BOOST_DESCRIBE_STRUCT; enums use BOOST_DESCRIBE_ENUM; what its members
// may hold stands in `dto_rules`, which drives validation and schema alike:
//   struct trunk_input { std::string name; std::int64_t cps = 1; std::optional<std::string> note; };
//   BOOST_DESCRIBE_STRUCT(trunk_input, (), (name, cps, note))
//   inline auto dto_rules(const trunk_input*) {
//     return dto::rules(dto::length<&trunk_input::name>(1, 100), dto::range<&trunk_input::cps>(1, 500));
//   }
// Members: bool, int64/int32/..., double, std::string, enum, optional<T> (may be missing or null), vector<T>,
// map<string,T>, boost::json::value / object (free form), another described struct, instant (date-time), and on input
// only `secret` and `e164` (never written). A member with a default initialiser is optional only when it is optional<T>
// or the rule `dto::has_default<&T::m>()` is given. Unknown members are refused.
#include "base/dto_read.hpp"
#include "base/dto_schema.hpp"
#include "base/dto_write.hpp"

namespace vss::dto {

// Parses and reads. Bounds: depth 32, no duplicate keys, no NaN, no BOM, UTF-8 only.
template <class T>
result<T> parse(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return std::unexpected(std::move(json.error()));
  return read<T>(*json);
}

}  // namespace vss::dto
