#pragma once
// Time is injected. `instant` is wall-clock UTC with microseconds; `clock::steady()` never jumps and only measures.
#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vss {

using instant = std::chrono::sys_time<std::chrono::microseconds>;
using milliseconds = std::chrono::milliseconds;
using seconds = std::chrono::seconds;

class clock {
 public:
  virtual ~clock() = default;
  virtual instant now() const = 0;
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class system_clock final : public clock {
 public:
  instant now() const override;
  std::chrono::steady_clock::time_point steady() const override;
};

class fake_clock final : public clock {
 public:
  explicit fake_clock(instant start) : now_(start) {}
  instant now() const override { return now_; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{now_.time_since_epoch()};
  }
  void advance(std::chrono::microseconds by) { now_ += by; }

 private:
  instant now_;
};

// RFC 3339 in UTC with microseconds: "2026-11-22T15:04:05.123456Z". `parse_instant` takes any RFC 3339 offset and the
// form PostgreSQL prints ("2026-11-22 15:04:05.123456+00").
std::string to_text(instant when);
result<instant> parse_instant(std::string_view text);

}  // namespace vss
