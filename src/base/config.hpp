#pragma once
// Configuration files are TOML. A file becomes JSON and is read as a described struct (base/dto.hpp), so an unknown
// key, a missing one and a wrong value are all reported at once, by path, and start-up is refused.
#include "base/dto.hpp"

namespace vss::config {

result<boost::json::value> load_toml(const std::string& path);

template <class T>
result<T> load(const std::string& path) {
  auto tree = load_toml(path);
  if (!tree) return std::unexpected(std::move(tree.error()));
  auto out = dto::read<T>(*tree);
  if (!out) out.error().message = path + " is not a valid configuration";
  return out;
}

// The content of a secret file (trailing newline removed). Refuses a file that others may read.
result<secret> read_secret(const std::string& path);

}  // namespace vss::config
