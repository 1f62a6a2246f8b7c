#include "point/browser_access.hpp"

#include <set>

#include "base/log.hpp"
#include "point/token.hpp"

namespace vss::point {
namespace {

constexpr int most_at_once = 32;

struct counted {
  explicit counted(int& of) : of_(of) { ++of_; }
  ~counted() { --of_; }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  int& of_;
};

}  // namespace

browser_access::browser_access(net::pg_pool& db, change_feed& feed, const clock& time, session_ends ends)
    : store_(db), time_(time), ends_(std::move(ends)) {
  feed.on("browser", [this](std::string session) { return reload(std::move(session)); });
}

// A row may have been read before its end was heard of.
void browser_access::learn(browser_row row) {
  if (!ends_.heard_of(row.session)) book_.learn(std::move(row));
}

task<result<void>> browser_access::reload_one(std::string session) {
  auto one = co_await store_.by_session(session, time_.now());
  if (!one) co_return fail(std::move(one.error()));
  if (*one) {
    learn(std::move(**one));
    co_return result<void>{};
  }
  book_.forget(session);
  ends_.over(session, "");
  co_return result<void>{};
}

task<result<void>> browser_access::reload(std::string session) {
  if (!session.empty()) co_return co_await reload_one(std::move(session));
  const auto known = book_.sessions();
  auto live = co_await store_.live(time_.now());
  if (!live) co_return fail(std::move(live.error()));
  std::set<std::string, std::less<>> living;
  for (auto& row : *live) {
    living.insert(row.session);
    learn(std::move(row));
  }
  // Idle, a week old, or ended while nothing was heard: whoever listens to a session's end must hear it.
  for (const auto& one : known) {
    if (living.contains(one)) continue;
    auto done = co_await reload_one(one);
    if (!done) co_return done;
  }
  co_return result<void>{};
}

task<result<std::optional<browser_row>>> browser_access::look_up(std::string hash) {
  if (looking_ >= most_at_once) co_return fail(errc::unavailable, "too many sessions are looked up; try again");
  const counted mine(looking_);
  auto row = co_await store_.by_hash(std::move(hash), time_.now());
  if (!row || !*row) co_return row;
  if (ends_.heard_of((*row)->session)) co_return std::optional<browser_row>();
  book_.learn(**row);
  co_return row;
}

task<result<browser_row>> browser_access::judge(secret cookie) {
  const auto hash = token_hash(token_kind::browser, cookie);
  if (!hash) co_return fail(errc::unauthorized, "not a session's cookie");
  const auto now = time_.now();
  auto row = book_.find(*hash);
  const bool aged = row && row->expires <= now;
  if (aged) co_return fail(errc::unauthorized, "expired");
  if (!row || is_over(*row, now)) {
    auto found = co_await look_up(*hash);
    if (!found) co_return fail(std::move(found.error()));
    if (!*found) co_return fail(errc::unauthorized, "the session is over");
    row = std::move(*found);
  }
  if (!book_.touch(*hash, now)) co_return std::move(*row);
  // What is not kept now is kept a minute later.
  auto kept = co_await store_.seen(row->session, now);
  if (!kept) log::failed("point", "browser_seen_not_kept", kept.error());
  if (ends_.heard_of(row->session)) co_return fail(errc::unauthorized, "the session is over");
  co_return std::move(*row);
}

}  // namespace vss::point
