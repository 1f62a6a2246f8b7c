#pragma once
// SQL of point.signing_key.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

struct signing_key {
  std::string kid;
  std::string open;         // raw 32 bytes
  std::string sealed_seed;  // site seal
  std::string state;        // next, active, retired, revoked
  instant created{};
  std::optional<instant> active;
  std::optional<instant> retired;
  std::optional<instant> last_expiry;  // of the longest service token it signed
};

class key_store {
 public:
  explicit key_store(net::pg_pool& db) : db_(db) {}
  task<result<std::vector<signing_key>>> all();
  // Adds `fresh` as next, moves next to active and active to `old_state`; conflict when another process was quicker.
  // `expected`: kid of the active key, "" when there is none.
  task<result<void>> rotate(std::string expected, signing_key fresh, std::string old_state, instant now);
  // Adds a key in its state; conflict when that state is taken.
  task<result<void>> add(signing_key fresh);
  task<result<void>> note_expiry(std::string kid, instant last);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
