#pragma once
// SQL of second factors and their recovery codes. What is taken once is taken by compare-and-set.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

struct factor_row {
  std::string person;
  std::string sealed_secret;
  instant created{};
  std::optional<instant> confirmed;
  std::int64_t last_step = 0;
};

class factor_store {
 public:
  explicit factor_store(net::pg_pool& db) : db_(db) {}

  task<result<std::optional<factor_row>>> one(std::string person);
  // Replaces what was offered before; false when a confirmed one stands.
  task<result<bool>> offer(net::transaction& in, std::string person, std::string sealed_secret, instant now);
  // False when another was offered meanwhile, or somebody else confirmed it.
  task<result<bool>> confirm(net::transaction& in, factor_row offered, std::int64_t step, instant now);
  task<result<void>> put_codes(net::transaction& in, std::string person, std::vector<std::string> hashes);
  // Both are about the factor that was confirmed at `since`, so that what was proven for an older one is not taken.
  task<result<bool>> take_step(net::transaction& in, std::string person, instant since, std::int64_t step);
  task<result<bool>> take_code(net::transaction& in, std::string person, instant since, std::string hash, instant now);
  // False when no confirmed one stood.
  task<result<bool>> remove(net::transaction& in, std::string person);
  // What was offered before `before` and never confirmed goes.
  task<result<void>> sweep(instant before);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
