#pragma once
// The realtime picture of slots: every commit's changes go as one entry to the capped Redis stream `vss:slots` (field
// `deltas`, a JSON array), where any server process finds them for its listeners. Best effort: when Redis is away or
// slow, entries are dropped, and readers take the truth from PostgreSQL.
#include <string>

#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "net/redis.hpp"
#include "ottb/api.hpp"
#include "ottb/link_batch.hpp"

namespace vss::ottb {

class slot_stream {
 public:
  slot_stream(net::redis& pictures, scope& life, net::metrics& meters);
  void start();
  void publish(const std::vector<slot_delta>& deltas);  // for link_hub::on_deltas

 private:
  task<void> run();

  net::redis& pictures_;
  scope& life_;
  net::metrics& meters_;
  channel<std::string> waiting_;
};

std::string deltas_json(const std::vector<slot_delta>& deltas);

}  // namespace vss::ottb
