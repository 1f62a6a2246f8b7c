#include "point/backoff_store.hpp"

#include <algorithm>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

// `until` lies a minute back when nothing is to be waited for: the clocks of those who wait for the row differ.
// After a quarter of an hour in peace an attempt counts as the first.
constexpr net::statement charge_one{
    "point.backoff.charge",
    "insert into point.login_backoff as b (key, failures, until, updated_at) values ($1, 1, $4::timestamptz - interval "
    "'1 minute', $4) "
    "on conflict (key) do update set "
    "failures = case when b.updated_at < $4 - interval '15 minutes' then 1 else b.failures + 1 end, "
    "until = $4 + make_interval(secs => case "
    "  when b.updated_at < $4 - interval '15 minutes' or b.failures < $2 then -60 "
    "  else least(power(2, least(b.failures - $2, 20)), $3) end), "
    "updated_at = $4 where b.until <= $4 returning failures"};
constexpr net::statement how_long{
    "point.backoff.wait",
    "select ceil(extract(epoch from until - $2))::bigint from point.login_backoff where key = $1"};
constexpr net::statement forget{"point.backoff.forget", "delete from point.login_backoff where key = $1"};
constexpr net::statement give_back{"point.backoff.refund",
                                   "update point.login_backoff set failures = greatest(failures - 1, 0), "
                                   "until = least(until, updated_at - interval '1 minute') where key = $1"};
constexpr net::statement remove_old{"point.backoff.sweep", "delete from point.login_backoff where updated_at < $1",
                                    seconds(10)};

std::string network_of(std::string_view address) {
  const bool v6 = address.contains(':');
  if (!v6) return std::string(address.substr(0, address.rfind('.')));
  std::size_t end = 0;
  for (int groups = 0; groups < 4 && end < address.size(); ++groups)
    end = std::min(address.find(':', end), address.size() - 1) + 1;
  return std::string(address.substr(0, end));
}

bool is_pair(const backoff_key& key) { return key.key.contains(":pair:"); }

}  // namespace

std::vector<backoff_key> backoff_keys(std::string_view path, std::string_view account, std::string_view address) {
  const std::string start(path);
  std::vector<backoff_key> out;
  // Hubs and people behind one address enrol and refresh together; only guessers are wrong that often.
  const int free_per_address = path == "login" || path == "code" ? 30 : 200;
  out.push_back({start + ":address:" + std::string(address), free_per_address, 60});
  if (account.empty()) return out;
  const std::string who = sha256_hex(account).substr(0, 32);
  out.push_back({start + ":pair:" + who + ":" + network_of(address), 5, 300});
  // Whoever is asked for a code knew the password: no stranger keeps its owner out, and six digits need the longer
  // wait.
  out.push_back(path == "code" ? backoff_key{start + ":account:" + who, 10, 300}
                               : backoff_key{start + ":account:" + who, 50, 30});
  return out;
}

task<result<void>> backoff_store::charge(std::vector<backoff_key> keys, instant now) {
  std::vector<net::step> steps;
  for (const auto& one : keys) {
    steps.push_back({&charge_one, {one.key, one.free, one.longest, now}});
    steps.push_back({&how_long, {one.key, now}});
  }
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  std::int64_t wait = 0;
  for (std::size_t i = 0; i + 1 < done->size(); i += 2) {
    const bool refused = done->at(i).empty();
    if (refused && !done->at(i + 1).empty()) wait = std::max<std::int64_t>({wait, 1, done->at(i + 1)[0].whole(0)});
  }
  if (wait > 0) co_return fail(errc::too_many, "too many attempts; try again in " + std::to_string(wait) + " s");
  co_return result<void>{};
}

task<result<void>> backoff_store::refund(std::vector<backoff_key> keys) {
  std::vector<net::step> steps;
  for (const auto& one : keys) steps.push_back({is_pair(one) ? &forget : &give_back, {one.key}});
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> backoff_store::sweep(instant before) {
  net::params with{before};
  auto done = co_await db_.run(remove_old, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::point
