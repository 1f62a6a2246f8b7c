#include "app/demo_books.hpp"

#include <fmt/format.h>

#include <set>
#include <tuple>

namespace vss::app {

carrier_books read_carrier_log(std::string_view text) {
  std::map<std::string, std::set<std::string>> calls_of;
  std::set<std::string> invited;
  std::set<std::string> answered;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    std::vector<std::string> part;
    while (!line.empty()) {
      const auto tab = line.find('\t');
      part.emplace_back(line.substr(0, tab));
      line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    }
    if (part.size() < 6) continue;
    const auto& [event, call_id, number] = std::tie(part[3], part[4], part[5]);
    if (event == "invite") {
      invited.insert(call_id);
      calls_of[number].insert(call_id);
    }
    if (event == "answered") answered.insert(call_id);
  }
  carrier_books out;
  out.invites = static_cast<std::int64_t>(invited.size());
  out.answered = static_cast<std::int64_t>(answered.size());
  for (const auto& [number, calls] : calls_of) out.double_dialled += calls.size() > 1;
  return out;
}

std::vector<std::string> imbalances(const demo_books& books) {
  std::vector<std::string> wrong;
  const auto expect = [&wrong](std::string_view what, std::int64_t left, std::int64_t right) {
    if (left != right) wrong.push_back(fmt::format("{}: {} against {}", what, left, right));
  };
  std::int64_t sum = 0;
  std::int64_t dialled = 0;
  for (const auto& [outcome, count] : books.outcomes) {
    sum += count;
    if (outcome != "refused") dialled += count;
  }
  const auto answered = books.outcomes.contains("answered") ? books.outcomes.at("answered") : 0;
  expect("leads = finished + due", books.leads, books.finished + books.due);
  expect("attempts = the sum of their outcomes", books.attempts, sum);
  expect("answered = the carrier's answered calls", answered, books.carrier.answered);
  expect("nobody was dialled twice", books.carrier.double_dialled, 0);
  expect("one CDR for every attempt that dialled", books.cdrs, dialled);
  return wrong;
}

boost::json::object to_line(const demo_books& books) {
  const auto count = [&books](const char* outcome) {
    const auto found = books.outcomes.find(outcome);
    return found == books.outcomes.end() ? 0 : found->second;
  };
  boost::json::object line{{"leads", books.leads},
                           {"attempts", books.attempts},
                           {"answered", count("answered")},
                           {"busy", count("busy")},
                           {"no_answer", count("no_answer")},
                           {"failed", count("failed")},
                           {"refused", count("refused")},
                           {"dtmf", books.dtmf},
                           {"carrier_invites", books.carrier.invites},
                           {"double_dialled", books.carrier.double_dialled},
                           {"cdrs", books.cdrs},
                           {"seconds", books.seconds}};
  boost::json::object outcomes;
  for (const auto& [outcome, n] : books.outcomes) outcomes[outcome] = n;
  line["outcomes"] = std::move(outcomes);
  line["finished"] = books.finished;
  line["due"] = books.due;
  line["balanced"] = imbalances(books).empty();
  return line;
}

}  // namespace vss::app
