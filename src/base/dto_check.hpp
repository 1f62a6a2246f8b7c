#pragma once
// What reading of described types is made of: kinds of members, scalars, rules; see base/dto.hpp.
#include <boost/describe.hpp>
#include <boost/json/array.hpp>
#include <boost/mp11/algorithm.hpp>
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

// One scalar each; what is wrong is added to `bad` and the answer is then void.
bool read_bool(const json::value& from, const std::string& at, problems& bad);
std::int64_t read_whole(const json::value& from, const std::string& at, problems& bad);
double read_real(const json::value& from, const std::string& at, problems& bad);
std::string read_text(const json::value& from, const std::string& at, problems& bad);
instant read_time(const json::value& from, const std::string& at, problems& bad);

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

}  // namespace vss::dto
