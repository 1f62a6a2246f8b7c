#include "point/sign_in.hpp"

#include "base/log.hpp"
#include "point/token.hpp"

namespace vss::point {

claims sign_in::claims_for(std::string subject, std::string session, seconds life) const {
  const auto now = std::chrono::duration_cast<seconds>(p_.time.now().time_since_epoch()).count();
  return {std::move(subject), std::move(session), make_uuid(p_.time, p_.random), now, now + life.count()};
}

token_answer sign_in::answer_with(secret access, secret refresh, instant refresh_until, bool must_change) const {
  token_answer out;
  out.access_token = access.reveal();
  out.expires_in = token_life.count();
  out.refresh_token = refresh.reveal();
  out.refresh_expires_in = std::chrono::duration_cast<seconds>(refresh_until - p_.time.now()).count();
  out.must_change = must_change;
  return out;
}

task<result<token_answer>> sign_in::login(asker by, login_input input) {
  auto who = co_await p_.gate.prove(by, std::move(input));
  if (!who) co_return fail(std::move(who.error()));
  auto opened = co_await open_session(by, *who);
  if (opened) co_await p_.gate.passed(std::move(by), std::move(*who));
  co_return opened;
}

task<result<token_answer>> sign_in::open_session(asker by, proven what) {
  const auto now = p_.time.now();
  const credentials& who = what.who;
  session_row session;
  session.id = make_uuid(p_.time, p_.random);
  session.person = who.person;
  session.created = now;
  session.expires = now + session_family_limit;
  session.address = by.address;
  session.agent = by.agent;
  const secret refresh = make_token(token_kind::refresh, p_.random);
  const instant refresh_until = now + session_idle_limit;
  auto access = p_.keys.sign(claims_for(who.person, session.id, token_life));
  if (!access) co_return fail(std::move(access.error()));

  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto taken = co_await p_.gate.take_code(*work, by, what);
  if (!taken) co_return fail(std::move(taken.error()));
  auto added = co_await sessions_.add(*work, session, who.person);
  if (!added) co_return fail(std::move(added.error()));
  auto hash = token_hash(token_kind::refresh, refresh);
  auto token = co_await sessions_.add_token(*work, *hash, session.id, 1, refresh_until);
  if (!token) co_return fail(std::move(token.error()));
  // On record before it holds.
  by.who.id = who.person;
  auto entry = entry_of(by, "point.login", "session:" + session.id, true, how_proven(what));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return answer_with(std::move(*access), refresh, refresh_until, who.must_change);
}

task<result<token_answer>> sign_in::refresh(asker by, refresh_input input) {
  const auto hash = token_hash(token_kind::refresh, input.refresh_token);
  const auto keys = backoff_keys("refresh", "", by.address);
  auto charged = co_await p_.passwords.backoff().charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));
  if (!hash) co_return fail(errc::unauthorized, "this refresh token does not count");
  bool reused = false;
  auto rotated = co_await rotate(std::move(by), *hash, reused);
  if (!rotated && !reused) co_return rotated;
  // A token that was ours once is no guess, so that many parallel repeats do not slow down the whole address.
  auto refunded = co_await p_.passwords.backoff().refund(keys);
  if (!refunded) log::failed("point", "backoff_not_refunded", refunded.error());
  co_return rotated;
}

// `reused` belongs to the caller's frame, which waits.
task<result<token_answer>> sign_in::rotate(asker by, std::string hash, bool& reused) {
  const auto now = p_.time.now();
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto spent = co_await sessions_.spend(*work, hash, now);
  if (!spent) co_return fail(std::move(spent.error()));
  if (!*spent) {
    auto family = co_await sessions_.end_family(*work, hash, now);
    if (!family) co_return fail(std::move(family.error()));
    if (*family) {
      by.who.id = (*family)->person.value_or("");
      auto entry = entry_of(by, "point.refresh.reused", "session:" + (*family)->id, false);
      auto noted = co_await p_.log.append(std::move(entry));
      if (!noted) co_return fail(std::move(noted.error()));
    }
    auto kept = co_await work->commit();
    if (!kept) co_return fail(std::move(kept.error()));
    reused = family->has_value();
    co_return fail(errc::unauthorized, "this refresh token does not count");
  }
  const spent_token from = **spent;
  auto moved = co_await sessions_.advance(*work, from.session, from.generation, now);
  if (!moved) co_return fail(std::move(moved.error()));
  if (!*moved) co_return fail(errc::unauthorized, "this refresh token does not count");
  const secret next = make_token(token_kind::refresh, p_.random);
  const instant until = std::min<instant>(now + session_idle_limit, from.session_expires);
  auto next_hash = token_hash(token_kind::refresh, next);
  auto added = co_await sessions_.add_token(*work, *next_hash, from.session, from.generation + 1, until);
  if (!added) co_return fail(std::move(added.error()));
  auto access = p_.keys.sign(claims_for(from.person, from.session, token_life));
  if (!access) co_return fail(std::move(access.error()));
  by.who.id = from.person;
  auto entry = entry_of(by, "point.refresh", "session:" + from.session);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return answer_with(std::move(*access), next, until, from.must_change);
}

