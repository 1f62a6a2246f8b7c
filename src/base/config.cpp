#include "base/config.hpp"

#include <sys/stat.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

namespace vss::config {
namespace {

boost::json::value to_json(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    boost::json::object out;
    for (const auto& [key, value] : *table) out[key.str()] = to_json(value);
    return out;
  }
  if (const auto* list = node.as_array()) {
    boost::json::array out;
    for (const auto& value : *list) out.push_back(to_json(value));
    return out;
  }
  if (const auto* text = node.as_string()) return boost::json::string(text->get());
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* real = node.as_floating_point()) return real->get();
  if (const auto* yes = node.as_boolean()) return yes->get();
  return nullptr;
}

}  // namespace

result<boost::json::value> load_toml(const std::string& path) {
  std::ifstream file(path);
  if (!file) return fail(errc::not_found, path + ": cannot be read");
  try {
    return to_json(toml::parse(file, path));
  } catch (const toml::parse_error& e) {
    std::ostringstream where;
    where << e.source().begin;
    return fail(errc::invalid, path + ": " + std::string(e.description()) + " at " + where.str());
  }
}

result<secret> read_secret(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0) return fail(errc::not_found, path + ": no such secret file");
  if ((about.st_mode & 077) != 0) return fail(errc::forbidden, path + ": others may read it; chmod 600 it");
  std::ifstream file(path);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return fail(errc::invalid, path + ": is empty");
  return secret(std::move(text));
}

}  // namespace vss::config
