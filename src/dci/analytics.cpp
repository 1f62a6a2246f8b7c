#include "dci/analytics.hpp"

#include <fmt/format.h>

#include <cmath>

#include "dci/call_view.hpp"

namespace vss::dci {

namespace {

constexpr auto quarter = std::chrono::minutes(15);
constexpr auto longest = std::chrono::days(400);
constexpr std::chrono::sys_days earliest{std::chrono::year(2000) / 1 / 1};
constexpr auto longest_by_hour = std::chrono::days(62);

struct sum {
  analytics_row row;
  std::int64_t talk_ms = 0;

  void add(const analytics_part& part) {
    row.attempts += part.calls;
    row.answered += part.answered;
    row.busy += part.busy;
    row.no_answer += part.no_answer;
    row.rejected += part.rejected;
    row.invalid += part.invalid;
    row.failed += part.failed;
    row.blocked += part.blocked;
    row.abandoned += part.abandoned;
    row.unknown += part.unknown;
    talk_ms += part.talk_ms;
    if (part.digit.empty()) return;
    row.with_digits += part.calls;
    row.digits[part.digit] += part.calls;
  }
  analytics_row done() {
    row.talk_seconds = whole_seconds(talk_ms);
    const auto of = [](std::int64_t a, std::int64_t b) { return static_cast<double>(a) / static_cast<double>(b); };
    if (row.attempts > 0) row.asr = std::round(of(row.answered, row.attempts) * 10000) / 10000;
    if (row.answered > 0) row.acd = std::round(of(talk_ms, row.answered) / 100) / 10;
    return std::move(row);
  }
};

std::string field(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").contains(text[0])) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string number(const std::optional<double>& value, int digits) {
  return value ? fmt::format("{:.{}f}", *value, digits) : std::string();
}

}  // namespace

result<analytics_wish> rounded(analytics_wish wish) {
  if (wish.from >= wish.to) return invalid("/to", "must be later than from");
  if (wish.from < earliest) return invalid("/from", "must not be before the year 2000");
  wish.from = std::chrono::floor<std::chrono::seconds>(wish.from);
  wish.from -= (wish.from.time_since_epoch() % quarter + quarter) % quarter;
  const auto over = (wish.to.time_since_epoch() % quarter + quarter) % quarter;
  if (over.count() != 0) wish.to += quarter - over;
  const auto most = wish.by == analytics_by::hour ? longest_by_hour : longest;
  if (wish.to - wish.from > most) {
    return invalid("/to", fmt::format("at most {} days at once", most.count()));
  }
  return wish;
}

void fold(const std::vector<analytics_part>& parts, analytics_view& into) {
  sum all;
  for (std::size_t i = 0; i < parts.size();) {
    sum one;
    one.row.key = parts[i].key;
    one.row.label = parts[i].label;
    for (const auto first = i; i < parts.size() && parts[i].key == parts[first].key; ++i) {
      one.add(parts[i]);
      all.add(parts[i]);
    }
    into.rows.push_back(one.done());
  }
  into.total = all.done();
}

std::string csv_of(const analytics_view& view) {
  std::string out =
      "key,label,attempts,answered,busy,no_answer,rejected,invalid,failed,blocked,abandoned,unknown,talk_seconds,asr,"
      "acd,with_digits\r\n";
  for (const auto& r : view.rows) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", field(r.key), field(r.label), r.attempts,
                       r.answered, r.busy, r.no_answer, r.rejected, r.invalid, r.failed, r.blocked, r.abandoned,
                       r.unknown, r.talk_seconds, number(r.asr, 4), number(r.acd, 1), r.with_digits);
  }
  return out;
}

}  // namespace vss::dci
