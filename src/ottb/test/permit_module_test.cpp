// The permit desk against PostgreSQL: what must happen exactly once happens exactly once.
#include "dial_world.hpp"
#include "ottb/permit_reconciler.hpp"

namespace vss::ottb {
namespace {

using namespace test;

class permits : public testing::Test {
 protected:
  void SetUp() override {
    clear();
    add_slots(3);
  }
};

link::permit_request ask(const std::string& attempt, const std::string& slot = "7001") {
  link::permit_request out;
  out.attempt = attempt;
  out.slot = slot;
  out.epoch = epoch_of(slot);
  return out;
}

task<std::string> permit_for(world& w, std::string attempt, std::string slot = "7001") {
  auto got = co_await w.permits.issue(hub, ask(attempt, slot));
  EXPECT_TRUE(got) << (got ? "" : got.error().message);
  EXPECT_TRUE(got && got->permitted) << (got ? got->reason.value_or("") : "");
  co_return got ? got->permit.value_or("") : "";
}

std::string why(const result<std::variant<consumed_permit, permit_refusal>>& got) {
  if (!got) return "error: " + got.error().message;
  const auto* refusal = std::get_if<permit_refusal>(&*got);
  return refusal ? name(*refusal) : "ok";
}
std::string why(const result<std::variant<edge_decision, permit_refusal>>& got) {
  if (!got) return "error: " + got.error().message;
  const auto* refusal = std::get_if<permit_refusal>(&*got);
  return refusal ? name(*refusal) : "ok";
}

TEST_F(permits, the_whole_way_of_one_call) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(1);
    const std::string attempt = queue_attempt(campaign);
    const std::string permit = co_await permit_for(w, attempt);
    EXPECT_EQ(permit.size(), 34u);
    EXPECT_EQ(attempt_field(attempt, "state"), "permitted");
    auto taken = co_await w.permits.consume(permit, "7001", "call-slot");
    EXPECT_EQ(why(taken), "ok");
    const auto order = std::get<consumed_permit>(*taken);
    EXPECT_EQ(order.number.reveal(), world::fictional(0));
    EXPECT_EQ(order.attempt, attempt);
    EXPECT_EQ(order.mode, "ivr");
    EXPECT_EQ(order.caller_id, "+12025550100");
    EXPECT_EQ(attempt_field(attempt, "state"), "dialling");
    auto sent = co_await w.permits.send(permit, order.number, "call-lead");
    EXPECT_EQ(why(sent), "ok");
    EXPECT_EQ(std::get<edge_decision>(*sent).trunks.size(), 1u);
    EXPECT_NE(attempt_field(attempt, "dialled_at"), "");
    EXPECT_TRUE(co_await w.permits.ringing(attempt, w.time.now(), 1));
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || trunk_id"), "ringing 1");
    EXPECT_TRUE(co_await w.permits.answered(attempt, w.time.now(), 0));
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || trunk_id"), "answered 1")
        << "who does not know takes nothing away";
    call_end end;
    end.attempt = attempt;
    end.outcome = link::outcome::answered;
    end.ended_at = w.time.now();
    end.dtmf = "1";
    EXPECT_TRUE(co_await w.permits.ended(end));
    EXPECT_TRUE(co_await w.permits.ended(end));  // a repeat changes nothing
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || outcome || ' ' || dtmf"), "done answered 1");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.outcome || ' ' || l.attempts"), "finished answered 1");
    co_await w.stop();
  });
}

TEST_F(permits, twenty_at_once_consume_one_and_send_one) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(1);
    const std::string attempt = queue_attempt(campaign);
    const std::string permit = co_await permit_for(w, attempt);
    std::map<std::string, int> said;
    e164 number;
    for (int i = 0; i < 20; ++i) {
      w.life.spawn("consume",
                   [](world& w2, std::string id, int n, std::map<std::string, int>& out, e164& to) -> task<void> {
                     auto got = co_await w2.permits.consume(id, "7001", "call-" + std::to_string(n));
                     ++out[why(got)];
                     if (why(got) == "ok") to = std::get<consumed_permit>(*got).number;
                   }(w, permit, i, said, number));
    }
    while (w.life.running() > 0) co_await pause(milliseconds(10));
    EXPECT_EQ(said, (std::map<std::string, int>{{"ok", 1}, {"used", 19}}));
    said.clear();
    for (int i = 0; i < 20; ++i) {
      w.life.spawn("send",
                   [](world& w2, std::string id, int n, std::map<std::string, int>& out, e164 to) -> task<void> {
                     auto got = co_await w2.permits.send(id, to, "call-" + std::to_string(n));
                     ++out[why(got)];
                   }(w, permit, i, said, number));
    }
    while (w.life.running() > 0) co_await pause(milliseconds(10));
    EXPECT_EQ(said, (std::map<std::string, int>{{"ok", 1}, {"used", 19}}));
    co_await w.stop();
  });
}

