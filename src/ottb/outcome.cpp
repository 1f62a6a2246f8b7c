#include "ottb/outcome.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

namespace vss::ottb {

namespace {

using link::outcome;
constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t unknown_wait = 72 * hour;
constexpr std::int64_t never = -1;

template <std::size_t N>
bool among(int value, const std::array<int, N>& set) {
  return std::find(set.begin(), set.end(), value) != set.end();
}

std::int64_t default_wait(outcome what) {
  switch (what) {
    case outcome::busy:
      return 15 * minute;
    case outcome::no_answer:
      return hour;
    case outcome::failed:
      return 5 * minute;
    case outcome::blocked:
      return hour;
    case outcome::abandoned:
      return 15 * minute;
    case outcome::unknown:
      return unknown_wait;
    default:
      return never;
  }
}

}  // namespace

outcome outcome_of(const leg_facts& facts) {
  if (facts.answered) return outcome::answered;
  if (facts.blocked_at_edge) return outcome::blocked;
  if (facts.slot_left) return outcome::abandoned;
  if (facts.silence) return facts.trying || facts.ringing ? outcome::unknown : outcome::failed;
  if (facts.ring_timeout) return outcome::no_answer;
  const int code = facts.sip_code;
  const int cause = facts.q850;
  if (among(code, std::array{486, 600}) || cause == 17) return outcome::busy;
  if (code == 480 || among(cause, std::array{18, 19, 20})) return outcome::no_answer;
  if (among(code, std::array{404, 410, 484, 604}) || among(cause, std::array{1, 22, 28})) return outcome::invalid;
  if (among(code, std::array{603, 607, 608, 403}) || cause == 21) return outcome::rejected;
  return outcome::failed;
}

const char* name(outcome what) { return boost::describe::enum_to_string(what, ""); }

std::optional<outcome> parse_outcome(std::string_view text) {
  outcome out{};
  if (!boost::describe::enum_from_string(std::string(text).c_str(), out)) return std::nullopt;
  return out;
}

bool reached_carrier(outcome what) { return what != outcome::blocked && what != outcome::refused; }

next_step after(outcome what, int attempts, int max_attempts, const retry_rules& rules, instant now) {
  std::int64_t wait = default_wait(what);
  const auto own = rules.find(name(what));
  if (own != rules.end()) wait = own->second;
  if (what == outcome::unknown && wait >= 0) wait = std::max(wait, unknown_wait);
  if (what == outcome::answered || wait < 0 || attempts >= max_attempts) return {true, std::nullopt};
  return {false, now + std::chrono::seconds(wait)};
}

}  // namespace vss::ottb
