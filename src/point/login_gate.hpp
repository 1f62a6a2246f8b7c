#pragma once
// Proves who somebody is: login, password and, when the person has a second factor, its code. Unknown login, wrong
// password, disabled person and expired one-time password all cost and answer the same; only after the right password
// does an answer say that a code is due (unauthorized, type second-factor). Passwords and codes are slowed down apart:
// a right password does not forgive wrong codes.
#include "point/api.hpp"
#include "point/asker.hpp"
#include "point/factor_store.hpp"
#include "point/password_desk.hpp"
#include "point/people_store.hpp"
#include "point/shapes.hpp"

namespace vss::point {

struct gate_parts {
  net::pg_pool& db;
  point::vault& vault;
  audit& log;
  password_desk& passwords;
  const clock& time;
};

// A code that fits and was not yet taken.
struct code_proof {
  instant since{};        // when the factor was confirmed
  std::int64_t step = 0;  // of a code by time
  std::string recovery;   // hash of a recovery code; empty: a code by time
};

struct proven {
  credentials who;
  std::optional<code_proof> code;
};

class login_gate {
 public:
  explicit login_gate(gate_parts parts) : p_(parts), people_(p_.db), factors_(p_.db) {}

  task<result<proven>> prove(asker by, login_input input);
  // Takes the code in the transaction that opens what it is for, so that it is good once; unauthorized when it was
  // taken before. Nothing to take is fine.
  task<result<void>> take_code(net::transaction& in, asker by, proven who);
  // After that transaction: the code was right.
  task<void> passed(asker by, proven who);
  // The password of who asks, for what must not be done from a screen that was left open. invalid at `pointer`;
  // refusals are on record as `action`.
  task<result<credentials>> own_password(asker by, secret password, std::string action, std::string pointer);
  // A code by time under a factor's key; charged to the asker, refunded by `passed` or `refund_code`.
  task<result<std::optional<std::int64_t>>> step_of(asker by, factor_row factor, secret code);
  task<void> refund_code(asker by, std::string person);

 private:
  task<result<bool>> right_password(credentials who, bool known, secret password);
  task<result<code_proof>> prove_code(asker by, factor_row factor, std::optional<secret> code);
  task<result<void>> note_refused(asker by, std::string person, std::string why);
  task<result<void>> renew_hash(credentials who, secret password);
  task<void> refund(std::vector<backoff_key> keys);

  gate_parts p_;
  people_store people_;
  factor_store factors_;
};

// What the audit log says about it.
dto::json::object how_proven(const proven& who);
// Where a factor's secret is sealed.
std::string factor_place(std::string_view person);

}  // namespace vss::point
