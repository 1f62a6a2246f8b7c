#include "ottb/why_desk.hpp"

namespace vss::ottb {
namespace {

constexpr milliseconds slow{100};

}  // namespace

why_desk::why_desk(net::pg_pool& db, const clock& time, profile_cache& profiles, why_hooks hooks)
    : campaigns_(db), store_(db), time_(time), profiles_(profiles), hooks_(std::move(hooks)) {}

// Leads in millions take a while to count: such a count serves for ten times as long as it took.
task<result<void>> why_desk::count_leads(std::string campaign, dialling_facts& into) {
  const auto began = time_.steady();
  if (const auto known = slow_counts_.find(campaign); known != slow_counts_.end() && began < known->second.good_until) {
    into.leads = known->second.leads;
    into.waiting = known->second.waiting;
    co_return result<void>{};
  }
  auto read = co_await store_.leads(campaign, into);
  if (!read) co_return fail(std::move(read.error()));
  const auto now = time_.steady();
  std::erase_if(slow_counts_, [now](const auto& each) { return each.second.good_until <= now; });
  if (now - began >= slow) slow_counts_[campaign] = {into.leads, into.waiting, now + 10 * (now - began)};
  co_return result<void>{};
}

task<result<why_view>> why_desk::why(std::string campaign) {
  auto what = co_await campaigns_.campaign(std::move(campaign));
  if (!what) co_return fail(std::move(what.error()));
  auto rules = co_await profiles_.get(what->profile);
  if (!rules) co_return fail(std::move(rules.error()));
  dialling_facts facts;
  facts.state = what->state;
  auto read = co_await store_.read(*what, (*rules)->hours.windows.empty(), facts);
  if (!read) co_return fail(std::move(read.error()));
  auto counted = co_await count_leads(what->id, facts);
  if (!counted) co_return fail(std::move(counted.error()));
  what->what.running = true;  // that it is not has its own word
  const instant now = time_.now();
  facts.whole = decide(what->what, **rules, now);
  if (facts.pacer.empty() || facts.pacer == hooks_.self) {
    facts.server_ready = !hooks_.may_dial || hooks_.may_dial();
    facts.broker_up = !hooks_.broker_up || hooks_.broker_up();
  }
  co_return why_not(facts, now);
}

void add_routes(net::router& routes, why_desk& desk) {
  routes.add({.method = "GET",
              .path = "/ottb/campaigns/{campaign}/why",
              .permission = "ottb.campaign.read",
              .summary = "Why nothing, or less, is being dialled now: what stops it first"},
             [&desk](net::call from) { return desk.why(from.path.at("campaign")); });
}

}  // namespace vss::ottb
