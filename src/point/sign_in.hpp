#pragma once
// Signing in and out with tokens. An access token lives 5 minutes and is only a claim that a session lives; a refresh
// token is spent once, lives 12 hours unused, and its family ends 7 days after the login. A refresh token used twice
// ends the family in the same transaction.
#include "point/access.hpp"
#include "point/login_gate.hpp"

namespace vss::point {

struct sign_in_parts {
  net::pg_pool& db;
  key_ring& keys;
  audit& log;
  password_desk& passwords;
  login_gate& gate;
  const clock& time;
  random_source& random;
};

class sign_in {
 public:
  explicit sign_in(sign_in_parts parts) : p_(parts), people_(p_.db), sessions_(p_.db) {}

  task<result<token_answer>> login(asker by, login_input input);
  task<result<token_answer>> refresh(asker by, refresh_input input);
  task<result<void>> logout(asker by);
  task<result<void>> logout_everywhere(asker by);
  // Ends all other sessions of the person.
  task<result<void>> change_password(asker by, password_change input, std::vector<std::string> context);
  // Ends a session of anybody, or of one person when `of` is given.
  task<result<void>> end_session(asker by, std::string session, std::optional<std::string> of);
  // A token without a person for tests, exporters and operators' scripts; at most 31 days.
  task<result<secret>> service_token(asker by, std::string role, seconds life);
  task<result<session_page>> sessions(std::optional<std::string> person, std::string after, int limit);
  task<result<void>> sweep();

 private:
  task<result<token_answer>> open_session(asker by, proven what);
  token_answer answer_with(secret access, secret refresh, instant refresh_until, bool must_change) const;
  claims claims_for(std::string subject, std::string session, seconds life) const;
  task<result<token_answer>> rotate(asker by, std::string hash, bool& reused);

  sign_in_parts p_;
  people_store people_;
  session_store sessions_;
};

}  // namespace vss::point
