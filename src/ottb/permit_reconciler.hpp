#pragma once
// Nothing stays open for ever: attempts whose message, permit, worker or channel vanished are found and ended. Queued
// too long and permits that nobody used go back unchanged; calls without a channel end as lost. Whether a channel lives
// is asked of whoever owns the PBX connection; no answer changes nothing.
#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "ottb/report_service.hpp"

namespace vss::ottb {

// true: the PBX holds a channel of that attempt; unavailable: it cannot say (not the owner, not reconciled).
using call_alive_fn = std::function<task<result<bool>>(std::string attempt)>;

struct reconciler_options {
  milliseconds every{2000};
  int queued_seconds = 60;
  int permitted_seconds = 10;  // past the permit's end
  int live_seconds = 15;       // since the last thing that happened to a call
};

class permit_reconciler {
 public:
  permit_reconciler(net::pg_pool& db, scope& life, report_service& reports, net::metrics& meters, call_alive_fn alive,
                    reconciler_options options);
  void start();
  void on_returned(std::function<void(std::string campaign)> heard) { heard_ = std::move(heard); }

  // One attempt whose worker vanished (its slot's lease ran out). true: it is resolved and the slot may go free; false:
  // a channel still lives, or nobody can say.
  task<bool> lease_lost(std::string attempt);
  task<result<int>> sweep();

 private:
  task<void> run();
  task<bool> resolve(report_store::stale_attempt stale);

  report_store store_;
  scope& life_;
  report_service& reports_;
  net::metrics& meters_;
  call_alive_fn alive_;
  reconciler_options options_;
  std::function<void(std::string)> heard_;
};

}  // namespace vss::ottb
