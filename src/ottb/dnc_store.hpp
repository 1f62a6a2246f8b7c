#pragma once
// SQL of the do-not-call lists. A number is listed, its queued attempts end and its waiting leads close in one
// statement.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::ottb {

struct dnc_entry {
  std::string index;  // raw blind index
  std::string scope = "global";
  std::string source;
  std::string reason;
  std::string added_by;
  instant added_at{};
};

class dnc_store {
 public:
  explicit dnc_store(net::pg_pool& db) : db_(db) {}
  // true: it was not listed before. Attempts that are queued or permitted end refused, leads that wait are finished.
  task<result<bool>> add(dnc_entry entry, std::string edge_hash);
  // The edge hash of what was removed; not_found when it was not listed.
  task<result<std::string>> remove(std::string index, std::string scope);
  task<result<std::vector<dnc_entry>>> of(std::string index);
  task<result<std::vector<dnc_entry>>> list(std::string scope, std::string after_index, int limit);

 private:
  net::pg_pool& db_;
};

constexpr std::string_view dnc_topic = "ottb_dnc";  // "+<edge hash> <scope>" listed, "-<edge hash> <scope>" removed

}  // namespace vss::ottb
