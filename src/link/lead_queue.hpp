#pragma once
// The hub's lead queue (F-01) as both ends declare it: a broker refuses a second declaration that differs.
#include <string>

#include "net/rabbit.hpp"

namespace vss::link {

inline net::rabbit_queue lead_queue(std::string name) {
  net::rabbit_queue queue;
  queue.name = std::move(name);
  queue.message_ttl = seconds(30);  // the life of a lease
  queue.dead_letter_queue = "ottb.returned";
  return queue;
}

}  // namespace vss::link