task<result<void>> sign_in::logout(asker by) {
  std::string session = by.who.session;
  if (session.empty()) co_return fail(errc::conflict, "there is no session to end");
  co_return co_await end_session(std::move(by), std::move(session), std::nullopt);
}

task<result<void>> sign_in::end_session(asker by, std::string session, std::optional<std::string> of) {
  auto ended = co_await sessions_.revoke(session, std::move(of), "ended by " + by.who.id, p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  if (!*ended) co_return fail(errc::not_found, "there is no such session");
  const bool own = session == by.who.session;
  const std::string action = own ? "point.logout" : "point.session.revoke";
  // Ending access never waits for the log; what it cannot record it says.
  auto entry = entry_of(by, action, "session:" + session);
  co_return co_await p_.log.append(std::move(entry));
}

task<result<void>> sign_in::logout_everywhere(asker by) {
  if (!is_uuid(by.who.id)) co_return co_await logout(std::move(by));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto ended = co_await sessions_.revoke_all(*work, by.who.id, "", "logout everywhere", p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return kept;
  dto::json::object detail{{"sessions", *ended}};
  auto entry = entry_of(by, "point.logout_everywhere", "person:" + by.who.id, true, std::move(detail));
  co_return co_await p_.log.append(std::move(entry));
}

task<result<void>> sign_in::change_password(asker by, password_change input, std::vector<std::string> context) {
  if (!is_uuid(by.who.id)) co_return fail(errc::forbidden, "a service token has no password");
  auto who = co_await p_.gate.own_password(by, input.current, "point.password.change", "/current");
  if (!who) co_return fail(std::move(who.error()));

  context.push_back(who->login);
  context.push_back(who->display_name);
  auto good = check_password(input.next, context, "/next");
  if (!good) co_return good;
  if (input.next == input.current) co_return invalid("/next", "is the password in force");
  auto hash = co_await p_.passwords.hash(input.next);
  if (!hash) co_return fail(std::move(hash.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto put = co_await people_.put_password(*work, who->person, who->hash, *hash, false, std::nullopt);
  if (!put) co_return put;
  auto ended = co_await sessions_.revoke_all(*work, who->person, by.who.session, "password changed", p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  auto entry = entry_of(by, "point.password.change", "person:" + who->person);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return noted;
  co_return co_await work->commit();
}

task<result<secret>> sign_in::service_token(asker by, std::string role, seconds life) {
  if (life <= seconds(0) || life > longest_life) co_return invalid("/ttl", "must be 1 s to 31 days");
  const auto now = p_.time.now();
  session_row session;
  session.id = make_uuid(p_.time, p_.random);
  session.service_role = role;
  session.created = now;
  session.expires = now + life;
  session.address = by.address;
  session.agent = by.agent;
  auto token = p_.keys.sign(claims_for("service:" + role, session.id, life));
  if (!token) co_return token;
  // Before the token exists, so that a change of keys cannot cut it short.
  auto longer = co_await p_.keys.note_expiry(session.expires);
  if (!longer) co_return fail(std::move(longer.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto added = co_await sessions_.add(*work, session, by.who.id);
  if (!added && added.error().kind == errc::conflict) co_return invalid("/role", "there is no such role");
  if (!added) co_return fail(std::move(added.error()));
  dto::json::object detail{{"role", role}, {"seconds", life.count()}};
  auto entry = entry_of(by, "point.service_token", "session:" + session.id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return token;
}

task<result<session_page>> sign_in::sessions(std::optional<std::string> person, std::string after, int limit) {
  auto found = co_await sessions_.live(std::move(person), std::move(after), limit + 1, p_.time.now());
  if (!found) co_return fail(std::move(found.error()));
  session_page out;
  for (auto& one : *found) {
    if (static_cast<int>(out.items.size()) == limit) {
      out.next = out.items.back().id;
      break;
    }
    out.items.push_back(
        {one.id, one.person, one.service_role, one.created, one.seen, one.expires, one.address, one.agent});
  }
  co_return out;
}

task<result<void>> sign_in::sweep() {
  const auto now = p_.time.now();
  auto done = co_await sessions_.sweep(now - std::chrono::days(30));
  if (!done) co_return done;
  co_return co_await p_.passwords.backoff().sweep(now - std::chrono::hours(24));
}

}  // namespace vss::point
