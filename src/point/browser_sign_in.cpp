#include "point/browser_sign_in.hpp"

#include "point/token.hpp"

namespace vss::point {

task<result<browser_session>> browser_sign_in::login(asker by, login_input input, std::optional<secret> shown) {
  auto who = co_await p_.gate.prove(by, std::move(input));
  if (!who) co_return fail(std::move(who.error()));
  auto opened = co_await open_session(by, *who, std::move(shown));
  if (opened) co_await p_.gate.passed(std::move(by), std::move(*who));
  co_return opened;
}

task<result<std::optional<ended_browser>>> browser_sign_in::end(net::transaction& in, secret cookie, std::string why) {
  const auto hash = token_hash(token_kind::browser, cookie);
  if (!hash) co_return std::optional<ended_browser>();
  co_return co_await browsers_.end(in, *hash, std::move(why), p_.time.now());
}

task<result<browser_session>> browser_sign_in::open_session(asker by, proven what, std::optional<secret> shown) {
  const auto now = p_.time.now();
  browser_session out;
  out.cookie = make_token(token_kind::browser, p_.random);
  out.session = make_uuid(p_.time, p_.random);
  out.person = what.who.person;
  session_row session;
  session.id = out.session;
  session.person = out.person;
  session.created = now;
  session.expires = now + session_family_limit;
  session.address = by.address;
  session.agent = by.agent;

  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto taken = co_await p_.gate.take_code(*work, by, what);
  if (!taken) co_return fail(std::move(taken.error()));
  auto added = co_await sessions_.add(*work, session, out.person);
  if (!added) co_return fail(std::move(added.error()));
  auto hash = token_hash(token_kind::browser, out.cookie);
  auto token = co_await browsers_.add(*work, *hash, out.session);
  if (!token) co_return fail(std::move(token.error()));
  dto::json::object detail = how_proven(what);
  detail["browser"] = true;
  if (shown) {
    auto before = co_await end(*work, std::move(*shown), "signed in anew");
    if (!before) co_return fail(std::move(before.error()));
    if (*before) detail["instead_of"] = (*before)->session;
  }
  // On record before it holds.
  by.who = {};
  by.who.id = out.person;
  auto entry = entry_of(by, "point.login", "session:" + out.session, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return out;
}

task<result<void>> browser_sign_in::logout(asker by, secret cookie) {
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto ended = co_await end(*work, std::move(cookie), "signed out");
  if (!ended) co_return fail(std::move(ended.error()));
  auto kept = co_await work->commit();
  if (!kept || !*ended) co_return kept;
  // Ending access never waits for the log; what it cannot record it says.
  by.who.id = (*ended)->person;
  auto entry = entry_of(by, "point.logout", "session:" + (*ended)->session);
  co_return co_await p_.log.append(std::move(entry));
}

}  // namespace vss::point
