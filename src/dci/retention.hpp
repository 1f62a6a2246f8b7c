#pragma once
// How long calls and events are kept: a rule for each in whole months, what stands there now, and the taking off. The
// endpoints are here too.
#include "base/dto.hpp"
#include "net/postgres.hpp"
#include "net/router.hpp"

namespace vss::dci {

struct kept_month {
  std::string month;  // 2026-08, UTC
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(kept_month, (), (month, bytes))

struct retention_rule {
  std::string what;                    // calls, events
  std::optional<std::int32_t> months;  // kept beside the month that runs; left out: for ever
  std::int64_t version = 0;            // goes back as If-Match
  std::optional<instant> changed_at;
  std::vector<kept_month> kept;  // oldest first, up to the month that runs
};
BOOST_DESCRIBE_STRUCT(retention_rule, (), (what, months, version, changed_at, kept))

struct retention_view {
  std::int32_t least_months = 0, most_months = 0;  // what a rule may say
  std::vector<retention_rule> items;
};
BOOST_DESCRIBE_STRUCT(retention_view, (), (least_months, most_months, items))

struct retention_input {
  std::optional<std::int32_t> months;  // left out: for ever
  std::string reason;                  // for the audit log
};
BOOST_DESCRIBE_STRUCT(retention_input, (), (months, reason))
inline constexpr int least_months = 14, most_months = 120;  // as the table checks
inline auto dto_rules(const retention_input*) {
  return dto::rules(dto::range<&retention_input::months>(least_months, most_months),
                    dto::length<&retention_input::reason>(1, 300),
                    dto::format<&retention_input::reason>("[^]*\\S[^]*"));
}

class retention_desk {
 public:
  explicit retention_desk(net::pg_pool& db) : db_(db) {}
  task<result<retention_view>> view();
  // precondition: the rule has changed meanwhile.
  task<result<retention_rule>> change(net::call asked, retention_input input);
  // Takes off the months that no rule keeps; answers how many. timeout: a table was busy, nothing went.
  task<result<std::int64_t>> apply();

 private:
  net::pg_pool& db_;
};

void add_routes(net::router& to, retention_desk& desk);

}  // namespace vss::dci
