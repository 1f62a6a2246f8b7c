#pragma once
// The SQL behind the live pictures of api.hpp. Counting leads and outcomes costs most, so that only campaigns that move
// are counted every time; of the others at most 20 at a time, when they change and again after 30 s.
#include <map>

#include "net/postgres.hpp"
#include "ottb/api.hpp"
#include "ottb/call_rate.hpp"

namespace vss::ottb {

class live_store final : public live_pictures {
 public:
  live_store(net::pg_pool& db, const clock& time) : db_(db), time_(time) {}

  task<result<std::vector<slot_now_row>>> slots() override;
  task<result<std::vector<call_now>>> calls() override;
  task<result<std::vector<campaign_now>>> campaigns() override;
  task<result<std::vector<hub_now>>> hubs() override;
  task<result<std::vector<trunk_now>>> trunks() override;
  task<result<fleet_waits>> waits() override;

 private:
  struct counted {
    std::int64_t version = -1;
    std::int64_t calls = 0;  // under way when it was counted
    std::chrono::steady_clock::time_point at{};
    bool once = false;
    std::int64_t total = 0, finished = 0, due = 0;
    std::int64_t answered = 0, busy = 0, no_answer = 0, other = 0;
    call_rate rate{};
  };
  bool wants_count(const counted& known, const std::string& state, std::int64_t version, std::int64_t calls) const;
  task<result<void>> count(std::vector<std::string> campaigns);

  net::pg_pool& db_;
  const clock& time_;
  std::map<std::string, counted, std::less<>> counts_;
};

}  // namespace vss::ottb
