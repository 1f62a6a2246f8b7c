#pragma once
// Why is this lead called or not: one reason, words for people, and when it may change. Pure, over the same rules that
// the permit desk asks.
#include <string>

#include "ottb/campaign.hpp"
#include "ottb/compliance.hpp"

namespace vss::ottb {

struct lead_standing {
  std::string state;  // due, queued, finished
  std::string outcome;
  std::string refusal;
  instant next_at{};
};

// `code`: a refusal reason, or one of: calling (queued or in a call now), waiting_for_slot (may be called; next in
// line), waiting_for_retry, answered_before (and other outcomes, as finished_<outcome>).
struct explanation {
  std::string code;
  std::string english;
  std::string russian;
  bool may_be_called = false;
  std::optional<instant> when;  // not before; empty: now, never, or not known
};

explanation explain(const lead_standing& lead, const lead_snapshot& who, const campaign_snapshot& what,
                    const profile& rules, instant now);

}  // namespace vss::ottb
