#pragma once
// How long to wait before connecting again: doubles from 100 ms to 3 s, of which a random half is taken off, so that
// many clients of one engine that came back do not arrive together.
#include <algorithm>

#include "base/ids.hpp"

namespace vss::net {

class backoff {
 public:
  milliseconds next() {
    const auto whole = std::min<std::int64_t>(3000, std::int64_t{100} << std::min(tries_, 5));
    ++tries_;
    return milliseconds(whole / 2 +
                        static_cast<std::int64_t>(random_number(random_, static_cast<std::uint64_t>(whole / 2))));
  }
  void reset() { tries_ = 0; }

 private:
  system_random random_;
  int tries_ = 0;
};

}  // namespace vss::net
