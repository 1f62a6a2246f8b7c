#include "point/session_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement insert_session{
    "point.session.add",
    "insert into point.session (id, person, service_role, created_at, seen_at, expires_at, address, agent, made_by) "
    "values ($1, $2, $3, $4, $4, $5, $6, $7, $8)"};
constexpr net::statement insert_token{"point.refresh.add",
                                      "insert into point.refresh_token (hash, session, generation, expires_at) "
                                      "values ($1, $2, $3, $4)"};
constexpr net::statement spend_token{
    "point.refresh.spend",
    "update point.refresh_token t set used_at = $2 from point.session s join point.person p on p.id = s.person "
    "where t.hash = $1 and t.used_at is null and t.expires_at > $2 and s.id = t.session "
    "and s.generation = t.generation and s.revoked_at is null and s.expires_at > $2 and p.state = 'active' "
    "returning s.id, s.person, t.generation, s.expires_at, p.must_change"};
constexpr net::statement advance_session{"point.session.advance",
                                         "update point.session set generation = generation + 1, seen_at = $3 "
                                         "where id = $1 and generation = $2 and revoked_at is null"};
// Also when the session ended otherwise: the row is answered so that the caller can say whose token was tried.
constexpr net::statement end_of_token{
    "point.refresh.reused",
    "with family as (select session from point.refresh_token where hash = $1 and used_at is not null), "
    "ended as (update point.session s set revoked_at = $2, revoked_why = 'a refresh token was used twice' "
    "  from family f where s.id = f.session and s.revoked_at is null returning s.id) "
    "select s.id, s.person, s.service_role, s.created_at, s.seen_at, s.expires_at, s.address, s.agent, "
    "s.revoked_at, s.revoked_why from point.session s join family f on f.session = s.id "
    "where exists (select 1 from ended)"};
constexpr net::statement revoke_one{"point.session.revoke",
                                    "update point.session set revoked_at = $4, revoked_why = $3 where id = $1 "
                                    "and ($2::uuid is null or person = $2) and revoked_at is null"};
constexpr net::statement revoke_of_person{"point.session.revoke_all",
                                          "update point.session set revoked_at = $4, revoked_why = $3 "
                                          "where person = $1 and ($2::uuid is null or id <> $2) "
                                          "and revoked_at is null"};
constexpr net::statement read_one{
    "point.session.one",
    "select id, person, service_role, created_at, seen_at, expires_at, address, agent, revoked_at, revoked_why "
    "from point.session where id = $1"};
constexpr net::statement read_live{
    "point.session.live",
    "select id, person, service_role, created_at, seen_at, expires_at, address, agent, revoked_at, revoked_why "
    "from point.session where revoked_at is null and expires_at > $3 and ($1::uuid is null or person = $1) "
    "and ($2::uuid is null or id < $2) order by id desc limit $4"};
constexpr net::statement read_revoked{"point.session.revoked", "select id from point.session where revoked_at > $1",
                                      seconds(5)};
constexpr net::statement read_services{
    "point.session.services",
    "select id, person, service_role, created_at, seen_at, expires_at, address, agent, revoked_at, revoked_why "
    "from point.session where service_role is not null and revoked_at is null and expires_at > $1",
    seconds(5)};
constexpr net::statement remove_old{"point.session.sweep",
                                    "delete from point.session where id in (select id from point.session where "
                                    "coalesce(revoked_at, expires_at) < $1 order by id limit 1000)",
                                    seconds(10)};

session_row session_of(const net::row& row) {
  return {row.string(0), row.maybe(1),  row.maybe(2),  row.time(3),       row.time(4),
          row.time(5),   row.string(6), row.string(7), row.maybe_time(8), row.maybe(9)};
}

std::vector<session_row> sessions_of(const net::rows& found) {
  std::vector<session_row> out;
  for (const auto row : found) out.push_back(session_of(row));
  return out;
}

std::optional<std::string> id_or_null(const std::string& id) {
  return id.empty() ? std::nullopt : std::optional<std::string>(id);
}

}  // namespace

task<result<void>> session_store::add(net::transaction& in, session_row what, std::string made_by) {
  net::params with{what.id,      what.person,  what.service_role, what.created,
                   what.expires, what.address, what.agent,        made_by};
  auto done = co_await in.run(insert_session, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> session_store::add_token(net::transaction& in, std::string hash, std::string session,
                                            std::int64_t generation, instant expires) {
  net::params with{net::bytea(hash), session, generation, expires};
  auto done = co_await in.run(insert_token, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::optional<spent_token>>> session_store::spend(net::transaction& in, std::string hash, instant now) {
  net::params with{net::bytea(hash), now};
  auto done = co_await in.run(spend_token, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return std::optional<spent_token>();
  const auto row = (*done)[0];
  co_return std::optional<spent_token>(
      spent_token{row.string(0), row.string(1), row.whole(2), row.time(3), row.yes(4)});
}

task<result<bool>> session_store::advance(net::transaction& in, std::string session, std::int64_t generation,
                                          instant now) {
  net::params with{session, generation, now};
  auto done = co_await in.run(advance_session, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<std::optional<session_row>>> session_store::end_family(net::transaction& in, std::string hash,
                                                                   instant now) {
  net::params with{net::bytea(hash), now};
  auto done = co_await in.run(end_of_token, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return std::optional<session_row>();
  co_return std::optional<session_row>(session_of((*done)[0]));
}

task<result<bool>> session_store::revoke(std::string session, std::optional<std::string> of_person, std::string why,
                                         instant now) {
  net::params with{session, of_person, why, now};
  auto done = co_await db_.run(revoke_one, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<std::int64_t>> session_store::revoke_all(net::transaction& in, std::string person, std::string except,
                                                     std::string why, instant now) {
  net::params with{person, id_or_null(except), why, now};
  auto done = co_await in.run(revoke_of_person, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected();
}

task<result<session_row>> session_store::one(std::string session) {
  net::params with{session};
  auto found = co_await db_.run(read_one, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "there is no such session");
  co_return session_of((*found)[0]);
}

task<result<std::vector<session_row>>> session_store::live(std::optional<std::string> person, std::string after,
                                                           int limit, instant now) {
  net::params with{person, id_or_null(after), now, limit};
  auto found = co_await db_.run(read_live, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return sessions_of(*found);
}

task<result<std::vector<std::string>>> session_store::revoked_since(instant when) {
  net::params with{when};
  auto found = co_await db_.run(read_revoked, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<std::string> out;
  for (const auto row : *found) out.push_back(row.string(0));
  co_return out;
}

task<result<std::vector<session_row>>> session_store::live_services(instant now) {
  net::params with{now};
  auto found = co_await db_.run(read_services, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return sessions_of(*found);
}

task<result<void>> session_store::sweep(instant before) {
  net::params with{before};
  auto done = co_await db_.run(remove_old, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::point