TEST_F(permits, twenty_at_once_issue_one) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(1);
    const std::string attempt = queue_attempt(campaign);
    std::map<std::string, int> said;
    for (int i = 0; i < 20; ++i) {
      w.life.spawn("issue", [](world& w2, link::permit_request request, std::map<std::string, int>& out) -> task<void> {
        auto got = co_await w2.permits.issue(hub, request);
        ++out[got && got->permitted ? *got->permit : got ? got->reason.value_or("?") : got.error().message];
      }(w, ask(attempt), said));
    }
    while (w.life.running() > 0) co_await pause(milliseconds(10));
    EXPECT_EQ(scalar("select count(*) from ottb.permit"), "1");
    EXPECT_EQ(scalar("select count(*) from ottb.decision where allowed"), "1");
    for (const auto& [answer, count] : said)
      EXPECT_TRUE(answer.starts_with("p-") || answer == "stale_assignment") << answer;
    // a repeat after a lost answer gets the same permit
    const std::string again = co_await permit_for(w, attempt);
    EXPECT_TRUE(said.contains(again));
    co_await w.stop();
  });
}

TEST_F(permits, refusals_by_their_cause) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(6);
    const e164 first(world::fictional(0));
    EXPECT_EQ(why(co_await w.permits.consume("p-" + std::string(32, '0'), "7001", "c")), "unknown");
    EXPECT_EQ(why(co_await w.permits.consume("x'; drop table ottb.permit; --", "7001", "c")), "unknown");
    std::string attempt = queue_attempt(campaign);
    std::string permit = co_await permit_for(w, attempt);
    EXPECT_EQ(why(co_await w.permits.consume(permit, "7002", "c")), "foreign");
    EXPECT_EQ(why(co_await w.permits.send(permit, first, "c")), "foreign");  // issued, never consumed
    sql({"update ottb.permit set expires_at = now() - interval '1 ms'"});
    EXPECT_EQ(why(co_await w.permits.consume(permit, "7001", "c")), "expired");
    EXPECT_EQ(attempt_field(attempt, "state"), "permitted");

    attempt = queue_attempt(campaign);  // the slot was leased again: another epoch
    permit = co_await permit_for(w, attempt);
    sql({"update ottb.slot set epoch = epoch + 1 where number = '7001'"});
    EXPECT_EQ(why(co_await w.permits.consume(permit, "7001", "c")), "stopped");

    attempt = queue_attempt(campaign);
    permit = co_await permit_for(w, attempt);
    EXPECT_TRUE(co_await w.campaigns.apply(campaign, campaign_verb::pause, std::nullopt, "t"));
    EXPECT_EQ(why(co_await w.permits.consume(permit, "7001", "c")), "stopped");
    EXPECT_TRUE(co_await w.campaigns.apply(campaign, campaign_verb::resume, std::nullopt, "t"));

    attempt = queue_attempt(campaign);
    permit = co_await permit_for(w, attempt);
    auto order = co_await w.permits.consume(permit, "7001", "c");
    EXPECT_EQ(why(order), "ok");
    EXPECT_EQ(why(co_await w.permits.send(permit, first, "c")), "wrong_number");
    const e164 right = std::get<consumed_permit>(*order).number;
    EXPECT_TRUE(co_await w.dnc.add(right, {"global", "test", "", "t"}));
    EXPECT_EQ(why(co_await w.permits.send(permit, right, "c")), "stopped");  // listed between consume and send
    co_await w.stop();
  });
}

TEST_F(permits, every_gate_is_checked_again_when_the_hub_asks) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(5);
    const auto refused = [&w](std::string attempt) -> task<std::string> {
      auto got = co_await w.permits.issue(hub, ask(attempt));
      co_return got ? got->reason.value_or("permitted") : got.error().message;
    };
    std::string attempt = queue_attempt(campaign);
    sql({"update ottb.lead set consent = false where id = (select lead_id from ottb.attempt where id = '" + attempt +
         "')"});
    EXPECT_EQ(co_await refused(attempt), "no_consent");
    EXPECT_EQ(attempt_field(attempt, "state || ' ' || outcome || ' ' || refusal"), "done refused no_consent");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.outcome || ' ' || l.refusal || ' ' || l.attempts"),
              "finished refused no_consent 0");

    attempt = queue_attempt(campaign);
    sql({"update ottb.campaign set state = 'paused'"});
    EXPECT_EQ(co_await refused(attempt), "campaign_not_running");
    EXPECT_EQ(attempt_field(attempt, "state"), "returned");
    EXPECT_EQ(lead_of(attempt, "state || ' ' || l.attempts"), "due 0");
    sql({"update ottb.campaign set state = 'running'"});

    sql({"update ottb.trunk set simulated = false"});  // a profile without windows on a real trunk
    attempt = queue_attempt(campaign);
    EXPECT_EQ(co_await refused(attempt), "window_required");
    sql({"update ottb.trunk set simulated = true", "update ottb.caller_id set enabled = false"});
    attempt = queue_attempt(campaign);
    EXPECT_EQ(co_await refused(attempt), "caller_id_not_owned");
    sql({"update ottb.caller_id set enabled = true", "update ottb.campaign set purpose = 'advertising'"});
    attempt = queue_attempt(campaign);
    EXPECT_EQ(co_await refused(attempt), "advertising_by_machine");
    sql({"update ottb.campaign set purpose = 'service'", "update ottb.trunk set enabled = false"});
    attempt = queue_attempt(campaign);
    EXPECT_EQ(co_await refused(attempt), "no_trunk");
    sql({"update ottb.trunk set enabled = true"});

    attempt = queue_attempt(campaign);
    auto stale = ask(attempt);
    stale.epoch -= 1;
    auto got = co_await w.permits.issue(hub, stale);
    EXPECT_EQ(got->reason, "stale_assignment");
    auto foreign = co_await w.permits.issue("00000000-0000-7000-8000-000000000bad", ask(attempt));
    EXPECT_EQ(foreign->reason, "stale_assignment");
    EXPECT_EQ(attempt_field(attempt, "state"), "queued");
    auto unknown = co_await w.permits.issue(hub, ask("00000000-0000-7000-8000-000000000bad"));
    EXPECT_FALSE(unknown);
    EXPECT_EQ(scalar("select count(*) from ottb.decision where not allowed and inputs ? 'profile'"), "6");
    co_await w.stop();
  });
}

