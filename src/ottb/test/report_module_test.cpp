// How attempts end, against PostgreSQL: reports of hubs, facts of the PBX, and what nobody speaks of any more.
#include "dial_world.hpp"
#include "ottb/permit_reconciler.hpp"

namespace vss::ottb {
namespace {

using namespace test;
using link::outcome;

class reports : public testing::Test {
 protected:
  void SetUp() override {
    clear();
    add_slots(3);
  }
};

link::attempt_report said(const std::string& attempt, outcome what, instant now) {
  link::attempt_report out;
  out.attempt = attempt;
  out.slot = "7001";
  out.outcome = what;
  out.dialled_at = now - seconds(5);
  out.ended_at = now;
  return out;
}

task<void> move_to(world& w, std::string attempt, std::string state) {
  link::permit_request request;
  request.attempt = attempt;
  request.slot = attempt_field(attempt, "slot");
  request.epoch = epoch_of(request.slot);
  auto got = co_await w.permits.issue(hub, request);
  if (!got || !got->permitted) throw std::runtime_error("no permit");
  if (state == "permitted") co_return;
  auto order = co_await w.permits.consume(*got->permit, request.slot, "c");
  if (state == "dialling") co_return;
  auto sent = co_await w.permits.send(*got->permit, std::get<consumed_permit>(*order).number, "c");
  if (!sent) throw std::runtime_error("not sent");
  if (state == "ringing" || state == "answered") co_await w.permits.ringing(attempt, w.time.now(), 0);
  if (state == "answered") co_await w.permits.answered(attempt, w.time.now(), 0);
}

TEST_F(reports, are_idempotent_and_know_their_hub) {
  check([](executor on) -> task<void> {
    world w(on);
    int ends = 0;
    w.reports.on_end([&ends](const attempt_ended&) { ++ends; });
    const std::string attempt = queue_attempt(co_await w.campaign(1));
    co_await move_to(w, attempt, "ringing");
    link::report_batch batch;
    batch.reports = {said(attempt, outcome::busy, w.time.now()),
                     said("00000000-0000-7000-8000-000000000bad", outcome::busy, w.time.now()),
                     said("not a uuid", outcome::busy, w.time.now())};
    for (int i = 0; i < 3; ++i) {
      auto got = co_await w.reports.report(hub, batch);
      EXPECT_TRUE(got);
      if (!got) co_return;
      EXPECT_EQ(got->accepted, std::vector<std::string>{attempt});
      EXPECT_EQ(got->unknown.size(), 2u);
    }
    EXPECT_EQ(ends, 1);
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || outcome || ' ' || hub_outcome"), "done busy busy");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.attempts"), "due 1");
    auto foreign = co_await w.reports.report("00000000-0000-7000-8000-000000000bad", batch);
    EXPECT_TRUE(foreign && foreign->accepted.empty());
    batch.reports = {said(attempt, outcome::answered, w.time.now())};
    batch.reports[0].answered_at = w.time.now();
    batch.reports[0].sip_code = 200;
    auto other = co_await w.reports.report(hub, batch);
    EXPECT_TRUE(other && other->accepted == std::vector<std::string>{attempt}) << "taken, so that the hub forgets it";
    EXPECT_EQ(attempt_field(attempt, "outcome || coalesce(answered_at::text, ' never ') || coalesce(sip_code, 0)"),
              "busy never 0");
    co_await w.stop();
  });
}

TEST_F(reports, the_pbx_corrects_the_hub) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string attempt = queue_attempt(co_await w.campaign(1));
    co_await move_to(w, attempt, "ringing");
    link::report_batch batch{{said(attempt, outcome::failed, w.time.now())}};
    EXPECT_TRUE(co_await w.reports.report(hub, batch));
    EXPECT_EQ(lead_of(attempt, "state"), "due");
    call_end facts;
    facts.attempt = attempt;
    facts.outcome = outcome::answered;
    facts.sip_code = 200;
    facts.trunk = 11;
    facts.dtmf = "19";
    facts.ended_at = w.time.now();
    EXPECT_TRUE(co_await w.permits.ended(facts));
    EXPECT_EQ(attempt_field(attempt, "outcome || ' ' || hub_outcome || ' ' || pbx_outcome || ' ' || dtmf"),
              "answered failed answered 19");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.outcome || ' ' || l.attempts"), "finished answered 1");
    EXPECT_TRUE(co_await w.reports.report(hub, batch));
    EXPECT_EQ(attempt_field(attempt, "outcome"), "answered");
    co_await w.stop();
  });
}

