#include "point/factor_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement read_one{"point.factor.one",
                                  "select person, sealed_secret, created_at, confirmed_at, last_step "
                                  "from point.second_factor where person = $1"};
constexpr net::statement offer_one{
    "point.factor.offer",
    "insert into point.second_factor as f (person, sealed_secret, created_at) values ($1, $2, $3) "
    "on conflict (person) do update set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, "
    "last_step = 0 where f.confirmed_at is null"};
constexpr net::statement confirm_one{"point.factor.confirm",
                                     "update point.second_factor set confirmed_at = $3, last_step = $4 "
                                     "where person = $1 and created_at = $2 and confirmed_at is null"};
constexpr net::statement clear_codes{"point.factor.clear_codes", "delete from point.recovery_code where person = $1"};
constexpr net::statement fill_codes{
    "point.factor.fill_codes", "insert into point.recovery_code (person, hash) select $1::uuid, unnest($2::bytea[])"};
constexpr net::statement advance_step{"point.factor.step",
                                      "update point.second_factor set last_step = $3 "
                                      "where person = $1 and confirmed_at = $2 and last_step < $3"};
constexpr net::statement use_code{"point.factor.code",
                                  "update point.recovery_code set used_at = $4 "
                                  "where person = $1 and hash = $3 and used_at is null and exists (select 1 from "
                                  "point.second_factor f where f.person = $1 and f.confirmed_at = $2)"};
constexpr net::statement remove_one{"point.factor.remove",
                                    "delete from point.second_factor where person = $1 "
                                    "returning confirmed_at is not null"};
constexpr net::statement remove_offers{
    "point.factor.sweep", "delete from point.second_factor where confirmed_at is null and created_at < $1"};

}  // namespace

task<result<std::optional<factor_row>>> factor_store::one(std::string person) {
  net::params with{person};
  auto found = co_await db_.run(read_one, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return std::optional<factor_row>();
  const auto row = (*found)[0];
  co_return std::optional<factor_row>(
      factor_row{row.string(0), net::from_bytea(row.text(1)), row.time(2), row.maybe_time(3), row.whole(4)});
}

task<result<bool>> factor_store::offer(net::transaction& in, std::string person, std::string sealed_secret,
                                       instant now) {
  net::params with{person, net::bytea(sealed_secret), now};
  auto done = co_await in.run(offer_one, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<bool>> factor_store::confirm(net::transaction& in, factor_row offered, std::int64_t step, instant now) {
  net::params with{offered.person, offered.created, now, step};
  auto done = co_await in.run(confirm_one, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<void>> factor_store::put_codes(net::transaction& in, std::string person, std::vector<std::string> hashes) {
  net::params whose{person};
  auto cleared = co_await in.run(clear_codes, std::move(whose));
  if (!cleared) co_return fail(std::move(cleared.error()));
  for (auto& one : hashes) one = net::bytea(one);
  net::params with{person, net::text_array(hashes)};
  auto done = co_await in.run(fill_codes, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<bool>> factor_store::take_step(net::transaction& in, std::string person, instant since, std::int64_t step) {
  net::params with{person, since, step};
  auto done = co_await in.run(advance_step, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<bool>> factor_store::take_code(net::transaction& in, std::string person, instant since, std::string hash,
                                           instant now) {
  net::params with{person, since, net::bytea(hash), now};
  auto done = co_await in.run(use_code, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<bool>> factor_store::remove(net::transaction& in, std::string person) {
  net::params with{person};
  auto done = co_await in.run(remove_one, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return !done->empty() && (*done)[0].yes(0);
}

task<result<void>> factor_store::sweep(instant before) {
  net::params with{before};
  auto done = co_await db_.run(remove_offers, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::point