TEST_F(permits, one_person_is_never_in_two_live_attempts) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string one = co_await w.campaign(1, demo_profile, 3, "one");
    const std::string two = co_await w.campaign(1, demo_profile, 3, "two");  // the same number
    const std::string first = queue_attempt(one, "7001");
    const std::string second = queue_attempt(two, "7002");
    co_await permit_for(w, first);
    sql({"update ottb.profile set document = document || '{\"caps\":[]}' where id = '" + demo_profile + "'"});
    auto got = co_await w.permits.issue(hub, ask(second, "7002"));
    EXPECT_TRUE(got) << (got ? "" : got.error().message);
    if (!got) co_return;
    EXPECT_EQ(got->reason, "attempt_cap");
    EXPECT_TRUE(got->until);
    EXPECT_EQ(lead_of(second, "state"), "due");
    co_await w.stop();
  });
}

TEST_F(permits, rolling_caps_count_all_campaigns) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string one = co_await w.campaign(1, demo_profile, 9, "one");
    sql(
        {"update ottb.profile set document = '{\"consent_required\":true,\"caps\":[{\"hours\":24,\"most\":3}]}' where "
         "id = '" +
         demo_profile + "'"});
    const std::string two = co_await w.campaign(1, demo_profile, 9, "two");
    for (int i = 0; i < 3; ++i) {
      const std::string attempt = queue_attempt(i == 0 ? two : one);
      const std::string permit = co_await permit_for(w, attempt);
      auto order = co_await w.permits.consume(permit, "7001", "c");
      EXPECT_EQ(why(co_await w.permits.send(permit, std::get<consumed_permit>(*order).number, "c")), "ok");
      call_end end;
      end.attempt = attempt;
      end.outcome = link::outcome::busy;
      end.ended_at = w.time.now();
      EXPECT_TRUE(co_await w.permits.ended(end));
      sql({"update ottb.lead set next_at = now()"});
    }
    const std::string fourth = queue_attempt(one);
    auto got = co_await w.permits.issue(hub, ask(fourth));
    EXPECT_EQ(got->reason, "attempt_cap");
    EXPECT_GT(*got->until, w.time.now() + std::chrono::hours(23));
    co_await w.stop();
  });
}

TEST_F(permits, an_opt_out_ends_everything_within_a_second) {
  check([](executor on) -> task<void> {
    world w(on);
    std::vector<dnc_changed> heard;
    w.dnc.on_change([&heard](const dnc_changed& news) { heard.push_back(news); });
    w.dnc.start();
    co_await pause(milliseconds(300));
    const std::string one = co_await w.campaign(1, demo_profile, 3, "one");
    const std::string two = co_await w.campaign(1, demo_profile, 3, "two");
    const std::string three = co_await w.campaign(1, demo_profile, 3, "three");
    const std::string talking = queue_attempt(one, "7001");
    const std::string permit = co_await permit_for(w, talking);
    EXPECT_EQ(why(co_await w.permits.consume(permit, "7001", "c")), "ok");
    const std::string waiting = queue_attempt(two, "7002");
    const auto began = w.time.steady();
    EXPECT_TRUE(co_await w.permits.opt_out(talking, "dtmf"));
    while (heard.empty() && w.time.steady() - began < seconds(3)) co_await pause(milliseconds(5));
    EXPECT_LT(w.time.steady() - began, seconds(1));
    EXPECT_EQ(heard.size(), 1u);
    if (!heard.empty()) EXPECT_EQ(heard[0].edge_hash, w.vault.edge_hash(e164(world::fictional(0))));
    EXPECT_EQ(attempt_field(waiting, "state || ' ' || outcome || ' ' || refusal"), "done refused do_not_call");
    EXPECT_EQ(attempt_field(talking, "state"), "dialling");  // the call that said it ends by itself
    EXPECT_EQ(scalar("select count(*) from ottb.lead where state = 'finished' and refusal = 'do_not_call'"), "2");
    EXPECT_EQ(scalar("select source from ottb.dnc"), "opt_out:dtmf");
    co_await w.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
