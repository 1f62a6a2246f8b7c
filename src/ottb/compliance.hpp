#pragma once
// May this person be called now? One pure function over a snapshot: campaign, profile, consent, do-not-call, caller ID,
// attempt caps, local time. It is asked by the pacer before a lead is queued, by the permit desk before a permit, and
// by `explain`; nothing dials around it. Every refusal has one reason of a closed set and, when time heals it, a
// moment.
#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ottb/profile.hpp"

namespace vss::ottb {

enum class refusal_reason : std::uint8_t {
  campaign_not_running,
  campaign_not_started,    // starts_at lies ahead
  campaign_over,           // ends_at has passed
  advertising_by_machine,  // RU-1: 38-FZ art. 18(2)
  caller_id_not_owned,     // US-8, US-10
  no_trunk,                // no enabled trunk that the campaign may use
  window_required,         // a profile without calling windows on a trunk that is not simulated
  country_not_allowed,
  no_consent,
  do_not_call,           // global list
  do_not_call_national,  // the country's register
  do_not_call_campaign,  // asked not to be called by this campaign
  attempts_exhausted,    // max_attempts of the campaign
  attempt_cap,           // rolling caps of the profile
  zone_unknown,
  outside_window,
  stale_assignment,  // the attempt is no longer the slot's: another epoch, returned, ended
};
BOOST_DESCRIBE_ENUM(refusal_reason, campaign_not_running, campaign_not_started, campaign_over, advertising_by_machine,
                    caller_id_not_owned, no_trunk, window_required, country_not_allowed, no_consent, do_not_call,
                    do_not_call_national, do_not_call_campaign, attempts_exhausted, attempt_cap, zone_unknown,
                    outside_window, stale_assignment)
const char* name(refusal_reason why);
// One sentence for people, in English or Russian.
const char* words(refusal_reason why, bool russian);
// True when waiting cannot heal it for this lead: the lead is finished, not rescheduled.
bool closes_lead(refusal_reason why);

struct lead_snapshot {
  std::string region;
  std::vector<std::string> zones;
  bool consent = false;
  bool listed_global = false;
  bool listed_national = false;
  bool listed_campaign = false;
  int attempts = 0;              // of this campaign, counted ones
  std::vector<instant> dialled;  // attempts to this person, all campaigns, as far back as the longest cap
};

struct campaign_snapshot {
  bool running = false;      // running, or draining for what is queued already
  bool machine = true;       // mode ivr or progressive: nobody chose this call by hand
  bool advertising = false;  // the campaign's purpose
  std::optional<instant> starts_at;
  std::optional<instant> ends_at;
  int max_attempts = 3;
  bool caller_id_owned = false;
  bool any_trunk = false;
  bool only_simulated_trunks = false;
};

struct decision {
  bool allowed = false;
  refusal_reason reason{};         // when refused
  std::optional<instant> until{};  // when refused: not before; empty: no time is known
};

decision decide(const lead_snapshot& lead, const campaign_snapshot& campaign, const profile& rules, instant now);

// The part that is the same for every lead of the campaign: asked once a tick.
decision decide(const campaign_snapshot& campaign, const profile& rules, instant now);

}  // namespace vss::ottb
