#pragma once
// DCI at work: writes what others hand over (halves of CDRs, events) in batches, keeps months ahead, answers questions.
// PostgreSQL may be away: what waits is kept and written when it is back.
#include "base/ids.hpp"
#include "base/scope.hpp"
#include "dci/api.hpp"
#include "dci/retention.hpp"
#include "dci/rollup_store.hpp"
#include "dci/store.hpp"

namespace vss::dci {

class service final : public call_facts, public event_log, public hub_roles {
 public:
  service(executor on, net::pg_pool& db, const clock& time, random_source& random);

  // Starts the writers, the rollup and the hourly care of partitions (months ahead, months past their retention) in
  // `work`.
  void start(scope& work);
  // Waits until all that was handed over is stored. false: `limit` passed first.
  task<bool> drain(milliseconds limit);

  void ended(const ottb::call_ended& call) override;
  void note(log_event event) override;
  task<result<std::string>> admit(std::string hub_id, std::string short_id, secret password) override;
  task<result<void>> revoke(std::string hub_id) override;

  task<result<call_page>> calls(call_filter by);
  task<result<call_story>> call(std::string call_id);
  task<result<event_page>> events(event_filter by);
  task<result<summary_view>> summary(std::optional<std::string> campaign, std::optional<instant> from,
                                     std::optional<instant> to);
  task<result<analytics_view>> analytics(analytics_wish wish);
  // Counts what has news until nothing is left or something fails; answers the quarters of an hour.
  task<result<std::int64_t>> roll_up();
  retention_desk& retention() { return retention_; }
  const clock& time() const { return time_; }

 private:
  using batch = std::vector<boost::json::object>;
  task<void> write_facts();
  task<void> write_events();
  task<void> care();
  task<void> keep_rolled_up();
  task<void> store_facts(batch facts);
  task<void> store_events(batch events);

  store store_;
  rollup_store rollup_;
  retention_desk retention_;
  const clock& time_;
  random_source& random_;
  channel<boost::json::object> facts_;
  channel<boost::json::object> events_;
  std::size_t writing_ = 0;
};

}  // namespace vss::dci
