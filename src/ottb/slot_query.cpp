#include "ottb/slot_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/ids.hpp"
#include "base/json_text.hpp"

namespace vss::ottb {

namespace {

constexpr std::array states{"IDLE", "ASSIGNED", "REGISTERING", "READY", "CALLING", "ACTIVE_CALL", "POSTCALL", "FAULT"};
constexpr std::array kinds{"AUTO", "MF", "LS"};
constexpr std::size_t longest = 1000;
constexpr std::size_t most_values = 64;

struct word {
  std::size_t column = 0;
  bool negated = false;
  std::string key;  // "" for a bare word
  std::vector<std::string> values;
};

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
  return out;
}

// Reads one word that starts at `at`; leaves `at` behind it. An open quote is a problem.
result<word> next_word(std::string_view text, std::size_t& at) {
  word out;
  out.column = at + 1;
  if (text[at] == '-') {
    out.negated = true;
    ++at;
  }
  std::string value;
  bool quoted = false;
  for (; at < text.size() && (quoted || text[at] != ' '); ++at) {
    const char c = text[at];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ':' && !quoted && out.key.empty() && out.values.empty()) {
      out.key = std::exchange(value, "");
    } else if (c == ',' && !quoted && !out.key.empty()) {
      out.values.push_back(std::exchange(value, ""));
    } else {
      value += c;
    }
  }
  if (quoted) return invalid("/q/" + std::to_string(out.column), "a quote is not closed");
  out.values.push_back(value);
  return out;
}

template <std::size_t N>
std::optional<std::string> one_of(const std::array<const char*, N>& known, std::string_view text) {
  const std::string wanted = upper(text);
  if (std::find(known.begin(), known.end(), wanted) == known.end()) return std::nullopt;
  return wanted;
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, why] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || text.size() > 6 || why != std::errc() || end != text.data() + text.size() || out < 0) return {};
  return out;
}

std::optional<number_range> range(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = whole(text.substr(0, dash));
  const auto last = dash == text.npos ? first : whole(text.substr(dash + 1));
  if (!first || !last || *first > *last) return std::nullopt;
  return number_range{*first, *last};
}

// Takes one value; answers what is wrong with it, or "".
std::string take(slot_query& query, const word& w, const std::string& value) {
  if (value.empty()) return "a value is missing";
  if (w.key == "is") {
    const std::map<std::string, std::optional<bool> slot_query::*> flags{
        {"drain", &slot_query::drain},           {"locked", &slot_query::locked},
        {"quarantine", &slot_query::quarantine}, {"registered", &slot_query::registered},
        {"leased", &slot_query::leased},         {"unreachable", &slot_query::unreachable},
        {"virtual", &slot_query::is_virtual}};
    if (value == "retired" && !w.negated) {
      query.retired = true;
      return "";
    }
    const auto found = flags.find(value);
    if (found == flags.end())
      return "is: expects drain, locked, quarantine, registered, leased, unreachable, virtual, retired";
    query.*found->second = !w.negated;
    return "";
  }
  if (w.negated) return "only is: can be negated";
  if (w.key == "state") {
    const auto state = one_of(states, value);
    if (!state) return "no such state: " + value;
    query.states.push_back(*state);
  } else if (w.key == "kind") {
    const auto kind = one_of(kinds, value);
    if (!kind) return "no such kind: " + value;
    query.kinds.push_back(*kind);
  } else if (w.key == "number") {
    const auto numbers = range(value);
    if (!numbers) return "not a number or a range of numbers: " + value;
    query.numbers.push_back(*numbers);
  } else if (w.key == "hub") {
    query.hubs.push_back(value);
  } else if (w.key == "fault") {
    query.faults.push_back(upper(value));
  } else if (w.key == "campaign") {
    if (!is_uuid(value)) return "not a campaign id: " + value;
    query.campaigns.push_back(value);
  } else if (w.key.empty()) {
    query.words.push_back(value);
  } else {
    return "no such key: " + w.key + " (state, hub, kind, number, is, fault, campaign)";
  }
  return "";
}

}  // namespace

result<slot_query> parse_slot_query(std::string_view text) {
  if (text.size() > longest) return invalid("/q", "longer than 1000 characters");
  if (!is_utf8(text) || text.find('\0') != text.npos) return invalid("/q", "not UTF-8 text");
  slot_query out;
  error bad{errc::invalid, "the query is not valid"};
  std::size_t values = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    auto w = next_word(text, at);
    if (!w) {
      bad.problems.push_back(w.error().problems.front());
      break;
    }
    for (const auto& value : w->values) {
      if (++values > most_values) return invalid("/q", "more than 64 values");
      auto wrong = take(out, *w, value);
      if (!wrong.empty()) bad.problems.push_back({"/q/" + std::to_string(w->column), std::move(wrong)});
    }
  }
  if (!bad.problems.empty()) return std::unexpected(std::move(bad));
  return out;
}

}  // namespace vss::ottb
