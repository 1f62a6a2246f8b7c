#pragma once
// Group commit over all links of this process: numbered messages wait at most 5 ms or until 500 are there, go to
// PostgreSQL as one transaction, and only then is their link told, in the order in which they came. While PostgreSQL is
// away the batch waits and is tried again; links stop reading when too much of theirs waits. One message that
// PostgreSQL refuses is found by halving, logged and dropped: it must not hold up a hub for ever.
#include <deque>
#include <functional>
#include <memory>

#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "ottb/link_batch.hpp"

namespace vss::ottb {

// Told after the commit: every message of this link up to `n` is in PostgreSQL.
class link_receipt {
 public:
  virtual ~link_receipt() = default;
  virtual void committed(std::int64_t n, std::size_t count) = 0;
};

class link_commit {
 public:
  using deltas_fn = std::function<void(const std::vector<slot_delta>&)>;

  link_commit(net::pg_pool& db, scope& life, net::metrics& meters);
  void start();
  void on_deltas(deltas_fn heard) { deltas_.push_back(std::move(heard)); }
  // Bounded by what each link may have waiting (link_session).
  void push(link_item item, std::shared_ptr<link_receipt> from);
  std::size_t waiting() const { return queue_.size(); }

 private:
  struct entry {
    link_item item;
    std::shared_ptr<link_receipt> from;
    std::chrono::steady_clock::time_point since;
  };
  task<void> run();
  task<bool> write(std::vector<link_item> items);
  std::vector<entry> next();
  void tell(const std::vector<entry>& done);

  net::pg_pool& db_;
  scope& life_;
  net::metrics& meters_;
  wakeup ready_;
  std::deque<entry> queue_;
  std::vector<deltas_fn> deltas_;
};

}  // namespace vss::ottb
