#include "point/token_cache.hpp"

#include <algorithm>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr seconds keep_for{60};

}  // namespace

std::optional<claims> token_cache::find(std::string_view token, instant now) const {
  if (token.size() > token_limit) return std::nullopt;
  const auto found = known_.find(sha256(token));
  if (found == known_.end() || found->second.until <= now) return std::nullopt;
  return found->second.what;
}

void token_cache::keep(std::string_view token, const claims& what, instant now) {
  if (known_.size() >= bound_) known_.clear();
  const instant end{seconds(what.expires)};
  known_.insert_or_assign(sha256(token), entry{what, std::min<instant>(end, now + keep_for)});
}

}  // namespace vss::point
