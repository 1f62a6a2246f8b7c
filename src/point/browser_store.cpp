#include "point/browser_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement insert_token{"point.browser.add",
                                      "insert into point.browser_token (hash, session) values ($1, $2)"};
constexpr net::statement read_by_hash{
    "point.browser.by_hash",
    "select b.hash, s.id, s.person, s.seen_at, s.expires_at "
    "from point.browser_token b join point.session s on s.id = b.session "
    "where b.hash = $1 and s.revoked_at is null and s.expires_at > $2 and s.seen_at > $3"};
constexpr net::statement read_by_session{
    "point.browser.by_session",
    "select b.hash, s.id, s.person, s.seen_at, s.expires_at "
    "from point.browser_token b join point.session s on s.id = b.session "
    "where s.id = $1 and s.revoked_at is null and s.expires_at > $2 and s.seen_at > $3"};
constexpr net::statement read_live{"point.browser.live",
                                   "select b.hash, s.id, s.person, s.seen_at, s.expires_at "
                                   "from point.browser_token b join point.session s on s.id = b.session "
                                   "where s.revoked_at is null and s.expires_at > $1 and s.seen_at > $2",
                                   seconds(5)};
constexpr net::statement keep_seen{"point.browser.seen",
                                   "update point.session set seen_at = $2 where id = $1 and seen_at < $2 "
                                   "and revoked_at is null"};
constexpr net::statement end_one{"point.browser.end",
                                 "update point.session s set revoked_at = $3, revoked_why = $2 "
                                 "from point.browser_token b where b.hash = $1 and s.id = b.session "
                                 "and s.revoked_at is null returning s.id, s.person"};

browser_row browser_of(const net::row& row) {
  return {net::from_bytea(row.text(0)), row.string(1), row.string(2), row.time(3), row.time(4)};
}

std::optional<browser_row> first_of(const net::rows& found) {
  return found.empty() ? std::nullopt : std::optional(browser_of(found[0]));
}

}  // namespace

task<result<void>> browser_store::add(net::transaction& in, std::string hash, std::string session) {
  net::params with{net::bytea(hash), session};
  auto done = co_await in.run(insert_token, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::optional<browser_row>>> browser_store::by_hash(std::string hash, instant now) {
  net::params with{net::bytea(hash), now, now - session_idle_limit};
  auto found = co_await db_.run(read_by_hash, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return first_of(*found);
}

task<result<std::optional<browser_row>>> browser_store::by_session(std::string session, instant now) {
  net::params with{session, now, now - session_idle_limit};
  auto found = co_await db_.run(read_by_session, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return first_of(*found);
}

task<result<std::vector<browser_row>>> browser_store::live(instant now) {
  net::params with{now, now - session_idle_limit};
  auto found = co_await db_.run(read_live, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<browser_row> out;
  for (const auto row : *found) out.push_back(browser_of(row));
  co_return out;
}

task<result<void>> browser_store::seen(std::string session, instant now) {
  net::params with{session, now};
  auto done = co_await db_.run(keep_seen, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::optional<ended_browser>>> browser_store::end(net::transaction& in, std::string hash, std::string why,
                                                              instant now) {
  net::params with{net::bytea(hash), why, now};
  auto done = co_await in.run(end_one, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return std::optional<ended_browser>();
  co_return std::optional<ended_browser>({(*done)[0].string(0), (*done)[0].string(1)});
}

}  // namespace vss::point
