#include "point/archont_store.hpp"

namespace vss::point {
namespace {

#define VSS_ARCHONT_COLUMNS                                                                                     \
  "id, short_id, label, kind, state, fingerprint, expires_at, next_fingerprint, next_expires_at, enrolled_at, " \
  "renewed_at, revoked_at, revoked_why, created_at, version"

constexpr net::statement read_all{"point.archont.all", "select " VSS_ARCHONT_COLUMNS " from point.archont",
                                  seconds(10)};
constexpr net::statement read_one{"point.archont.one",
                                  "select " VSS_ARCHONT_COLUMNS " from point.archont where id = $1"};
constexpr net::statement read_by_print{"point.archont.by_fingerprint",
                                       "select " VSS_ARCHONT_COLUMNS
                                       " from point.archont where fingerprint = $1 or next_fingerprint = $1"};
constexpr net::statement read_page{
    "point.archont.page", "select " VSS_ARCHONT_COLUMNS " from point.archont where label > $1 order by label limit $2"};
constexpr net::statement insert_pending{
    "point.archont.pending",
    "insert into point.archont as a (id, short_id, label, kind) "
    "values ($1::uuid, right(replace($1::uuid::text, '-', ''), 12), $2, $3) "
    "on conflict (label) do update set version = a.version + 1, "
    "kind = case when a.state = 'pending' then excluded.kind else a.kind end "
    "where a.state = 'pending' or (a.state = 'active' and $4) returning " VSS_ARCHONT_COLUMNS};
constexpr net::statement insert_token{"point.enrol_token.add",
                                      "insert into point.enrol_token (hash, archont, expires_at, made_by) "
                                      "values ($1, $2, $3, $4)"};
constexpr net::statement spend{"point.enrol_token.spend",
                               "update point.enrol_token set used_at = $2 "
                               "where hash = $1 and used_at is null and expires_at > $2 returning archont"};
constexpr net::statement put_certificate{
    "point.archont.enrol",
    "update point.archont set state = 'active', fingerprint = $2, expires_at = $3, next_fingerprint = null, "
    "next_expires_at = null, enrolled_at = $4, version = version + 1 "
    "where id = $1 and state <> 'revoked' returning " VSS_ARCHONT_COLUMNS};
constexpr net::statement put_next{
    "point.archont.renew",
    "update point.archont set next_fingerprint = $3, next_expires_at = $4, renewed_at = $5, version = version + 1 "
    "where id = $1 and fingerprint = $2 and state = 'active' returning " VSS_ARCHONT_COLUMNS};
constexpr net::statement promote_next{
    "point.archont.promote",
    "update point.archont set fingerprint = next_fingerprint, expires_at = next_expires_at, next_fingerprint = null, "
    "next_expires_at = null, version = version + 1 "
    "where id = $1 and next_fingerprint = $2 and state = 'active'"};
constexpr net::statement end_identity{"point.archont.revoke",
                                      "update point.archont set state = 'revoked', revoked_at = $3, revoked_why = $2, "
                                      "version = version + 1 where id = $1 and state <> 'revoked' "
                                      "returning " VSS_ARCHONT_COLUMNS};

#undef VSS_ARCHONT_COLUMNS

archont_row archont_of(const net::row& row) {
  return {row.string(0),      row.string(1),      row.string(2), row.string(3),     row.string(4),
          row.maybe(5),       row.maybe_time(6),  row.maybe(7),  row.maybe_time(8), row.maybe_time(9),
          row.maybe_time(10), row.maybe_time(11), row.maybe(12), row.time(13),      row.whole(14)};
}

result<archont_row> only(const result<net::rows>& found, errc when_none, const char* why) {
  if (!found) return std::unexpected(found.error());
  if (found->empty()) return fail(when_none, why);
  return archont_of((*found)[0]);
}

result<std::vector<archont_row>> many(const result<net::rows>& found) {
  if (!found) return std::unexpected(found.error());
  std::vector<archont_row> out;
  for (const auto row : *found) out.push_back(archont_of(row));
  return out;
}

}  // namespace

task<result<std::vector<archont_row>>> archont_store::all() {
  const auto found = co_await db_.run(read_all, {});
  co_return many(found);
}

task<result<archont_row>> archont_store::one(std::string id) {
  net::params with{id};
  const auto found = co_await db_.run(read_one, std::move(with));
  co_return only(found, errc::not_found, "there is no such archont");
}

task<result<archont_row>> archont_store::by_fingerprint(std::string fingerprint) {
  net::params with{fingerprint};
  const auto found = co_await db_.run(read_by_print, std::move(with));
  co_return only(found, errc::not_found, "there is no such archont");
}

task<result<std::vector<archont_row>>> archont_store::page(std::string after_label, int limit) {
  net::params with{after_label, limit};
  const auto found = co_await db_.run(read_page, std::move(with));
  co_return many(found);
}

task<result<archont_row>> archont_store::pending(net::transaction& in, std::string id, std::string label,
                                                 std::string kind, bool also_active) {
  net::params with{id, label, kind, also_active};
  const auto found = co_await in.run(insert_pending, std::move(with));
  co_return only(found, errc::conflict, "this label belongs to an enrolled or revoked archont");
}

task<result<void>> archont_store::add_token(net::transaction& in, std::string hash, std::string archont,
                                            instant expires, std::string made_by) {
  net::params with{net::bytea(hash), archont, expires, made_by};
  auto done = co_await in.run(insert_token, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::string>> archont_store::spend_token(net::transaction& in, std::string hash, instant now) {
  net::params with{net::bytea(hash), now};
  auto done = co_await in.run(spend, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return fail(errc::not_found, "there is no such token");
  co_return (*done)[0].string(0);
}

task<result<archont_row>> archont_store::enrol(net::transaction& in, std::string id, std::string fingerprint,
                                               instant expires, instant now) {
  net::params with{id, fingerprint, expires, now};
  const auto done = co_await in.run(put_certificate, std::move(with));
  co_return only(done, errc::conflict, "this archont was revoked");
}

task<result<archont_row>> archont_store::renew(net::transaction& in, std::string id, std::string old_fingerprint,
                                               std::string fingerprint, instant expires, instant now) {
  net::params with{id, old_fingerprint, fingerprint, expires, now};
  const auto done = co_await in.run(put_next, std::move(with));
  co_return only(done, errc::conflict, "the certificate in force is another one now");
}

task<result<void>> archont_store::promote(std::string id, std::string fingerprint) {
  net::params with{id, fingerprint};
  auto done = co_await db_.run(promote_next, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<archont_row>> archont_store::revoke(net::transaction& in, std::string id, std::string why, instant now) {
  net::params with{id, why, now};
  const auto done = co_await in.run(end_identity, std::move(with));
  co_return only(done, errc::conflict, "this archont is revoked already");
}

}  // namespace vss::point
