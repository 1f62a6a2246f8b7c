#include "point/key_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement read_all{
    "point.key.all",
    "select kid, public_key, sealed_seed, state, created_at, active_at, retired_at, last_expiry "
    "from point.signing_key order by created_at, kid"};
constexpr net::statement insert_key{
    "point.key.add",
    "insert into point.signing_key (kid, public_key, sealed_seed, state, created_at, active_at) "
    "values ($1, $2, $3, $4, $5, $6)"};
constexpr net::statement end_active{"point.key.end_active",
                                    "update point.signing_key set state = $2, retired_at = $3 "
                                    "where state = 'active' and kid = $1"};
constexpr net::statement promote{"point.key.promote",
                                 "update point.signing_key set state = 'active', active_at = $1 where state = 'next'"};
constexpr net::statement put_expiry{"point.key.expiry",
                                    "update point.signing_key set last_expiry = greatest(last_expiry, $2) "
                                    "where kid = $1"};

}  // namespace

task<result<std::vector<signing_key>>> key_store::all() {
  auto found = co_await db_.run(read_all, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<signing_key> out;
  for (const auto row : *found) {
    out.push_back({row.string(0), net::from_bytea(row.text(1)), net::from_bytea(row.text(2)), row.string(3),
                   row.time(4), row.maybe_time(5), row.maybe_time(6), row.maybe_time(7)});
  }
  co_return out;
}

task<result<void>> key_store::add(signing_key fresh) {
  net::params with{fresh.kid,   net::bytea(fresh.open), net::bytea(fresh.sealed_seed),
                   fresh.state, fresh.created,          fresh.active};
  auto done = co_await db_.run(insert_key, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> key_store::rotate(std::string expected, signing_key fresh, std::string old_state, instant now) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params ending{expected, old_state, now};
  auto ended = co_await work->run(end_active, std::move(ending));
  if (!ended) co_return fail(std::move(ended.error()));
  if (ended->affected() != 1) co_return fail(errc::conflict, "the signing key was changed by somebody else");
  net::params when{now};
  auto promoted = co_await work->run(promote, std::move(when));
  if (!promoted) co_return fail(std::move(promoted.error()));
  if (promoted->affected() != 1) co_return fail(errc::conflict, "there is no next signing key");
  net::params with{fresh.kid, net::bytea(fresh.open), net::bytea(fresh.sealed_seed),
                   "next",    fresh.created,          std::nullopt};
  auto added = co_await work->run(insert_key, std::move(with));
  if (!added) co_return fail(std::move(added.error()));
  co_return co_await work->commit();
}

task<result<void>> key_store::note_expiry(std::string kid, instant last) {
  net::params with{kid, last};
  auto done = co_await db_.run(put_expiry, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::point
