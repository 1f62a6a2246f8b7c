#pragma once
// SQL of the outbox (F-01): rows are locked while they are on their way to the broker and go after its confirm, so any
// server may relay and a dead one loses nothing.
#include <span>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::ottb {

// The queue of a hub's leads, and where those that nobody took come back.
inline std::string lead_queue(std::string_view hub) { return "hub." + std::string(hub) + ".leads"; }
constexpr std::string_view returned_queue = "ottb.returned";
constexpr std::string_view outbox_topic = "ottb_outbox";

struct outbox_message {
  std::int64_t id = 0;
  std::string exchange;
  std::string key;
  std::string body;
};

class outbox_store {
 public:
  explicit outbox_store(net::pg_pool& db) : db_(db) {}
  // The oldest rows that no other relay has; they stay locked until `within` ends.
  task<result<std::vector<outbox_message>>> take(net::transaction& within, int limit);
  task<result<void>> drop(net::transaction& within, std::vector<std::int64_t> ids);
  task<result<net::transaction>> begin() { co_return co_await db_.begin(); }
  task<result<bool>> any();

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
