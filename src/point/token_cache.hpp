#pragma once
// Tokens whose signature was checked a moment ago: SHA-256 of the token to its claims, for at most 60 s and never past
// the token's end or its key's withdrawal. Says nothing about revocation, which is asked at every request. Bounded: a
// full cache starts again.
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "point/jwt.hpp"

namespace vss::point {

class token_cache {
 public:
  explicit token_cache(std::size_t bound = 20'000) : bound_(bound) {}
  std::optional<claims> find(std::string_view token, instant now) const;
  void keep(std::string_view token, const claims& what, instant now);
  void clear() { known_.clear(); }  // keys changed
  std::size_t size() const { return known_.size(); }

 private:
  struct entry {
    claims what;
    instant until;
  };
  std::size_t bound_;
  std::unordered_map<std::string, entry> known_;
};

}  // namespace vss::point
