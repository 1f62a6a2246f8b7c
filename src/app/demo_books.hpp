#pragma once
// The demo's books: what the platform says and what the carriers saw, and whether the two agree. Pure.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/dto.hpp"

namespace vss::app {

// What the simulated carriers wrote into their own book (engines/carrier): tab-separated date, time, seconds, event,
// Call-ID, number, what.
struct carrier_books {
  std::int64_t invites = 0;         // distinct calls (Call-ID); retransmissions and failover of one call count once
  std::int64_t answered = 0;        // calls that the carrier answered
  std::int64_t double_dialled = 0;  // numbers with more than one distinct call
};
carrier_books read_carrier_log(std::string_view text);

struct demo_books {
  std::int64_t leads = 0;
  std::int64_t finished = 0;
  std::int64_t due = 0;
  std::int64_t attempts = 0;
  std::map<std::string, std::int64_t> outcomes;  // of attempts
  std::int64_t dtmf = 0;
  std::int64_t cdrs = 0;
  carrier_books carrier;
  double seconds = 0;
};

// Every sum that does not fit, in words; empty when the books balance.
std::vector<std::string> imbalances(const demo_books& books);
boost::json::object to_line(const demo_books& books);

}  // namespace vss::app
