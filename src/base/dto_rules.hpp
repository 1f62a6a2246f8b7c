#pragma once
// Rules of a described type's members; see base/dto.hpp.
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace vss::dto {

namespace json = boost::json;

enum class rule_kind : std::uint8_t { length, range, format, items, has_default };

// One rule for the member `M`. `format` names a check below (uuid, e164, slot_number, name...) and its pattern.
template <auto M>
struct rule {
  static constexpr auto member = M;
  rule_kind kind;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string_view pattern{};  // ECMAScript, anchored; also the schema's `pattern`
};

template <auto M>
constexpr rule<M> length(std::int64_t least, std::int64_t most) {
  return {rule_kind::length, least, most, {}};
}
template <auto M>
constexpr rule<M> range(std::int64_t least, std::int64_t most) {
  return {rule_kind::range, least, most, {}};
}
template <auto M>
constexpr rule<M> format(std::string_view pattern) {
  return {rule_kind::format, 0, 0, pattern};
}
template <auto M>
constexpr rule<M> items(std::int64_t least, std::int64_t most) {
  return {rule_kind::items, least, most, {}};
}
template <auto M>
constexpr rule<M> has_default() {
  return {rule_kind::has_default, 0, 0, {}};
}
template <class... R>
constexpr auto rules(R... all) {
  return std::tuple<R...>(all...);
}

template <class T>
concept has_rules = requires { dto_rules(static_cast<const T*>(nullptr)); };

// Calls `use(rule)` for each rule of member `M` of `T`.
template <class T, auto M, class F>
void each_rule(F use) {
  if constexpr (has_rules<T>) {
    const auto visit = [&use](const auto& item) {
      using item_type = std::remove_cvref_t<decltype(item)>;
      if constexpr (std::is_same_v<std::remove_cv_t<decltype(item_type::member)>, std::remove_cv_t<decltype(M)>>) {
        if (item_type::member == M) use(item.kind, item.least, item.most, item.pattern);
      }
    };
    std::apply([&visit](const auto&... item) { (visit(item), ...); }, dto_rules(static_cast<const T*>(nullptr)));
  }
}

// True when `text` matches the anchored ECMAScript pattern (compiled once).
bool matches(std::string_view pattern, std::string_view text);

}  // namespace vss::dto
