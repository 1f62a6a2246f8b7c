#include "base/log.hpp"
#include "net/origin.hpp"
#include "point/browser_cookie.hpp"
#include "point/routes.hpp"

namespace vss::point {
namespace {

std::unexpected<error> from_elsewhere() {
  return fail_as(errc::forbidden, "other-origin", "this must come from the page of this server");
}

task<result<own_account>> account_now(service& point, const browser_session& of) {
  auto who = co_await point.rights().person_now(of.person, of.session);
  if (!who) co_return fail(std::move(who.error()));
  co_return co_await account_of(point, std::move(*who));
}

// A page of another site must neither sign a browser in nor out: neither route waits for a session that would be
// judged.
void add_sessions(net::router& to, service& point) {
  to.add(
      {.method = "POST",
       .path = "/point/browser/login",
       .permission = "open",
       .summary = "Sign a browser in: the session is in a cookie that no script can read. When the password is right "
                  "and a code is due, the problem's type is /problems/second-factor",
       .body_limit = 4096,
       .audit = "point.login"},
      [&point](net::call from, login_input input) -> task<result<net::reply<own_account>>> {
        if (net::from_other_origin(*from.request)) co_return from_elsewhere();
        auto shown = cookie_of(*from.request);
        std::optional<secret> before;
        if (shown) before = std::move(*shown);
        auto by = asker_of(from);
        by.who = {};  // login, password and code alone say who it is
        auto opened = co_await point.browsers().login(std::move(by), std::move(input), std::move(before));
        if (!opened) co_return fail(std::move(opened.error()));
        auto account = co_await account_now(point, *opened);
        if (!account) {
          // Nobody holds its cookie.
          auto ended = co_await point.browsers().logout(asker_of(from), std::move(opened->cookie));
          if (!ended) log::failed("point", "session_left_open", ended.error(), {{"session", opened->session}});
          co_return fail(std::move(account.error()));
        }
        net::reply<own_account> out{std::move(*account)};
        out.cookies = {cookie_with(opened->cookie)};
        co_return out;
      });
  to.add({.method = "POST",
          .path = "/point/browser/logout",
          .permission = "open",
          .summary = "End the session of the cookie and take the cookie away; also when the session is over already",
          .audit = "point.logout"},
         [&point](net::call from) -> task<result<net::reply<net::nothing>>> {
           auto cookie = cookie_of(*from.request);
           const bool shown = !cookie || *cookie;
           const bool own = net::from_own_origin(*from.request);
           if (!own && (shown || net::from_other_origin(*from.request))) co_return from_elsewhere();
           if (cookie && *cookie) {
             auto done = co_await point.browsers().logout(asker_of(from), std::move(**cookie));
             if (!done) co_return fail(std::move(done.error()));
           }
           net::reply<net::nothing> out{};
           out.cookies = {cookie_cleared()};
           co_return out;
         });
}

void add_second_factor(net::router& to, service& point) {
  to.add({.method = "POST",
          .path = "/point/me/second-factor",
          .permission = "point.factor.update",
          .summary = "Offer a key for an authenticator app; it is asked for once a code of it was confirmed",
          .body_limit = 4096,
          .audit = "point.factor.begin"},
         [&point](net::call from, password_proof input) -> task<result<factor_offer>> {
           return point.second_factor().begin(asker_of(from), std::move(input));
         });
  to.add({.method = "POST",
          .path = "/point/me/second-factor/confirm",
          .permission = "point.factor.update",
          .summary = "Put the offered key in force with a code of it; the answer holds the recovery codes, once",
          .body_limit = 4096,
          .audit = "point.factor.confirm"},
         [&point](net::call from, factor_code input) -> task<result<recovery_code_list>> {
           return point.second_factor().confirm(asker_of(from), std::move(input));
         });
  to.add({.method = "DELETE",
          .path = "/point/me/second-factor",
          .permission = "point.factor.update",
          .summary = "Take off one's own second factor; its recovery codes are void",
          .body_limit = 4096,
          .audit = "point.factor.remove"},
         [&point](net::call from, password_proof input) -> task<result<net::nothing>> {
           auto done = co_await point.second_factor().remove(asker_of(from), std::move(input));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
  to.add({.method = "DELETE",
          .path = "/point/people/{person}/second-factor",
          .permission = "point.factor.reset",
          .summary = "Take off the second factor of a person who lost it; all of his sessions end",
          .audit = "point.factor.reset"},
         [&point](net::call from) -> task<result<net::nothing>> {
           auto done = co_await point.second_factor().reset(asker_of(from), from.path.at("person"));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
}

}  // namespace

void add_browser_routes(net::router& to, service& point) {
  add_sessions(to, point);
  add_second_factor(to, point);
}

}  // namespace vss::point
