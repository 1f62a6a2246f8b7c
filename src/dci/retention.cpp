#include "dci/retention.hpp"

namespace vss::dci {
namespace {

constexpr int keys_at_once = 50'000;

constexpr net::statement read_rules{
    "dci_retention",
    "select r.what, r.months, r.version, r.changed_at, to_char(k.month, 'YYYY-MM'), k.bytes from dci.retention r "
    "left join dci.kept_months() k on k.what = r.what and k.month <= dci.kept_from(0) order by r.what, k.month",
    milliseconds{5000}};
constexpr net::statement change_rule{
    "dci_retention_change",
    "update dci.retention set months = nullif($2::int, 0), version = version + 1, changed_at = clock_timestamp() "
    "where what = $1 and ($3 = '*' or version::text = $3)"};
constexpr net::statement drop_months{"dci_retention_months", "select dci.drop_past_months()", milliseconds{30000}};
constexpr net::statement drop_keys{"dci_retention_keys", "select dci.drop_past_keys($1)", milliseconds{30000}};

}  // namespace

task<result<retention_view>> retention_desk::view() {
  auto found = co_await db_.run(read_rules, {});
  if (!found) co_return fail(std::move(found.error()));
  retention_view out{least_months, most_months, {}};
  for (const auto row : *found) {
    if (out.items.empty() || out.items.back().what != row.text(0)) {
      retention_rule rule{row.string(0), {}, row.whole(2), row.maybe_time(3), {}};
      if (!row.null(1)) rule.months = static_cast<std::int32_t>(row.whole(1));
      out.items.push_back(std::move(rule));
    }
    if (!row.null(4)) out.items.back().kept.push_back({row.string(4), row.whole(5)});
  }
  co_return out;
}

task<result<retention_rule>> retention_desk::change(net::call asked, retention_input input) {
  const std::string what = asked.path.at("kept");
  net::params with{what, input.months.value_or(0), asked.if_match.value_or("")};
  auto done = co_await db_.run(change_rule, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->affected() == 0) co_return fail(errc::precondition, "the rule has changed meanwhile");
  auto all = co_await view();
  if (!all) co_return fail(std::move(all.error()));
  for (auto& rule : all->items)
    if (rule.what == what) co_return std::move(rule);
  co_return fail(errc::not_found, "no such rule");
}

task<result<std::int64_t>> retention_desk::apply() {
  auto gone = co_await db_.run(drop_months, {});
  if (!gone) co_return fail(std::move(gone.error()));
  const std::int64_t months = (*gone)[0].whole(0);
  for (;;) {
    net::params most{keys_at_once};
    auto keys = co_await db_.run(drop_keys, std::move(most));
    if (!keys) co_return fail(std::move(keys.error()));
    if ((*keys)[0].whole(0) < keys_at_once) co_return months;
  }
}

void add_routes(net::router& to, retention_desk& desk) {
  to.path_parameter({"kept", "calls|events", "what is kept"});
  to.add({.method = "GET",
          .path = "/dci/retention",
          .permission = "dci.retention.read",
          .summary = "how long calls and events are kept, and what stands there now by month"},
         [&desk](net::call) { return desk.view(); });
  to.add({.method = "PUT",
          .path = "/dci/retention/{kept}",
          .permission = "dci.retention.write",
          .summary = "change how long calls or events are kept; months beyond go within the hour, for good",
          .if_match = true,
          .audit = "dci.retention.change"},
         [&desk](net::call from, retention_input input) { return desk.change(std::move(from), std::move(input)); });
}

}  // namespace vss::dci
