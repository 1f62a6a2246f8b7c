#pragma once
// Signing in and out with a browser's cookie. The session is of the same family as those with tokens: idle for 12 h or
// 7 days old it is over, and whatever ends sessions ends it. The cookie's text is made anew at every login; only its
// SHA-256 is kept.
#include "point/browser_store.hpp"
#include "point/login_gate.hpp"
#include "point/session_store.hpp"

namespace vss::point {

struct browser_parts {
  net::pg_pool& db;
  audit& log;
  login_gate& gate;
  const clock& time;
  random_source& random;
};

struct browser_session {
  secret cookie;
  std::string session;
  std::string person;
};

class browser_sign_in {
 public:
  explicit browser_sign_in(browser_parts parts) : p_(parts), sessions_(p_.db), browsers_(p_.db) {}

  // `shown`: the cookie that the browser had; its session ends with the login.
  task<result<browser_session>> login(asker by, login_input input, std::optional<secret> shown);
  // Ends the session behind a cookie. Nothing to end is fine: the browser is signed out.
  task<result<void>> logout(asker by, secret cookie);

 private:
  task<result<browser_session>> open_session(asker by, proven what, std::optional<secret> shown);
  task<result<std::optional<ended_browser>>> end(net::transaction& in, secret cookie, std::string why);

  browser_parts p_;
  session_store sessions_;
  browser_store browsers_;
};

}  // namespace vss::point
