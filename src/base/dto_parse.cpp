// JSON text to a tree, stricter than the library: it would let the last of two equal members win, and take U+0000,
// which PostgreSQL text cannot hold. Two members are first noticed by counting, and only then looked for.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <set>

#include "base/dto.hpp"
#include "base/json_text.hpp"

namespace vss::dto {
namespace {

using error_code = json::error_code;
using text_view = json::string_view;

bool has_nul(text_view text) { return text.find('\0') != text_view::npos; }

// Builds the tree and counts the members it was told of.
struct tree_builder {
  static constexpr std::size_t max_object_size = 1 << 20;
  static constexpr std::size_t max_array_size = 1 << 20;
  static constexpr std::size_t max_key_size = 1 << 16;
  static constexpr std::size_t max_string_size = std::size_t{1} << 30;

  json::value_stack stack{};
  std::size_t members = 0;
  const char* refused = nullptr;

  bool refuse(const char* why, error_code& ec) {
    refused = why;
    ec = json::error::syntax;
    return false;
  }
  bool check(text_view text, error_code& ec) { return !has_nul(text) || refuse("the body has a U+0000", ec); }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_object_end(std::size_t count, error_code&) {
    members += count;
    stack.push_object(count);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t count, error_code&) {
    stack.push_array(count);
    return true;
  }
  bool on_key_part(text_view part, std::size_t, error_code& ec) {
    stack.push_chars(part);
    return check(part, ec);
  }
  bool on_key(text_view part, std::size_t, error_code& ec) {
    stack.push_key(part);
    return check(part, ec);
  }
  bool on_string_part(text_view part, std::size_t, error_code& ec) {
    stack.push_chars(part);
    return check(part, ec);
  }
  bool on_string(text_view part, std::size_t, error_code& ec) {
    stack.push_string(part);
    return check(part, ec);
  }
  bool on_number_part(text_view, error_code&) { return true; }
  bool on_int64(std::int64_t value, text_view, error_code&) {
    stack.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, text_view, error_code&) {
    stack.push_uint64(value);
    return true;
  }
  bool on_double(double value, text_view, error_code& ec) {
    stack.push_double(value);
    return std::isfinite(value) || refuse("a number is out of range", ec);
  }
  bool on_bool(bool value, error_code&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(error_code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(text_view, error_code&) { return true; }
  bool on_comment(text_view, error_code&) { return true; }
};

// Walks the same text again and names the members that stand twice.
struct twin_finder {
  static constexpr std::size_t max_object_size = tree_builder::max_object_size;
  static constexpr std::size_t max_array_size = tree_builder::max_array_size;
  static constexpr std::size_t max_key_size = tree_builder::max_key_size;
  static constexpr std::size_t max_string_size = tree_builder::max_string_size;

  struct level {
    bool object = false;
    std::size_t index = 0;
    std::string key{};
    std::set<std::string> seen{};
  };
  std::vector<level> open{};
  std::string key{};
  problems found{};

  std::string here() const {
    std::string out;
    for (const auto& at : open) out += "/" + (at.object ? pointer_token(at.key) : std::to_string(at.index));
    return out;
  }
  bool value() {
    if (!open.empty()) ++open.back().index;
    return true;
  }
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    open.push_back({.object = true});
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    open.pop_back();
    return value();
  }
  bool on_array_begin(error_code&) {
    open.push_back({});
    return true;
  }
  bool on_array_end(std::size_t, error_code&) {
    open.pop_back();
    return value();
  }
  bool on_key_part(text_view part, std::size_t, error_code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(text_view part, std::size_t, error_code&) {
    key.append(part.data(), part.size());
    open.back().key = std::exchange(key, {});
    if (!open.back().seen.insert(open.back().key).second) found.push_back({here(), "stands here twice"});
    return true;
  }
  bool on_string_part(text_view, std::size_t, error_code&) { return true; }
  bool on_string(text_view, std::size_t, error_code&) { return value(); }
  bool on_number_part(text_view, error_code&) { return true; }
  bool on_int64(std::int64_t, text_view, error_code&) { return value(); }
  bool on_uint64(std::uint64_t, text_view, error_code&) { return value(); }
  bool on_double(double, text_view, error_code&) { return value(); }
  bool on_bool(bool, error_code&) { return value(); }
  bool on_null(error_code&) { return value(); }
  bool on_comment_part(text_view, error_code&) { return true; }
  bool on_comment(text_view, error_code&) { return true; }
};

std::size_t members_of(const json::value& tree) {
  std::size_t count = 0;
  if (tree.is_object()) {
    count = tree.get_object().size();
    for (const auto& item : tree.get_object()) count += members_of(item.value());
  } else if (tree.is_array()) {
    for (const auto& item : tree.get_array()) count += members_of(item);
  }
  return count;
}

json::parse_options strict() {
  json::parse_options out;
  out.max_depth = 32;
  return out;
}

}  // namespace

result<json::value> parse_json(std::string_view text) {
  if (text.empty()) return fail(errc::invalid, "a JSON body is needed");
  if (text.starts_with("\xef\xbb\xbf")) return fail(errc::invalid, "the body begins with a byte order mark");
  if (!is_utf8(text)) return fail(errc::invalid, "the body is not UTF-8");
  json::basic_parser<tree_builder> parser(strict());
  auto& builder = parser.handler();
  builder.stack.reset();
  error_code ec;
  const auto used = parser.write_some(false, text.data(), text.size(), ec);
  if (!ec && used < text.size()) ec = json::error::extra_data;
  if (builder.refused) return fail(errc::invalid, builder.refused);
  if (ec) return fail(errc::invalid, "the body is not JSON: " + ec.message());
  json::value out = builder.stack.release();
  if (members_of(out) == builder.members) return out;
  json::basic_parser<twin_finder> finder(strict());
  finder.write_some(false, text.data(), text.size(), ec);
  return fail({errc::invalid, "the input is not valid", std::move(finder.handler().found)});
}

}  // namespace vss::dto
