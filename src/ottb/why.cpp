#include "ottb/why.hpp"

#include <algorithm>
#include <boost/describe/enum_from_string.hpp>

#include "ottb/why_words.hpp"

namespace vss::ottb {

namespace {

constexpr seconds lately{10};          // an attempt this young means: it dials
constexpr seconds broker_patience{5};  // a message that waits longer does not get through

bool live(campaign_state state) { return state == campaign_state::running || state == campaign_state::draining; }

struct findings {
  std::vector<why_reason> all;

  void add(std::string code, bool stops, std::optional<std::int64_t> count = {}, std::optional<instant> until = {}) {
    const auto& said = why_words(code);
    all.push_back({std::move(code), said.english, said.russian, count, until, stops});
  }
  void some(const char* code, std::int64_t count, bool stops) {
    if (count > 0) add(code, stops, count);
  }
  void rule(refusal_reason why, std::optional<instant> until) {
    all.push_back({name(why), words(why, false), words(why, true), std::nullopt, until, true});
  }
};

void house(findings& into, const dialling_facts& facts, instant now) {
  if (!facts.server_ready) into.add("server_not_ready", true);
  if (!facts.paced) into.add("no_server", true);
  const bool stuck = facts.oldest_message && now - *facts.oldest_message > broker_patience;
  if (!facts.broker_up || stuck) into.add("broker_away", true, facts.messages);
}

void trunks(findings& into, const dialling_facts& facts) {
  const auto& t = facts.trunks;
  if (t.chosen == 0) return;  // no_trunk has been said
  const bool none = t.usable == 0;
  into.some("trunks_down", t.down, none);
  into.some("trunks_not_for_caller", t.not_for_caller, none);
  if (none) return;
  if (t.channels_in_use >= t.channels) into.add("trunks_full", true, t.channels_in_use);
  if (!facts.trunk_token) into.add("trunks_at_rate", false);
}

void slots(findings& into, const why_slots& s) {
  if (s.chosen == 0) return into.add("no_slot_chosen", true);
  if (s.free == 0) into.add("no_free_slot", true);
  into.some("slots_busy", s.busy, false);
  into.some("slots_unreachable", s.unreachable, false);
  into.some("slots_fault", s.fault, false);
  into.some("slots_locked", s.locked, false);
  into.some("slots_drained", s.drained, false);
  into.some("slots_quarantine", s.quarantine, false);
  into.some("slots_unregistered", s.unregistered, false);
  into.some("slots_not_ready", s.not_ready, false);
}

void leads(findings& into, const dialling_facts& facts) {
  const auto& l = facts.leads;
  const bool none = l.due_now == 0;
  if (none && l.waiting == 0) {
    if (l.in_call > 0) return into.add("leads_in_call", true, l.in_call);
    if (l.finished > 0) return into.add("leads_finished", true, l.finished);
    return into.add("no_leads", true);
  }
  for (const auto& each : facts.waiting) {
    refusal_reason why{};
    if (each.refusal.empty()) {
      into.add("waiting_for_retry", none, each.count, each.next_at);
    } else if (has_why_words(each.refusal)) {
      into.add(each.refusal, none, each.count, each.next_at);
    } else if (boost::describe::enum_from_string(each.refusal.c_str(), why)) {
      into.all.push_back({each.refusal, words(why, false), words(why, true), each.count, each.next_at, none});
    }
  }
}

}  // namespace

why_view why_not(const dialling_facts& facts, instant now) {
  why_view out;
  out.state = facts.state;
  out.calls_now = facts.calls_now;
  out.last_attempt_at = facts.last_attempt;
  out.slots = facts.slots;
  out.leads = facts.leads;
  out.trunks = facts.trunks;
  const bool young = facts.last_attempt && now - *facts.last_attempt <= lately;
  out.dialling = live(facts.state) && (facts.calls_now > 0 || young);
  findings found;
  if (facts.state != campaign_state::running) found.add(std::string("campaign_") + name(facts.state), true);
  if (facts.state != campaign_state::finished && facts.state != campaign_state::stopped) {
    if (!facts.whole.allowed) found.rule(facts.whole.reason, facts.whole.until);
    if (live(facts.state)) house(found, facts, now);
    trunks(found, facts);
    slots(found, facts.slots);
    leads(found, facts);
  }
  for (const bool stops : {true, false}) {
    std::ranges::copy_if(found.all, std::back_inserter(out.reasons),
                         [=](const auto& each) { return each.stops == stops; });
  }
  return out;
}

}  // namespace vss::ottb
