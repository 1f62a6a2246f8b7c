#include "ottb/compliance.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace vss::ottb {
namespace {

instant at(const char* text) { return parse_instant(text).value(); }
const instant monday_noon = at("2026-11-23T12:00:00Z");  // 15:00 in Moscow

profile rules() {
  profile out;
  out.hours = {{{0b0011111, 540, 1200}}, {}};
  out.caps = {{24, 2}, {168, 3}};
  return out;
}
lead_snapshot lead() {
  lead_snapshot out;
  out.region = "RU";
  out.zones = {"Europe/Moscow"};
  out.consent = true;
  return out;
}
campaign_snapshot campaign() {
  campaign_snapshot out;
  out.running = true;
  out.caller_id_owned = true;
  out.any_trunk = true;
  return out;
}

struct world {
  lead_snapshot who = lead();
  campaign_snapshot what = campaign();
  profile by = rules();
  instant now = monday_noon;
};

TEST(compliance, yes_when_nothing_forbids) {
  world w;
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
}

struct refusal {
  refusal_reason why;
  std::function<void(world&)> change;
  std::optional<instant> until{};
};

TEST(compliance, every_reason_by_its_cause) {
  using r = refusal_reason;
  const refusal all[] = {
      {r::campaign_not_running, [](world& w) { w.what.running = false; }},
      {r::campaign_not_started, [](world& w) { w.what.starts_at = w.now + seconds(1); }, monday_noon + seconds(1)},
      {r::campaign_over, [](world& w) { w.what.ends_at = w.now; }},
      {r::advertising_by_machine, [](world& w) { w.what.advertising = true; }},
      {r::caller_id_not_owned, [](world& w) { w.what.caller_id_owned = false; }},
      {r::no_trunk, [](world& w) { w.what.any_trunk = false; }},
      {r::window_required, [](world& w) { w.by.hours.windows.clear(); }},
      {r::country_not_allowed, [](world& w) { w.by.countries = {"US", "CA"}; }},
      {r::no_consent, [](world& w) { w.who.consent = false; }},
      {r::do_not_call, [](world& w) { w.who.listed_global = true; }},
      {r::do_not_call_national, [](world& w) { w.who.listed_national = true; }},
      {r::do_not_call_campaign, [](world& w) { w.who.listed_campaign = true; }},
      {r::attempts_exhausted, [](world& w) { w.who.attempts = w.what.max_attempts; }},
      {r::zone_unknown, [](world& w) { w.who.zones.clear(); }},
      {r::outside_window, [](world& w) { w.now = at("2026-11-23T17:00:00Z"); }, at("2026-11-24T06:00:00Z")},
      {r::attempt_cap, [](world& w) { w.who.dialled = {w.now - std::chrono::hours(1), w.now - std::chrono::hours(2)}; },
       monday_noon + std::chrono::hours(22)},
  };
  for (const auto& each : all) {
    world w;
    each.change(w);
    const auto got = decide(w.who, w.what, w.by, w.now);
    EXPECT_FALSE(got.allowed) << name(each.why);
    EXPECT_STREQ(name(got.reason), name(each.why));
    EXPECT_EQ(got.until, each.until) << name(each.why);
  }
}

TEST(compliance, caps_roll_they_do_not_reset_at_midnight) {
  world w;
  using std::chrono::hours;
  w.who.dialled = {w.now - hours(24), w.now - hours(1)};  // exactly 24 h ago is outside
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
  w.who.dialled = {w.now - hours(24) + std::chrono::microseconds(1), w.now - hours(1)};
  EXPECT_EQ(decide(w.who, w.what, w.by, w.now).until, w.now + std::chrono::microseconds(1));
  w.who.dialled = {w.now - hours(30), w.now - hours(60), w.now - hours(100)};  // three in a week, none today
  EXPECT_EQ(decide(w.who, w.what, w.by, w.now).until, w.now + hours(68));
  w.who.dialled = {w.now - hours(1), w.now - hours(2), w.now - hours(100)};  // both caps: the later end holds
  EXPECT_EQ(decide(w.who, w.what, w.by, w.now).until, w.now + hours(68));
  w.by.caps.clear();
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
}

TEST(compliance, advertising_by_machine_needs_a_profile_that_allows_it) {
  world w;
  w.what.advertising = true;
  w.by.machine_advertising = true;
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
  w.by.machine_advertising = false;
  w.what.machine = false;  // a person chose the call
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
}

TEST(compliance, no_windows_is_for_simulated_trunks_only) {
  world w;
  w.by.hours.windows.clear();
  w.now = at("2026-11-22T03:00:00Z");
  w.what.only_simulated_trunks = true;
  w.who.zones.clear();
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
  w.what.only_simulated_trunks = false;
  EXPECT_EQ(decide(w.who, w.what, w.by, w.now).reason, refusal_reason::window_required);
}

TEST(compliance, simulated_trunks_do_not_open_windows) {
  world w;
  w.what.only_simulated_trunks = true;
  w.now = at("2026-11-22T03:00:00Z");
  EXPECT_EQ(decide(w.who, w.what, w.by, w.now).reason, refusal_reason::outside_window);
}

TEST(compliance, the_do_not_call_list_comes_before_what_time_heals) {
  world w;
  w.who.listed_global = true;
  w.now = at("2026-11-22T03:00:00Z");
  w.who.dialled.assign(10, w.now);
  const auto got = decide(w.who, w.what, w.by, w.now);
  EXPECT_EQ(got.reason, refusal_reason::do_not_call);
  EXPECT_FALSE(got.until);
}

TEST(compliance, consent_may_be_waived_by_the_profile_only) {
  world w;
  w.who.consent = false;
  w.by.consent_required = false;
  EXPECT_TRUE(decide(w.who, w.what, w.by, w.now).allowed);
}

TEST(compliance, every_reason_has_words_in_both_languages) {
  for (int i = 0; i <= static_cast<int>(refusal_reason::stale_assignment); ++i) {
    const auto why = static_cast<refusal_reason>(i);
    EXPECT_GT(std::string_view(name(why)).size(), 3u);
    EXPECT_GT(std::string_view(words(why, false)).size(), 10u);
    EXPECT_GT(std::string_view(words(why, true)).size(), 10u);
    EXPECT_STRNE(words(why, false), words(why, true));
  }
}

TEST(compliance, what_time_heals_does_not_close_a_lead) {
  using r = refusal_reason;
  for (const auto open : {r::campaign_not_running, r::campaign_not_started, r::attempt_cap, r::outside_window,
                          r::no_trunk, r::caller_id_not_owned, r::stale_assignment})
    EXPECT_FALSE(closes_lead(open)) << name(open);
  for (const auto closed : {r::do_not_call, r::do_not_call_national, r::do_not_call_campaign, r::no_consent,
                            r::country_not_allowed, r::attempts_exhausted, r::zone_unknown})
    EXPECT_TRUE(closes_lead(closed)) << name(closed);
}

}  // namespace
}  // namespace vss::ottb
