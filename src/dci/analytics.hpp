#pragma once
// Calls counted by hour, day, campaign, trunk, slot or hub: what one may ask for, what comes back, and its CSV. Pure.
#include "base/dto.hpp"

namespace vss::dci {

enum class analytics_by : std::uint8_t { hour, day, campaign, trunk, slot, hub };
BOOST_DESCRIBE_ENUM(analytics_by, hour, day, campaign, trunk, slot, hub)

struct analytics_wish {
  instant from{}, to{};
  analytics_by by = analytics_by::hour;
  std::string tz = "UTC";
  std::string direction = "outbound";  // inbound, internal, all
  std::optional<std::string> campaign;
};

struct analytics_row {
  std::string key;    // beginning of the hour or day in UTC; else the id, "" none
  std::string label;  // local time, name
  std::int64_t attempts = 0;
  std::int64_t answered = 0, busy = 0, no_answer = 0, rejected = 0, invalid = 0, failed = 0, blocked = 0, abandoned = 0,
               unknown = 0;  // by outcome
  std::int64_t talk_seconds = 0;
  std::optional<double> asr;                   // answered / attempts
  std::optional<double> acd;                   // talk seconds of an answered call
  std::int64_t with_digits = 0;                // calls in which the person pressed something
  std::map<std::string, std::int64_t> digits;  // calls by the first digit
};
BOOST_DESCRIBE_STRUCT(analytics_row, (),
                      (key, label, attempts, answered, busy, no_answer, rejected, invalid, failed, blocked, abandoned,
                       unknown, talk_seconds, asr, acd, with_digits, digits))

struct analytics_view {
  instant from{}, to{};  // as counted
  analytics_by by{};
  std::string tz;
  std::int64_t waiting = 0;  // quarters of an hour whose newest facts are not counted in yet
  analytics_row total;
  std::vector<analytics_row> rows;
};
BOOST_DESCRIBE_STRUCT(analytics_view, (), (from, to, by, tz, waiting, total, rows))

// What the rollup gives for one key and one first digit; rows of one key stand together.
struct analytics_part {
  std::string key, label, digit;
  std::int64_t calls = 0;
  std::int64_t answered = 0, busy = 0, no_answer = 0, rejected = 0, invalid = 0, failed = 0, blocked = 0, abandoned = 0,
               unknown = 0;
  std::int64_t talk_ms = 0;
};

// Rounded outwards to quarters of an hour. invalid: `from` is before 2000 or not before `to`, more than 400 days, 62
// days by hour.
result<analytics_wish> rounded(analytics_wish wish);

// Rows by key in the order given; ratios are those of the sums.
void fold(const std::vector<analytics_part>& parts, analytics_view& into);

// RFC 4180 with a header; a text that a spreadsheet would take for a formula is quoted with an apostrophe.
std::string csv_of(const analytics_view& view);

}  // namespace vss::dci
