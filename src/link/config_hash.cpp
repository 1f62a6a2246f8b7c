#include "link/config_hash.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <set>
#include <stdexcept>

#include "base/dto_read.hpp"
#include "base/ids.hpp"

namespace vss::link {

namespace {

namespace json = boost::json;
constexpr std::size_t most_pointers = 100;

void append_canonical(const json::value& value, std::string& out) {
  if (const auto* object = value.if_object()) {
    std::vector<const json::key_value_pair*> members;
    members.reserve(object->size());
    for (const auto& member : *object) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (const auto* member : members) {
      if (out.back() != '{') out += ',';
      out += json::serialize(json::string_view(member->key()));
      out += ':';
      append_canonical(member->value(), out);
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& item : *array) {
      if (out.back() != '[') out += ',';
      append_canonical(item, out);
    }
    out += ']';
  } else {
    out += json::serialize(value);
  }
}

void compare(const json::value& desired, const json::value& running, const std::string& at,
             std::vector<std::string>& out);

void compare_objects(const json::object& desired, const json::object& running, const std::string& at,
                     std::vector<std::string>& out) {
  std::set<std::string> keys;
  for (const auto& member : desired) keys.insert(std::string(member.key()));
  for (const auto& member : running) keys.insert(std::string(member.key()));
  for (const auto& key : keys) {
    const auto* left = desired.if_contains(key);
    const auto* right = running.if_contains(key);
    const std::string here = at + "/" + dto::pointer_token(key);
    if (left && right)
      compare(*left, *right, here, out);
    else
      out.push_back(here);
  }
}

void compare(const json::value& desired, const json::value& running, const std::string& at,
             std::vector<std::string>& out) {
  if (desired == running || out.size() >= most_pointers) return;
  if (desired.is_object() && running.is_object()) {
    compare_objects(desired.get_object(), running.get_object(), at, out);
    return;
  }
  if (!desired.is_array() || !running.is_array()) {
    out.push_back(at);
    return;
  }
  const auto& left = desired.get_array();
  const auto& right = running.get_array();
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string here = at + "/" + std::to_string(i);
    if (i < left.size() && i < right.size())
      compare(left[i], right[i], here, out);
    else
      out.push_back(here);
  }
}

}  // namespace

std::string canonical_json(const json::value& document) {
  std::string out;
  append_canonical(document, out);
  return out;
}

std::string config_hash(const json::value& document) {
  const std::string text = canonical_json(document);
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return hex(digest);
}

std::vector<std::string> config_drift(const json::value& desired, const json::value& running) {
  std::vector<std::string> out;
  compare(desired, running, "", out);
  std::sort(out.begin(), out.end());
  if (out.size() > most_pointers) out.resize(most_pointers);
  return out;
}

}  // namespace vss::link
