#pragma once
// SQL of point.security_audit_log and its head.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"
#include "point/chain.hpp"

namespace vss::point {

struct audit_head {
  std::string chain;  // uuid of this log
  chain_head last;
};

// What to look for; empty members ask nothing. `action` ending in '.' or '*' is a prefix.
struct audit_filter {
  std::string actor;
  std::string action;
  std::string object;
  std::string trail;
  std::optional<bool> allowed;
  std::optional<instant> from;
  std::optional<instant> until;
};

class audit_store {
 public:
  explicit audit_store(net::pg_pool& db) : db_(db) {}
  task<result<audit_head>> head();
  // Locks the head until the transaction ends: all writers stand in one line.
  task<result<audit_head>> lock_head(net::transaction& in);
  task<result<void>> insert(net::transaction& in, std::vector<audit_row> rows);
  task<result<bool>> holds(net::transaction& in, std::int64_t seq, std::string hash);
  // Ascending, numbers in (after, upto].
  task<result<std::vector<audit_row>>> page(std::int64_t after, std::int64_t upto, int limit);
  // Newest first, numbers below `before` when that is > 0.
  task<result<std::vector<audit_row>>> search(audit_filter what, std::int64_t before, int limit);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
