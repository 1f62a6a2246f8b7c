#include "ottb/explain.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

const instant now = parse_instant("2026-11-23T12:00:00Z").value();

struct world {
  lead_standing lead{"due", "", "", now - seconds(5)};
  lead_snapshot who;
  campaign_snapshot what;
  profile rules;
  world() {
    who.consent = true;
    who.zones = {"Europe/Moscow"};
    what.running = what.caller_id_owned = what.any_trunk = true;
    rules.hours = {{{0b1111111, 540, 1200}}, {}};
  }
  explanation said() const { return explain(lead, who, what, rules, now); }
};

TEST(explain, may_be_called) {
  world w;
  EXPECT_EQ(w.said().code, "waiting_for_slot");
  EXPECT_TRUE(w.said().may_be_called);
  EXPECT_FALSE(w.said().when);
  w.lead.next_at = now + seconds(60);
  EXPECT_EQ(w.said().code, "waiting_for_retry");
  EXPECT_EQ(w.said().when, now + seconds(60));
  w.lead.state = "queued";
  EXPECT_EQ(w.said().code, "calling");
}

TEST(explain, refusals_say_when) {
  world w;
  w.rules.hours = {{{0b1111111, 60, 120}}, {}};
  EXPECT_EQ(w.said().code, "outside_window");
  EXPECT_EQ(w.said().when, parse_instant("2026-11-23T22:00:00Z").value());
  w.lead.next_at = now + std::chrono::hours(72);  // a retry that is due later than the window
  EXPECT_EQ(w.said().when, now + std::chrono::hours(72));
  w.who.consent = false;
  EXPECT_EQ(w.said().code, "no_consent");
  EXPECT_FALSE(w.said().when);
  w.what.running = false;
  EXPECT_EQ(w.said().code, "campaign_not_running");
  EXPECT_FALSE(w.said().may_be_called);
}

TEST(explain, finished_leads_say_how) {
  world w;
  w.lead.state = "finished";
  for (const auto* outcome :
       {"answered", "busy", "no_answer", "rejected", "invalid", "failed", "blocked", "abandoned", "unknown"}) {
    w.lead.outcome = outcome;
    EXPECT_EQ(w.said().code, std::string("finished_") + outcome);
    EXPECT_NE(w.said().english, w.said().russian);
  }
  w.lead.outcome = "refused";
  w.lead.refusal = "do_not_call";
  EXPECT_EQ(w.said().code, "do_not_call");
  w.lead.refusal = "";
  EXPECT_EQ(w.said().code, "finished");
}

}  // namespace
}  // namespace vss::ottb