TEST_F(reports, hub_and_pbx_at_once_agree_on_one_end) {
  check([](executor on) -> task<void> {
    world w(on);
    int ends = 0;
    w.reports.on_end([&ends](const attempt_ended&) { ++ends; });
    const std::string campaign = co_await w.campaign(20);
    std::vector<std::string> attempts;
    for (int i = 0; i < 20; ++i) {
      attempts.push_back(queue_attempt(campaign));
      co_await move_to(w, attempts.back(), "answered");
    }
    for (const auto& attempt : attempts) {
      w.life.spawn("hub", [](world& w2, std::string id) -> task<void> {
        link::report_batch batch{{said(id, outcome::answered, w2.time.now())}};
        EXPECT_TRUE(co_await w2.reports.report(hub, batch));
      }(w, attempt));
      w.life.spawn("pbx", [](world& w2, std::string id) -> task<void> {
        call_end facts;
        facts.attempt = id;
        facts.outcome = outcome::answered;
        facts.ended_at = w2.time.now();
        EXPECT_TRUE(co_await w2.permits.ended(facts));
      }(w, attempt));
    }
    while (w.life.running() > 0) co_await pause(milliseconds(10));
    EXPECT_EQ(scalar("select count(*) from ottb.attempt where state = 'done' and outcome = 'answered' and hub_outcome "
                     "= 'answered' and "
                     "pbx_outcome = 'answered'"),
              "20");
    EXPECT_EQ(scalar("select count(*) from ottb.lead where state = 'finished' and attempts = 1"), "20");
    EXPECT_GE(ends, 20);
    co_await w.stop();
  });
}

TEST_F(reports, a_permit_that_nobody_used_costs_nothing) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string attempt = queue_attempt(co_await w.campaign(1));
    co_await move_to(w, attempt, "permitted");
    link::report_batch batch{{said(attempt, outcome::failed, w.time.now())}};
    EXPECT_TRUE(co_await w.reports.report(hub, batch));
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || coalesce(outcome, 'none')"), "returned none");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.attempts || ' ' || l.last_n"), "due 0 1");
    co_await w.stop();
  });
}

TEST_F(reports, the_reconciler_leaves_nothing_open) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(8);
    std::map<std::string, std::string> by;
    for (const auto* state : {"queued", "permitted", "dialling", "ringing", "answered"}) {
      by[state] = queue_attempt(campaign);
      if (std::string(state) != "queued") co_await move_to(w, by[state], state);
    }
    by["sent"] = queue_attempt(campaign);
    co_await move_to(w, by["sent"], "sent");
    by["alive"] = queue_attempt(campaign);
    co_await move_to(w, by["alive"], "answered");
    sql(
        {"update ottb.attempt set queued_at = queued_at - interval '2 min', permitted_at = permitted_at - interval '2 "
         "min', dialled_at = "
         "dialled_at - interval '2 min', ringing_at = ringing_at - interval '2 min', answered_at = answered_at - "
         "interval '2 min'",
         "update ottb.permit set expires_at = expires_at - interval '2 min'"});
    bool can_say = false;
    const std::string alive = by["alive"];
    const call_alive_fn pbx = [&can_say, alive](std::string attempt) -> task<result<bool>> {
      if (!can_say) co_return fail(errc::unavailable, "not the owner");
      co_return attempt == alive;
    };
    permit_reconciler reconciler(w.db, w.life, w.reports, w.meters, pbx, {});
    EXPECT_EQ((co_await reconciler.sweep()).value_or(-1), 2);  // without the PBX only what never left is resolved
    EXPECT_EQ(attempt_field(by["queued"], "state"), "returned");
    EXPECT_EQ(attempt_field(by["permitted"], "state"), "returned");
    EXPECT_EQ(attempt_field(by["ringing"], "state"), "ringing");
    can_say = true;
    EXPECT_EQ((co_await reconciler.sweep()).value_or(-1), 4);
    EXPECT_EQ(attempt_field(by["dialling"], "outcome"), "failed");  // consumed, never at the edge
    EXPECT_EQ(attempt_field(by["sent"], "outcome"), "unknown");
    EXPECT_EQ(attempt_field(by["ringing"], "outcome"), "unknown");
    EXPECT_EQ(attempt_field(by["answered"], "outcome"), "answered");
    EXPECT_EQ(attempt_field(alive, "state"), "answered");
    EXPECT_EQ(lead_of(by["ringing"], "state"), "due");
    EXPECT_EQ(scalar("select count(*) from ottb.lead l join ottb.attempt a on a.lead_id = l.id where a.outcome = "
                     "'unknown' and l.next_at > "
                     "now() + interval '71 hours'"),
              "2");
    EXPECT_EQ((co_await reconciler.sweep()).value_or(-1), 0);
    co_await w.stop();
  });
}

TEST_F(reports, a_lost_lease_is_answered) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(4);
    bool lives = true;
    const call_alive_fn pbx = [&lives](std::string) -> task<result<bool>> { co_return lives; };
    permit_reconciler reconciler(w.db, w.life, w.reports, w.meters, pbx, {});
    const std::string queued = queue_attempt(campaign);
    EXPECT_TRUE(co_await reconciler.lease_lost(queued));
    EXPECT_EQ(attempt_field(queued, "state"), "returned");
    const std::string call = queue_attempt(campaign);
    co_await move_to(w, call, "ringing");
    EXPECT_FALSE(co_await reconciler.lease_lost(call));  // its channel lives
    lives = false;
    EXPECT_TRUE(co_await reconciler.lease_lost(call));
    EXPECT_EQ(attempt_field(call, "outcome"), "unknown");
    EXPECT_TRUE(co_await reconciler.lease_lost(call));
    EXPECT_TRUE(co_await reconciler.lease_lost("00000000-0000-7000-8000-000000000bad"));
    co_await w.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
