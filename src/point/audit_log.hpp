#pragma once
// The audit log's one writer per process. `append` waits until its row is committed; rows that wait together are
// written together (group commit), and the lock on the head puts all processes in one line, so numbers have no gaps.
// A row whose fate is unknown after a lost connection is looked up before anybody is told. Its connection is its own:
// callers that hold one of the main pool's can wait here without a deadlock.
#include <deque>
#include <memory>

#include "base/scope.hpp"
#include "point/api.hpp"
#include "point/audit_store.hpp"

namespace vss::point {

class audit_log final : public audit {
 public:
  audit_log(scope& work, net::pg_options where, const clock& time);
  ~audit_log() override;
  void start();
  // Errors: too_many (the queue of 4,096 is full), unavailable and timeout (not written, or nobody can say: what must
  // be on record may not happen), invalid (a detail with fractions, or longer than 16 KiB).
  task<result<void>> append(audit_entry entry) override;
  std::size_t waiting() const { return queue_.size(); }

 private:
  struct ticket;
  task<void> write_loop();
  task<void> write_batch(std::vector<std::shared_ptr<ticket>> batch);
  task<result<void>> write(std::vector<audit_row> rows);
  task<result<bool>> was_written(audit_row last);

  scope& work_;
  net::pg_pool db_;
  audit_store store_;
  const clock& time_;
  wakeup queued_;
  std::deque<std::shared_ptr<ticket>> queue_;
};

}  // namespace vss::point
