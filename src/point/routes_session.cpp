#include "base/log.hpp"
#include "point/base64.hpp"
#include "point/routes.hpp"

namespace vss::point {
namespace {

json_web_keys published(const key_ring& keys) {
  json_web_keys out;
  for (const auto& key : keys.in_force()) {
    json_web_key one;
    one.x = base64url(key.second);
    one.kid = key.first;
    out.keys.push_back(std::move(one));
  }
  return out;
}

void add_tokens(net::router& to, service& point) {
  to.add({.method = "POST",
          .path = "/point/login",
          .permission = "open",
          .summary = "Sign in with login and password",
          .body_limit = 4096,
          .audit = "point.login"},
         [&point](net::call from, login_input input) -> task<result<token_answer>> {
           return point.sign_in().login(asker_of(from), std::move(input));
         });
  to.add({.method = "POST",
          .path = "/point/refresh",
          .permission = "open",
          .summary = "Spend a refresh token for new tokens; a token spent twice ends its session",
          .body_limit = 4096,
          .audit = "point.refresh"},
         [&point](net::call from, refresh_input input) -> task<result<token_answer>> {
           auto by = asker_of(from);
           by.who = {};  // the refresh token alone says who it is
           return point.sign_in().refresh(std::move(by), std::move(input));
         });
  to.add({.method = "POST",
          .path = "/point/logout",
          .permission = "point.self.update",
          .summary = "End this session",
          .audit = "point.logout"},
         [&point](net::call from) -> task<result<net::nothing>> {
           auto done = co_await point.sign_in().logout(asker_of(from));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
  to.add({.method = "POST",
          .path = "/point/logout-everywhere",
          .permission = "point.self.update",
          .summary = "End all of one's own sessions",
          .audit = "point.logout_everywhere"},
         [&point](net::call from) -> task<result<net::nothing>> {
           auto done = co_await point.sign_in().logout_everywhere(asker_of(from));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
  to.add({.method = "GET", .path = "/point/jwks", .permission = "open", .summary = "Keys that verify access tokens"},
         [&point](net::call) -> task<result<json_web_keys>> { co_return published(point.keys()); });
}

void add_own_account(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/me",
          .permission = "point.self.read",
          .summary = "Who one is and what one may do"},
         [&point](net::call from) -> task<result<own_account>> { return account_of(point, std::move(from.who)); });
  to.add({.method = "POST",
          .path = "/point/me/password",
          .permission = "point.self.update",
          .summary = "Change one's own password; all other sessions end",
          .body_limit = 4096,
          .audit = "point.password.change"},
         [&point](net::call from, password_change input) -> task<result<net::nothing>> {
           auto done =
               co_await point.sign_in().change_password(asker_of(from), std::move(input), point.password_context());
           if (!done) co_return fail(std::move(done.error()));
           // A one-time password opens this door alone: the page goes on at once, before the change feed comes round.
           auto known = co_await point.rights().person_now(from.who.id, from.who.session);
           if (!known) log::failed("point", "person_not_read", known.error(), {{"trail", from.story}});
           co_return net::nothing{};
         });
  to.add({.method = "GET",
          .path = "/point/me/sessions",
          .permission = "point.self.read",
          .summary = "One's own sessions that live",
          .query = {limit_parameter(), after_parameter()}},
         [&point](net::call from) -> task<result<session_page>> {
           if (!is_uuid(from.who.id)) co_return session_page{};
           co_return co_await point.sign_in().sessions(from.who.id, query_of(from, "after"), limit_of(from));
         });
  to.add({.method = "DELETE",
          .path = "/point/me/sessions/{session}",
          .permission = "point.self.update",
          .summary = "End one of one's own sessions",
          .audit = "point.session.revoke"},
         [&point](net::call from) -> task<result<net::nothing>> {
           if (!is_uuid(from.who.id)) co_return fail(errc::not_found, "there is no such session");
           auto done = co_await point.sign_in().end_session(asker_of(from), from.path.at("session"), from.who.id);
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
}

}  // namespace

task<result<own_account>> account_of(service& point, net::principal who) {
  own_account out;
  out.id = who.id;
  out.login = who.name;
  out.display_name = who.name;
  out.roles = who.roles;
  out.permissions.assign(who.permissions.begin(), who.permissions.end());
  if (!who.session.empty()) out.session = who.session;
  if (!is_uuid(who.id)) co_return out;  // a service token
  auto row = co_await point.people().row(who.id);
  if (row) {
    out.display_name = row->display_name;
    out.must_change = row->must_change;
  }
  auto factor = co_await point.second_factor().in_force(who.id);
  if (!factor) co_return fail(std::move(factor.error()));
  out.second_factor = *factor;
  co_return out;
}

void add_session_routes(net::router& to, service& point) {
  add_tokens(to, point);
  add_own_account(to, point);
}

}  // namespace vss::point
