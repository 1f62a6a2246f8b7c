// Why a campaign does not dial, over PostgreSQL: each hindrance is put in its way and found again.
#include "dial_world.hpp"
#include "ottb/why_desk.hpp"

namespace vss::ottb {
namespace {

using namespace test;

class why_asked : public testing::Test {
 protected:
  void SetUp() override { clear(); }
};

std::string codes(const result<why_view>& said) {
  if (!said) return said.error().message;
  std::string out;
  for (const auto& each : said->reasons) out += (each.stops ? "!" : "") + each.code + " ";
  return out;
}

struct desk {
  desk(executor on)
      : w(on), whys(w.db, w.time, w.profiles, {"x", [this] { return ready; }, [this] { return broker; }}) {}
  task<std::string> said(std::string id) {
    auto view = co_await whys.why(std::move(id));
    co_return codes(view);
  }
  bool ready = true, broker = true;
  world w;
  why_desk whys;
};

void lease(const std::string& campaign) {
  sql({"insert into ottb.lease (name, owner, until) values ('campaign:" + campaign +
       "', 'x', now() + interval '1 h')"});
}

TEST_F(why_asked, finds_what_stops_a_campaign) {
  add_slots(4);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string id = co_await d.w.campaign(3);
    EXPECT_EQ(co_await d.said(id), "!no_server ");
    lease(id);
    EXPECT_EQ(co_await d.said(id), "");
    d.ready = d.broker = false;
    EXPECT_EQ(co_await d.said(id), "!server_not_ready !broker_away ");
    sql({"update ottb.lease set owner = 'y'"});
    EXPECT_EQ(co_await d.said(id), "") << "another server paces: what this one is worth does not matter";
    d.ready = d.broker = true;
    sql({"update ottb.slot set locked = true where number = '7001'",
         "update ottb.slot set state = 'FAULT' where number = '7002'",
         "update ottb.slot set drain = true where number = '7003'",
         "update ottb.slot set registered = false where number = '7004'"});
    EXPECT_EQ(co_await d.said(id), "!no_free_slot slots_fault slots_locked slots_drained slots_unregistered ");
    sql({"update ottb.hub set unreachable = true"});
    EXPECT_EQ(co_await d.said(id), "!no_free_slot slots_unreachable ");
    sql({"update ottb.hub set unreachable = false, running_hash = 'old'",
         "update ottb.slot set locked = false, drain = false, state = 'IDLE', registered = true"});
    EXPECT_EQ(co_await d.said(id), "!no_free_slot slots_not_ready ");
    sql({"update ottb.hub set running_hash = 'h'", "update ottb.trunk set health = 'down'"});
    EXPECT_EQ(co_await d.said(id), "!trunks_down ");
    sql({"update ottb.trunk set health = 'up'", "update ottb.caller_id set trunks = '{99}'"});
    EXPECT_EQ(co_await d.said(id), "!trunks_not_for_caller ");
    sql({"update ottb.caller_id set trunks = '{}', enabled = false"});
    EXPECT_EQ(co_await d.said(id), "!caller_id_not_owned ");
    sql({"update ottb.caller_id set enabled = true", "update ottb.trunk set enabled = false"});
    EXPECT_EQ(co_await d.said(id), "!no_trunk ");
    sql({"update ottb.trunk set enabled = true"});
    co_await d.w.stop();
  });
}

TEST_F(why_asked, finds_what_leads_wait_for) {
  add_slots(1);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string id = co_await d.w.campaign(6);
    lease(id);
    sql({"update ottb.lead set next_at = now() + interval '1 h'",
         "update ottb.lead set refusal = 'outside_window', next_at = now() + interval '2 h' where id in (select id "
         "from "
         "ottb.lead order by id limit 2)",
         "update ottb.lead set state = 'finished', outcome = 'answered' where id = (select max(id) from ottb.lead)"});
    auto said = co_await d.whys.why(id);
    EXPECT_EQ(codes(said), "!waiting_for_retry !outside_window ");
    EXPECT_EQ(said->reasons[0].count, 3);
    EXPECT_EQ(said->reasons[1].count, 2);
    EXPECT_GT(*said->reasons[1].until, d.w.time.now() + seconds(7000));
    EXPECT_EQ(said->leads.waiting, 5);
    EXPECT_EQ(said->leads.finished, 1);
    EXPECT_EQ(said->leads.next_at, said->reasons[0].until);
    sql({"update ottb.lead set state = 'finished'"});
    EXPECT_EQ(co_await d.said(id), "!leads_finished ");
    EXPECT_FALSE(co_await d.whys.why("00000000-0000-7000-8000-000000000000"));
    co_await d.w.stop();
  });
}

TEST_F(why_asked, sees_calls_and_messages) {
  add_slots(1);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string id = co_await d.w.campaign(1);
    lease(id);
    const auto attempt = queue_attempt(id);
    auto said = co_await d.whys.why(id);
    EXPECT_EQ(codes(said), "!no_free_slot !leads_in_call slots_busy ");
    EXPECT_TRUE(said->dialling) << "an attempt was made just now";
    sql({"update ottb.attempt set queued_at = now() - interval '1 min'"});
    EXPECT_FALSE((co_await d.whys.why(id))->dialling);
    sql({"update ottb.attempt set state = 'ringing'"});
    said = co_await d.whys.why(id);
    EXPECT_TRUE(said->dialling);
    EXPECT_EQ(said->calls_now, 1);
    EXPECT_EQ(said->trunks.channels_in_use, 1);
    sql({"insert into ottb.outbox (routing_key, body, created_at) values ('q', '{\"campaign\":\"" + id +
         "\"}', now() - interval '20 s')"});
    EXPECT_EQ(co_await d.said(id), "!broker_away !no_free_slot !leads_in_call slots_busy ");
    co_await d.w.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
