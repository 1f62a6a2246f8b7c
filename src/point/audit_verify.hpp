#pragma once
// Verification of the whole audit log over SQL and the checkpoint file. Finds edits, deletions, swaps, insertions; with
// the checkpoints also rows cut off at the end and a log written anew.
#include "point/audit_store.hpp"

namespace vss::point {

struct verification {
  bool ok = false;
  std::string chain;
  std::int64_t rows = 0;
  std::int64_t last_seq = 0;
  std::string last_hash;            // hex
  std::size_t checkpoints = 0;      // signed and met
  std::size_t foreign = 0;          // lines of the file about other databases
  std::vector<finding> findings{};  // at most 200
};

// `public_key`: raw 32 bytes of the checkpoints' key. A missing file counts as empty.
task<result<verification>> verify_audit(net::pg_pool& db, std::string checkpoint_path, std::string public_key,
                                        instant now);

}  // namespace vss::point
