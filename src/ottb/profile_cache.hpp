#pragma once
// Profiles made ready for decisions. A version never changes, so what was read once is kept.
#include <map>
#include <memory>
#include <string>

#include "net/postgres.hpp"
#include "ottb/profile.hpp"

namespace vss::ottb {

class profile_cache {
 public:
  explicit profile_cache(net::pg_pool& db) : db_(db) {}
  task<result<std::shared_ptr<const profile>>> get(std::string id);

 private:
  net::pg_pool& db_;
  std::map<std::string, std::shared_ptr<const profile>> known_;
};

}  // namespace vss::ottb
