#pragma once
// Ends attempts: F-11 reports of hubs, the PBX's facts, and the reconciler's verdicts meet here and agree on one
// outcome.
#include "ottb/events.hpp"
#include "ottb/report_end.hpp"

namespace vss::ottb {

class report_service {
 public:
  report_service(net::pg_pool& db, const clock& time) : store_(db), time_(time) {}
  void on_end(attempt_ended_fn heard) { heard_.push_back(std::move(heard)); }

  // Idempotent: a repeat is accepted again and changes nothing.
  task<result<link::report_receipt>> report(std::string hub, link::report_batch batch);
  task<result<void>> ended(call_end facts);
  // The attempt has no channel and no worker any more.
  task<result<void>> lost(std::string attempt);
  report_store& store() { return store_; }

 private:
  using judge_fn = std::function<std::optional<attempt_end>(const open_attempt&)>;
  // Reads, judges, writes; again for those that moved between reading and writing. Answers what was known of each.
  task<result<std::vector<open_attempt>>> settle(std::vector<std::string> attempts, judge_fn judge);
  void announce(const open_attempt& known, const attempt_end& end) const;

  report_store store_;
  const clock& time_;
  std::vector<attempt_ended_fn> heard_;
};

}  // namespace vss::ottb
