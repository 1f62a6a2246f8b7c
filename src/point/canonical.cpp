#include "point/canonical.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstdint>
#include <vector>

#include "base/json_text.hpp"

namespace vss::point {
namespace json = boost::json;
namespace {

constexpr std::int64_t most = std::int64_t{1} << 53;
constexpr int depth_limit = 16;

// UTF-8 bytes sort like code points; UTF-16 units do not: a surrogate pair (4 bytes in UTF-8) comes before U+E000 and
// up.
bool before_in_utf16(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return a.size() < b.size();
  const auto left = static_cast<unsigned char>(*x);
  const auto right = static_cast<unsigned char>(*y);
  if (left >= 0xf0 && right >= 0xee && right < 0xf0) return true;
  if (right >= 0xf0 && left >= 0xee && left < 0xf0) return false;
  return left < right;
}

result<void> put(const json::value& value, std::string& out, int depth);

result<void> put_object(const json::object& object, std::string& out, int depth) {
  std::vector<const json::key_value_pair*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::ranges::sort(members, [](const auto* a, const auto* b) { return before_in_utf16(a->key(), b->key()); });
  out += '{';
  for (const auto* member : members) {
    if (member != members.front()) out += ',';
    if (!is_utf8(member->key())) return fail(errc::invalid, "a name is not UTF-8");
    put_canonical(member->key(), out);
    out += ':';
    if (auto done = put(member->value(), out, depth + 1); !done) return done;
  }
  out += '}';
  return {};
}

result<void> put_whole(const json::value& value, std::string& out) {
  const bool fits = value.is_int64() && value.get_int64() >= -most && value.get_int64() <= most;
  if (!fits) return fail(errc::invalid, "a number is not a whole number within 2^53");
  out += std::to_string(value.get_int64());
  return {};
}

result<void> put(const json::value& value, std::string& out, int depth) {
  if (depth > depth_limit) return fail(errc::invalid, "nested too deep");
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return {};
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return {};
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return put_whole(value, out);
    case json::kind::string:
      if (!is_utf8(value.get_string())) return fail(errc::invalid, "a text is not UTF-8");
      put_canonical(value.get_string(), out);
      return {};
    case json::kind::object:
      return put_object(value.get_object(), out, depth);
    case json::kind::array:
      break;
  }
  out += '[';
  bool first = true;
  for (const auto& item : value.get_array()) {
    if (!first) out += ',';
    first = false;
    if (auto done = put(item, out, depth + 1); !done) return done;
  }
  out += ']';
  return {};
}

}  // namespace

void put_canonical(std::string_view text, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view named = "\b\t\n\f\r\"\\";
  constexpr std::string_view letters = "btnfr\"\\";
  out += '"';
  for (std::size_t from = 0; from < text.size();) {
    auto stop = from;
    while (stop < text.size() && static_cast<unsigned char>(text[stop]) >= 0x20 && text[stop] != '"' &&
           text[stop] != '\\') {
      ++stop;
    }
    out += text.substr(from, stop - from);
    if (stop == text.size()) break;
    const char c = text[stop];
    if (const auto at = named.find(c); at != std::string_view::npos) {
      out += {'\\', letters[at]};
    } else {
      out += "\\u00";
      out += {digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    }
    from = stop + 1;
  }
  out += '"';
}

result<std::string> canonical(const json::value& value) {
  std::string out;
  if (auto done = put(value, out, 0); !done) return std::unexpected(std::move(done.error()));
  return out;
}

result<json::value> parse_canonical(std::string_view text) {
  if (!is_utf8(text)) return fail(errc::invalid, "not UTF-8");
  json::parse_options options;
  options.max_depth = depth_limit;
  json::error_code ec;
  json::value value = json::parse(text, ec, {}, options);
  if (ec) return fail(errc::invalid, "not JSON");
  const auto again = canonical(value);
  if (!again || *again != text) return fail(errc::invalid, "not canonical JSON");
  return value;
}

}  // namespace vss::point
