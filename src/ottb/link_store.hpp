#pragma once
// The SQL of the link: taking over an identity's link (fenced, one transaction), heartbeats, the outbox towards hubs,
// and the sweeps. Every change that another server process may make too is a compare-and-set.
#include <set>
#include <string>
#include <vector>

#include "link/message.hpp"
#include "net/postgres.hpp"
#include "ottb/link_identity.hpp"
#include "ottb/slot_fence.hpp"

namespace vss::ottb {

// The answer to a hello.
struct link_opening {
  hello_verdict verdict = hello_verdict::accepted;
  std::string label;
  std::int64_t fence = 0;       // this link's; every later hello gets a higher one
  std::int64_t received_n = 0;  // resume_after
  std::int64_t sent_n = 0;
  std::string desired_hash;
  bool was_unreachable = false;
};

// One live link's news since the last beat.
struct link_beat {
  std::string hub;
  std::int64_t fence = 0;
  std::int64_t journal_depth = 0;
  std::int64_t skew_ms = 0;
  std::int64_t received_n = 0;
  milliseconds silent{0};  // since the hub's last word
};

struct outbox_row {
  std::int64_t n = 0;
  std::string type;
  std::string body;
  double age_seconds = 0;
};

struct expired_lease {
  std::string slot;
  std::string hub;
  std::int64_t epoch = 0;
  std::string attempt;
  std::string state;
  bool reached_hub = false;  // the hub has spoken in this epoch
};

class link_store {
 public:
  explicit link_store(net::pg_pool& db) : db_(db) {}

  // not_found: no row for this hub yet.
  task<result<link_opening>> open(std::string hub, link::hello said, std::string server, std::int64_t skew_ms);
  task<result<void>> close(std::string hub, std::int64_t fence);
  // Locks an identity that lives twice; both links end.
  task<result<void>> lock(std::string hub, std::string reason);
  // Answers the hubs whose link is still ours.
  task<result<std::set<std::string>>> beat(std::vector<link_beat> beats);
  task<result<void>> renew_leases(std::vector<std::string> hubs);
  task<result<std::string>> present_run(std::string hub);

  // Gives the next number, writes the row and wakes the server that holds the link.
  task<result<std::int64_t>> append(std::string hub, std::string type, std::string body);
  task<result<std::vector<outbox_row>>> outbox(std::string hub, std::int64_t after);
  task<result<void>> acknowledged(std::string hub, std::int64_t upto);
  // A command that came too late to be done: out of the outbox, answered with no.
  task<result<void>> expire_command(std::string hub, std::int64_t n, std::string id);

  task<result<std::vector<slot_mark>>> marks(std::string hub);
  task<result<void>> correct(std::string hub, std::vector<slot_correction> corrections, std::int64_t last_sent);
  task<result<void>> reconciled(std::string hub, std::int64_t fence);
  // Hubs (not locked, not retired) whose snapshot this process cannot rely on yet.
  task<result<std::int64_t>> unsettled(instant started);

  task<result<std::vector<std::string>>> sweep_unreachable(std::int64_t silence_seconds);
  // Claims expired leases for 20 s, so that two servers do not resolve the same one at once.
  task<result<std::vector<expired_lease>>> claim_expired();
  // false: the lease had changed meanwhile. `keep`: a channel still lives, the lease goes on.
  task<result<bool>> end_lease(std::string slot, std::int64_t epoch, bool keep);
  // Stale words about slots whose lease has ended take effect after all.
  task<result<std::int64_t>> catch_up();
  task<result<void>> note(std::string hub, std::string kind, std::string severity, std::string slot,
                          std::string detail);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
