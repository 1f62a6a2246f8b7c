#include "ottb/report_service.hpp"

#include <algorithm>
#include <map>

#include "base/ids.hpp"
#include "base/log.hpp"

namespace vss::ottb {

void report_service::announce(const open_attempt& known, const attempt_end& end) const {
  if (end.kind != end_kind::first && end.kind != end_kind::correct) {
    const bool disagree =
        end.source == end_source::pbx && !known.hub_outcome.empty() && known.hub_outcome != name(end.outcome);
    if (!disagree) return;
  }
  attempt_ended fact;
  fact.story = trail{known.trail};
  fact.attempt = known.id;
  fact.campaign = known.campaign;
  fact.lead = known.lead;
  fact.slot = known.slot;
  fact.outcome = end.outcome;
  fact.hub_said = end.source == end_source::hub ? end.outcome : parse_outcome(known.hub_outcome);
  fact.pbx_said = end.source == end_source::pbx ? end.outcome : parse_outcome(known.pbx_outcome);
  fact.lead_finished = end.finished;
  for (const auto& each : heard_) each(fact);
}

task<result<std::vector<open_attempt>>> report_service::settle(std::vector<std::string> attempts, judge_fn judge) {
  std::vector<open_attempt> all;
  std::vector<std::string> open = std::move(attempts);
  for (int round = 0; round < 4 && !open.empty(); ++round) {
    auto known = co_await store_.read(open);
    if (!known) co_return fail(std::move(known.error()));
    std::vector<attempt_end> ends;
    for (const auto& each : *known) {
      if (auto end = judge(each)) ends.push_back(std::move(*end));
    }
    open.clear();
    if (!ends.empty()) {
      auto written = co_await store_.write(ends);
      if (!written) co_return fail(std::move(written.error()));
      for (const auto& end : ends) {
        const auto before = std::find_if(known->begin(), known->end(), [&](const auto& k) { return k.id == end.id; });
        const bool done = std::find(written->begin(), written->end(), end.id) != written->end();
        if (done)
          announce(*before, end);
        else
          open.push_back(end.id);
      }
    }
    for (auto& each : *known) {
      if (round == 0) all.push_back(std::move(each));
    }
  }
  if (!open.empty()) co_return fail(errc::conflict, "the attempt keeps changing");
  co_return all;
}

task<result<link::report_receipt>> report_service::report(std::string hub, link::report_batch batch) {
  std::map<std::string, link::attempt_report> said;
  for (auto& each : batch.reports) {
    if (is_uuid(each.attempt)) said.insert_or_assign(each.attempt, each);
  }
  std::vector<std::string> ids;
  for (const auto& [id, each] : said) ids.push_back(id);
  const auto now = time_.now();
  const auto judge = [&said, &hub, now](const open_attempt& known) -> std::optional<attempt_end> {
    const bool said_before = !known.hub_outcome.empty();
    if (known.hub != hub || said_before) return std::nullopt;
    return judge_report(known, said.at(known.id), now);
  };
  auto known = co_await settle(std::move(ids), judge);
  if (!known) co_return fail(std::move(known.error()));
  link::report_receipt receipt;
  for (const auto& each : *known) {
    if (each.hub == hub) receipt.accepted.push_back(each.id);
  }
  for (const auto& each : batch.reports) {
    const auto& ok = receipt.accepted;
    if (std::find(ok.begin(), ok.end(), each.attempt) != ok.end()) continue;
    receipt.unknown.push_back(each.attempt);
    log::warn("ottb", "report_of_unknown_attempt", {{"hub", hub}, {"flow", "F-11"}});
  }
  co_return receipt;
}

task<result<void>> report_service::ended(call_end facts) {
  std::vector<std::string> ids{facts.attempt};
  const auto now = time_.now();
  const auto judge = [&facts, now](const open_attempt& known) -> std::optional<attempt_end> {
    return judge_call(known, facts, now);
  };
  auto known = co_await settle(std::move(ids), judge);
  if (!known) co_return fail(std::move(known.error()));
  if (known->empty()) co_return fail(errc::not_found, "no such attempt");
  co_return result<void>{};
}

task<result<void>> report_service::lost(std::string attempt) {
  std::vector<std::string> ids{attempt};
  const auto now = time_.now();
  const auto judge = [now](const open_attempt& known) -> std::optional<attempt_end> {
    if (known.state == "done" || known.state == "returned") return std::nullopt;
    return judge_loss(known, now);
  };
  auto known = co_await settle(std::move(ids), judge);
  if (!known) co_return fail(std::move(known.error()));
  co_return result<void>{};
}

}  // namespace vss::ottb
