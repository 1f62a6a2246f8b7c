// The pacer and the relay against PostgreSQL and RabbitMQ: F-01 from a due lead to a hub's queue and back.
#include <fstream>

#include "dial_world.hpp"
#include "ottb/pacer.hpp"
#include "ottb/relay.hpp"

namespace vss::ottb {
namespace {

using namespace test;

net::rabbit_options broker_options() {
  std::ifstream file(vss::test::need("VSS_VAR") + "/secrets/amqp_password");
  std::string password;
  file >> password;
  net::rabbit_options out;
  out.port = std::stoi(vss::test::need("PORT_AMQP"));
  out.password = secret(password);
  return out;
}

const std::string queue = lead_queue("d1a1d1a1d1a1");

// One server process that paces and relays.
struct server {
  server(executor on, const std::string& owner)
      : w(on, owner),
        broker(on, broker_options()),
        leases(w.db, owner),
        relay_(w.db, broker, w.life, w.meters),
        pacer_(w.db, w.time, w.random, w.life, leases, w.profiles, w.meters, hooks()) {}
  pacer_hooks hooks() {
    pacer_hooks out;
    out.queued = [this] { relay_.wake(); };
    out.campaign_changed = [this](const campaign_changed& news) { changed.push_back(news.state); };
    return out;
  }
  task<bool> start() {
    net::rabbit_queue leads;
    leads.name = queue;
    leads.dead_letter_queue = std::string(returned_queue);
    broker.declare(leads);
    for (int i = 0; i < 800 && !broker.connected(); ++i) co_await pause(milliseconds(10));
    if (!broker.connected()) co_return false;
    (void)co_await broker.purge(queue);
    relay_.start();
    pacer_.start();
    co_return true;
  }
  task<void> stop() {
    co_await w.life.stop(milliseconds(5000));
    broker.close();
    co_await w.db.close();
  }
  world w;
  net::rabbit broker;
  lease_store leases;
  relay relay_;
  pacer pacer_;
  std::vector<std::string> changed;
};

class pacing : public testing::Test {
 protected:
  void SetUp() override { clear(); }
};

// A hub that ends each call at once and frees its slot.
struct quick_hub {
  quick_hub(server& s, link::outcome what) : at(s), ends(what) {
    at.broker.consume(queue, [this](net::rabbit_message message) { take(std::move(message)); });
  }
  void take(net::rabbit_message message) {
    const auto lead = dto::parse<link::lead_message>(message.body);
    EXPECT_TRUE(lead) << message.body;
    if (!lead) return;
    seen.push_back(*lead);
    at.broker.ack(message);
    at.w.life.spawn("call", call(*lead));
  }
  task<void> call(link::lead_message lead) {
    link::permit_request request;
    request.attempt = lead.attempt;
    request.slot = lead.slot;
    request.epoch = lead.epoch;
    auto got = co_await at.w.permits.issue(hub, request);
    EXPECT_TRUE(got && got->permitted) << (got ? got->reason.value_or("") : got.error().message);
    link::attempt_report report;
    report.attempt = lead.attempt;
    report.outcome = ends;
    report.dialled_at = at.w.time.now();
    report.ended_at = at.w.time.now();
    link::report_batch batch{{report}};
    auto receipt = co_await at.w.reports.report(hub, batch);
    EXPECT_TRUE(receipt);
    co_await free_slot_of(lead);
    ++done;
  }
  // What the link does when the slot comes back to IDLE.
  task<void> free_slot_of(link::lead_message lead) {
    static constexpr net::statement freed{
        "test_free_slot",
        "update ottb.slot set lease_until = null, lease_attempt = null where number = $1 and epoch = $2"};
    net::params with{lead.slot, lead.epoch};
    auto ok = co_await at.w.db.run(freed, std::move(with));
    EXPECT_TRUE(ok);
  }
  server& at;
  link::outcome ends;
  std::vector<link::lead_message> seen;
  int done = 0;
};

task<bool> until(std::function<bool()> holds, milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) co_return false;
    co_await pause(milliseconds(20));
  }
  co_return true;
}

