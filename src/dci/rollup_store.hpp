#pragma once
// SQL of the rollup: counting quarters of an hour that have news, and reading them by what people ask for.
#include "dci/analytics.hpp"
#include "net/postgres.hpp"

namespace vss::dci {

class rollup_store {
 public:
  explicit rollup_store(net::pg_pool& db) : db_(db) {}
  // Counts at most `most` quarters anew; answers how many. 0: nothing to do, or another server is at it.
  task<result<std::int64_t>> roll_up(int most);
  // The wish is rounded. invalid by /tz: no such time zone.
  task<result<analytics_view>> read(analytics_wish wish);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::dci
