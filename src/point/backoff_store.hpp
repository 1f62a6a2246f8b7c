#pragma once
// Slowing down whoever guesses. An attempt is charged before the secret is looked at and refunded when it was right, so
// that many attempts at once do not slip through; the row's lock counts them one by one. Nobody is ever locked out for
// good: the longest wait is five minutes.
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

// One thing that is counted. `free` wrong attempts cost nothing; then 1, 2, 4 ... `longest` seconds.
struct backoff_key {
  std::string key;
  int free = 5;
  int longest = 300;
};

// Keys of an attempt on `path` ("login", "code", "enrol", "refresh") by `account` ("" when there is none) from
// `address`, in the order in which they are locked. The account and the network (IPv4 /24, IPv6 /64) together are
// slowed first, the network's address later, the account as a whole last and mildly, so that strangers cannot keep its
// owner out; for "code" it is strict, because only who knows the password gets there.
std::vector<backoff_key> backoff_keys(std::string_view path, std::string_view account, std::string_view address);

class backoff_store {
 public:
  explicit backoff_store(net::pg_pool& db) : db_(db) {}
  // too_many with the seconds to wait.
  task<result<void>> charge(std::vector<backoff_key> keys, instant now);
  task<result<void>> refund(std::vector<backoff_key> keys);
  task<result<void>> sweep(instant before);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