TEST_F(pacing, every_lead_goes_once_and_the_campaign_ends) {
  add_slots(7);
  check(
      [](executor on) -> task<void> {
        server s(on, "test:1:a");
        const bool up = co_await s.start();
        EXPECT_TRUE(up) << "start engines first: ./vss test module";
        if (!up) co_return;
        quick_hub hub_side(s, link::outcome::answered);
        co_await s.w.campaign(60);
        const std::function<bool()> over = [&s] { return !s.changed.empty(); };
        EXPECT_TRUE(co_await until(over, milliseconds(30000)));
        EXPECT_EQ(s.changed, std::vector<std::string>{"finished"});
        EXPECT_EQ(hub_side.seen.size(), 60u);
        EXPECT_EQ(scalar("select count(*) from ottb.attempt where state = 'done' and outcome = 'answered' and n = 1"),
                  "60");
        EXPECT_EQ(
            scalar("select count(*) from ottb.lead where state = 'finished' and outcome = 'answered' and attempts = 1"),
            "60");
        EXPECT_EQ(scalar("select count(*) from ottb.outbox"), "0");
        EXPECT_EQ(scalar("select count(distinct (slot, epoch)) from ottb.attempt"), "60");
        for (const auto& each : hub_side.seen) EXPECT_GT(each.not_after, each.not_after - seconds(20));
        co_await s.stop();
      },
      seconds(60));
}

TEST_F(pacing, messages_carry_no_numbers) {
  add_slots(2);
  check([](executor on) -> task<void> {
    server s(on, "test:1:a");
    if (!co_await s.start()) co_return;
    std::vector<std::string> bodies;
    s.broker.consume(queue, [&](net::rabbit_message message) {
      bodies.push_back(message.body);
      s.broker.ack(message);
    });
    co_await s.w.campaign(2);
    const std::function<bool()> there = [&bodies] { return bodies.size() == 2; };
    EXPECT_TRUE(co_await until(there, milliseconds(10000)));
    for (const auto& body : bodies) {
      EXPECT_EQ(body.find("5550"), std::string::npos) << body;
      EXPECT_TRUE(dto::parse<link::lead_message>(body)) << body;
    }
    co_await s.stop();
  });
}

TEST_F(pacing, what_no_hub_wants_comes_back_unchanged) {
  add_slots(1);
  check([](executor on) -> task<void> {
    server s(on, "test:1:a");
    if (!co_await s.start()) co_return;
    int rejected = 0;
    s.broker.consume(queue, [&](net::rabbit_message message) {
      ++rejected;
      s.broker.reject(message, false);  // dead-lettered
    });
    co_await s.w.campaign(1);
    const std::function<bool()> back = [] {
      return scalar("select count(*) from ottb.attempt where state = 'returned'") != "0";
    };
    EXPECT_TRUE(co_await until(back, milliseconds(10000)));
    sql({"update ottb.campaign set state = 'paused'"});
    co_await pause(milliseconds(700));
    EXPECT_EQ(scalar("select attempts || ' ' || coalesce(outcome, 'none') from ottb.lead"), "0 none");
    const std::function<bool()> due = [] { return scalar("select state from ottb.lead") == "due"; };
    EXPECT_TRUE(co_await until(due, milliseconds(5000)));
    EXPECT_EQ(scalar("select count(*) from ottb.slot where lease_until is not null"), "0");
    EXPECT_GE(rejected, 1);
    co_await s.stop();
  });
}

