#pragma once
// A ticket opens one live socket within 30 s, in whichever server process takes it: a browser cannot send headers with
// a WebSocket, and a cookie alone would let any page open one. Kept in Redis, taken once. Without Redis there are none.
#include <string>

#include "base/ids.hpp"
#include "net/redis.hpp"

namespace vss::workspace {

inline constexpr seconds ticket_life{30};

struct ticket_holder {
  std::string person;
  std::string session;
};

class ticket_office {
 public:
  ticket_office(net::redis& kept, random_source& random) : kept_(kept), random_(random) {}
  task<result<std::string>> issue(ticket_holder who);
  // unauthorized: unknown, too old, or taken already.
  task<result<ticket_holder>> take(std::string ticket);

 private:
  net::redis& kept_;
  random_source& random_;
};

}  // namespace vss::workspace
