#pragma once
// Where secrets of people are looked at: two threads hash, sixty-four callers wait, the rest is told to come again.
// Every attempt is charged to its account and address before and refunded when it was right (backoff_store.hpp).
#include "base/async.hpp"
#include "point/backoff_store.hpp"
#include "point/password.hpp"

namespace vss::point {

class password_desk {
 public:
  password_desk(net::pg_pool& db, random_source& random)
      : backoff_(db), random_(random), pool_("password hashing", 2, 64) {}

  // Errors: too_many.
  task<result<std::string>> hash(secret password);
  task<result<bool>> verify(std::string phc, secret password);

  backoff_store& backoff() { return backoff_; }

 private:
  backoff_store backoff_;
  random_source& random_;
  worker_pool pool_;
};

}  // namespace vss::point
