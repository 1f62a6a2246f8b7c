#pragma once
// The second factor of people: a key for an authenticator app, offered, shown to work, then asked for at every login;
// ten recovery codes, each good for one login. The key is sealed at rest; of a recovery code only the SHA-256 is kept.
// An offer that is not confirmed within 15 minutes is void.
#include "point/access.hpp"
#include "point/factor_shapes.hpp"
#include "point/login_gate.hpp"

namespace vss::point {

struct factor_parts {
  net::pg_pool& db;
  point::vault& vault;
  access& rights;
  audit& log;
  login_gate& gate;
  const clock& time;
  random_source& random;
  std::string issuer;  // what the app shows beside the login
};

class second_factor {
 public:
  explicit second_factor(factor_parts parts)
      : p_(std::move(parts)), people_(p_.db), sessions_(p_.db), factors_(p_.db) {}

  task<result<bool>> in_force(std::string person);
  // conflict: one is in force already.
  task<result<factor_offer>> begin(asker by, password_proof input);
  // invalid: not the code of now; conflict: nothing is on offer.
  task<result<recovery_code_list>> confirm(asker by, factor_code input);
  // not_found: there is none in force.
  task<result<void>> remove(asker by, password_proof input);
  // Of somebody else, who lost it; all of his sessions end. forbidden: he holds more than who asks.
  task<result<void>> reset(asker by, std::string person);
  task<result<void>> sweep();

 private:
  task<result<factor_row>> on_offer(std::string person);
  task<result<recovery_code_list>> put_in_force(asker by, factor_row offered, std::int64_t step);
  task<result<void>> take_off(net::transaction& in, std::string person);

  factor_parts p_;
  people_store people_;
  session_store sessions_;
  factor_store factors_;
};

}  // namespace vss::point
