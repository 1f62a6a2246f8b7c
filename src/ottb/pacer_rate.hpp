#pragma once
// How many calls may begin now: a bucket that fills by the clock. Pure. In any second it lets through at most capacity
// + rate calls; trunks keep rate + capacity at or below their limit, so that the edge's exact count has nothing to
// refuse.
#include <algorithm>
#include <chrono>
#include <cmath>

namespace vss::ottb {

class pacer_rate {
 public:
  using moment = std::chrono::steady_clock::time_point;
  pacer_rate(double per_second, double capacity, moment now)
      : per_second_(per_second), capacity_(std::max(capacity, 1.0)), tokens_(1), at_(now) {}

  // Changes the rate and keeps what has been saved up.
  void set(double per_second, double capacity, moment now) {
    fill(now);
    per_second_ = per_second;
    capacity_ = std::max(capacity, 1.0);
    tokens_ = std::min(tokens_, capacity_);
  }
  int available(moment now) {
    fill(now);
    return static_cast<int>(std::floor(tokens_ + 1e-9));
  }
  void take(int count) { tokens_ -= count; }
  // When the next whole token is there.
  std::chrono::milliseconds next() const {
    if (tokens_ >= 1) return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(static_cast<int>(std::ceil((1 - tokens_) / per_second_ * 1000 - 1e-6)));
  }

 private:
  void fill(moment now) {
    const double passed = std::chrono::duration<double>(now - at_).count();
    at_ = now;
    if (passed > 0) tokens_ = std::min(capacity_, tokens_ + passed * per_second_);
  }
  double per_second_;
  double capacity_;
  double tokens_;
  moment at_;
};

}  // namespace vss::ottb
