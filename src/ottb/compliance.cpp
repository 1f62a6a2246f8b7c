#include "ottb/compliance.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>

namespace vss::ottb {

namespace {

decision refuse(refusal_reason why, std::optional<instant> until = std::nullopt) { return {false, why, until}; }

// When the cap lets the next attempt through: the moment the oldest of the last `most` attempts leaves the window.
std::optional<instant> free_again(const rolling_cap& cap, const std::vector<instant>& newest_first, instant now) {
  const auto length = std::chrono::hours(cap.hours);
  const auto inside = std::count_if(newest_first.begin(), newest_first.end(),
                                    [&](instant at) { return at > now - length && at <= now + std::chrono::hours(1); });
  if (inside < cap.most) return std::nullopt;
  return newest_first[static_cast<std::size_t>(cap.most - 1)] + length;
}

std::optional<instant> capped_until(const lead_snapshot& lead, const profile& rules, instant now) {
  std::vector<instant> newest_first = lead.dialled;
  std::sort(newest_first.rbegin(), newest_first.rend());
  std::optional<instant> until;
  for (const auto& cap : rules.caps) {
    const auto when = free_again(cap, newest_first, now);
    if (when && (!until || *when > *until)) until = when;
  }
  return until;
}

}  // namespace

const char* name(refusal_reason why) { return boost::describe::enum_to_string(why, ""); }

bool closes_lead(refusal_reason why) {
  switch (why) {
    case refusal_reason::country_not_allowed:
    case refusal_reason::no_consent:
    case refusal_reason::do_not_call:
    case refusal_reason::do_not_call_national:
    case refusal_reason::do_not_call_campaign:
    case refusal_reason::attempts_exhausted:
    case refusal_reason::zone_unknown:
      return true;
    default:
      return false;
  }
}

decision decide(const campaign_snapshot& campaign, const profile& rules, instant now) {
  if (!campaign.running) return refuse(refusal_reason::campaign_not_running);
  if (campaign.starts_at && now < *campaign.starts_at) {
    return refuse(refusal_reason::campaign_not_started, campaign.starts_at);
  }
  if (campaign.ends_at && now >= *campaign.ends_at) return refuse(refusal_reason::campaign_over);
  if (campaign.advertising && campaign.machine && !rules.machine_advertising) {
    return refuse(refusal_reason::advertising_by_machine);
  }
  if (!campaign.caller_id_owned) return refuse(refusal_reason::caller_id_not_owned);
  if (!campaign.any_trunk) return refuse(refusal_reason::no_trunk);
  if (rules.hours.windows.empty() && !campaign.only_simulated_trunks) return refuse(refusal_reason::window_required);
  return {true};
}

decision decide(const lead_snapshot& lead, const campaign_snapshot& campaign, const profile& rules, instant now) {
  const decision whole = decide(campaign, rules, now);
  if (!whole.allowed) return whole;
  if (lead.listed_global) return refuse(refusal_reason::do_not_call);
  if (lead.listed_national) return refuse(refusal_reason::do_not_call_national);
  if (lead.listed_campaign) return refuse(refusal_reason::do_not_call_campaign);
  if (rules.consent_required && !lead.consent) return refuse(refusal_reason::no_consent);
  const auto& countries = rules.countries;
  if (!countries.empty() && std::find(countries.begin(), countries.end(), lead.region) == countries.end()) {
    return refuse(refusal_reason::country_not_allowed);
  }
  if (lead.attempts >= campaign.max_attempts) return refuse(refusal_reason::attempts_exhausted);
  if (const auto until = capped_until(lead, rules, now)) return refuse(refusal_reason::attempt_cap, until);
  if (rules.hours.windows.empty()) return {true};
  if (lead.zones.empty()) return refuse(refusal_reason::zone_unknown);
  const auto seen = look(rules.hours, lead.zones, now);
  if (!seen.open) return refuse(refusal_reason::outside_window, seen.opens);
  return {true};
}

}  // namespace vss::ottb