TEST_F(pacing, two_servers_never_pace_the_same_campaign) {
  add_slots(20);
  check(
      [](executor on) -> task<void> {
        server a(on, "test:1:a");
        server b(on, "test:2:b");
        const bool up = co_await a.start();
        const bool other = co_await b.start();
        EXPECT_TRUE(up && other);
        quick_hub hub_side(a, link::outcome::answered);
        co_await a.w.campaign(100, demo_profile, 3, "one");
        const std::function<bool()> some = [&hub_side] { return hub_side.done >= 30; };
        EXPECT_TRUE(co_await until(some, milliseconds(20000)));
        EXPECT_EQ(scalar("select count(*) from ottb.lease where until > now()"), "1");
        // the owner dies without a word: the other takes over within 5 s
        const std::string fence = scalar("select fence from ottb.lease where until > now()");
        sql({"update ottb.lease set until = now() - interval '1 s', owner = 'nobody'"});
        const std::function<bool()> over = [&a, &b] { return !a.changed.empty() || !b.changed.empty(); };
        EXPECT_TRUE(co_await until(over, milliseconds(20000)));
        EXPECT_EQ(scalar("select count(*) from ottb.attempt"), "100");
        EXPECT_EQ(scalar("select count(distinct lead_id) from ottb.attempt"), "100");
        EXPECT_EQ(scalar("select max(fence) from ottb.lease"), std::to_string(std::stoll(fence) + 1));
        co_await a.stop();
        co_await b.stop();
      },
      seconds(60));
}

TEST_F(pacing, trunk_limits_hold_in_every_second) {
  add_slots(60);
  sql({"update ottb.trunk set cps = 5, channels = 12"});
  check([](executor on) -> task<void> {
    server s(on, "test:1:a");
    if (!co_await s.start()) co_return;
    co_await s.w.campaign(60);
    co_await pause(milliseconds(6000));
    // nothing ends here: the channels are full after twelve
    EXPECT_EQ(scalar("select count(*) from ottb.attempt"), "12");
    EXPECT_EQ(scalar("select max(n) from (select count(*) over (order by queued_at range between interval '999 ms' "
                     "preceding and current "
                     "row) as n from ottb.attempt) w"),
              scalar("select least(5, max(n))::text from (select count(*) over (order by queued_at range between "
                     "interval '999 ms' "
                     "preceding and current row) as n from ottb.attempt) w"));
    co_await s.stop();
  });
}

TEST_F(pacing, refused_leads_are_moved_out_of_the_way) {
  add_slots(5);
  check(
      [](executor on) -> task<void> {
        server s(on, "test:1:a");
        if (!co_await s.start()) co_return;
        quick_hub hub_side(s, link::outcome::answered);
        const std::string id = co_await s.w.campaign(0);
        std::string csv = "phone,consent\n";
        for (int i = 0; i < 300; ++i) csv += world::fictional(i) + (i < 295 ? ",no\n" : ",yes\n");
        co_await s.w.load(id, std::move(csv));
        const std::function<bool()> over = [&s] { return !s.changed.empty(); };
        EXPECT_TRUE(co_await until(over, milliseconds(20000)));
        EXPECT_EQ(hub_side.seen.size(), 5u);
        EXPECT_EQ(scalar("select count(*) from ottb.lead where state = 'finished' and outcome = 'refused' and refusal "
                         "= 'no_consent'"),
                  "295");
        EXPECT_EQ(scalar("select count(*) from ottb.decision where reason = 'no_consent'"), "295");
        co_await s.stop();
      },
      seconds(40));
}

TEST_F(pacing, drained_campaigns_stop_and_paused_ones_wait) {
  add_slots(3);
  check([](executor on) -> task<void> {
    server s(on, "test:1:a");
    if (!co_await s.start()) co_return;
    quick_hub hub_side(s, link::outcome::busy);
    const std::string id = co_await s.w.campaign(40);
    const std::function<bool()> some = [&hub_side] { return hub_side.done >= 3; };
    EXPECT_TRUE(co_await until(some, milliseconds(10000)));
    EXPECT_TRUE(co_await s.w.campaigns.apply(id, campaign_verb::drain, std::nullopt, "t"));
    const std::function<bool()> over = [&s] { return !s.changed.empty(); };
    EXPECT_TRUE(co_await until(over, milliseconds(10000)));
    EXPECT_EQ(s.changed, std::vector<std::string>{"stopped"});
    EXPECT_EQ(scalar("select count(*) from ottb.attempt where state not in ('done', 'returned')"), "0");
    const auto before = scalar("select count(*) from ottb.attempt");
    co_await pause(milliseconds(500));
    EXPECT_EQ(scalar("select count(*) from ottb.attempt"), before);
    co_await s.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
