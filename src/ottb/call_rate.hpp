#pragma once
// How many calls began in the last minute, from a total that is looked at now and then. Pure; time is given.
#include <chrono>
#include <cstdint>
#include <deque>

namespace vss::ottb {

class call_rate {
 public:
  using moment = std::chrono::steady_clock::time_point;

  // Answers the growth over the last 60 s, or since the first look. A total that shrank begins anew.
  std::int64_t look(moment now, std::int64_t total) {
    if (!seen_.empty() && total < seen_.back().total) seen_.clear();
    seen_.push_back({now, total});
    while (seen_.size() > 2 && seen_[1].at <= now - std::chrono::seconds(60)) seen_.pop_front();
    return total - seen_.front().total;
  }

 private:
  struct look_at {
    moment at;
    std::int64_t total;
  };
  std::deque<look_at> seen_;
};

}  // namespace vss::ottb
