#pragma once
// Signed heads of the audit chain in a file outside PostgreSQL: a line every 60 s or 1,000 rows, whichever comes first,
// when the head has moved. Several processes may share the file (flock); each line also goes to the process's log.
#include <string>

#include "base/scope.hpp"
#include "point/audit_store.hpp"
#include "point/envelope.hpp"

namespace vss::point {

// Blocking; appends one line after the file's last whole line and syncs it. Answers false when the last line already
// names `what.seq` of this chain or a later one. `what.prev` is filled in here.
result<bool> append_checkpoint(const std::string& path, checkpoint what, std::string_view seed);

class checkpoint_keeper {
 public:
  checkpoint_keeper(scope& work, net::pg_pool& db, const envelope& box, const clock& time, std::string path);
  void start();
  // Writes a checkpoint now when the head has moved.
  task<result<void>> keep();
  const std::string& path() const { return path_; }

 private:
  task<void> keep_loop();

  scope& work_;
  audit_store store_;
  const envelope& box_;
  const clock& time_;
  std::string path_;
  worker_pool files_;
  std::int64_t kept_seq_ = 0;
};

}  // namespace vss::point
