// Attempts as people look at them, over PostgreSQL: pages, one call's story, search by number, hanging up.
#include "dial_world.hpp"
#include "ottb/attempt_desk.hpp"

namespace vss::ottb {
namespace {

using namespace test;

class attempts : public testing::Test {
 protected:
  void SetUp() override {
    clear();
    sql({"truncate ottb.slot_transition, ottb.command, ottb.hub_outbox"});
  }
};

struct desk {
  explicit desk(executor on)
      : w(on),
        commands(w.db, w.time, w.random, on),
        attempts(w.db, w.vault, w.time, w.random, commands, [this](std::string) { return told(); }) {}
  task<result<std::optional<call_sides>>> told() { co_return record; }
  // One done attempt for each lead, made `age` seconds ago, with an id of that time.
  void make(const std::string& campaign, int count, int age) {
    for (int i = 0; i < count; ++i) {
      const auto id = make_uuid(w.time, w.random);
      const auto old = queue_attempt(campaign);
      sql({"update ottb.attempt set id = '" + id +
           "', state = 'done', outcome = 'busy', queued_at = now() - interval '" + std::to_string(age) +
           " s', ended_at = now() where id = '" + old + "'"});
      made.push_back(id);
    }
  }
  task<std::vector<std::string>> ids(attempt_filter filter) {
    auto page = co_await attempts.list(std::move(filter));
    EXPECT_TRUE(page) << page.error().message;
    std::vector<std::string> out;
    for (const auto& each : page->items) out.push_back(each.id);
    co_return out;
  }
  world w;
  command_desk commands;
  attempt_desk attempts;
  std::optional<call_sides> record;
  std::vector<std::string> made;
};
using list = std::vector<std::string>;

TEST_F(attempts, are_listed_by_every_filter) {
  add_slots(2);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string one = co_await d.w.campaign(4);
    const std::string two = co_await d.w.campaign(1, demo_profile, 3, "other");
    d.make(one, 2, 0);
    d.make(two, 1, 0);
    const auto live = queue_attempt(one, "7002");
    const auto& m = d.made;
    sql({"update ottb.attempt set outcome = 'answered', trunk_id = (select id from ottb.trunk) where id = '" + m[1] +
             "'",
         "update ottb.attempt set id = '" + make_uuid(d.w.time, d.w.random) + "' where id = '" + live + "'"});
    const auto open = scalar("select id from ottb.attempt where state = 'queued'");
    const auto with = [](auto change) {
      attempt_filter out;
      change(out);
      return out;
    };
    EXPECT_EQ(co_await d.ids({}), (list{m[0], m[1], m[2], open}));
    auto asked = with([](auto& f) { f.newest_first = true; });
    EXPECT_EQ(co_await d.ids(asked), (list{open, m[2], m[1], m[0]}));
    asked = with([&](auto& f) { f.campaign = one; });
    EXPECT_EQ(co_await d.ids(asked), (list{m[0], m[1], open}));
    asked = with([&](auto& f) { f.campaign = one, f.newest_first = true, f.after = open; });
    EXPECT_EQ(co_await d.ids(asked), (list{m[1], m[0]}));
    asked = with([](auto& f) { f.state = "live"; });
    EXPECT_EQ(co_await d.ids(asked), list{open});
    const auto lead_of = [](const std::string& id) {
      return std::stoll(scalar("select lead_id from ottb.attempt where id = '" + id + "'"));
    };
    asked = with([&](auto& f) { f.state = "live", f.lead = lead_of(m[0]); });
    EXPECT_EQ(co_await d.ids(asked), list{}) << "that lead's attempt is over";
    asked = with([&](auto& f) { f.state = "live", f.lead = lead_of(open); });
    EXPECT_EQ(co_await d.ids(asked), list{open});
    asked = with([](auto& f) { f.state = "ended"; });
    EXPECT_EQ(co_await d.ids(asked), (list{m[0], m[1], m[2]}));
    asked = with([](auto& f) { f.state = "queued", f.slot = "7002", f.hub = "mf-01"; });
    EXPECT_EQ(co_await d.ids(asked), list{open});
    asked = with([](auto& f) { f.slot = "7001", f.outcome = "busy"; });
    EXPECT_EQ(co_await d.ids(asked), (list{m[0], m[2]}));
    asked = with([](auto& f) { f.hub = "mf-02"; });
    EXPECT_EQ(co_await d.ids(asked), list{});
    asked = with([](auto& f) { f.trunk = std::stoi(scalar("select id from ottb.trunk")); });
    EXPECT_EQ(co_await d.ids(asked), list{m[1]});
    asked = with([&](auto& f) { f.lead = std::stoll(attempt_field(m[0], "lead_id")); });
    EXPECT_EQ(co_await d.ids(asked), list{m[0]});
    sql({"update ottb.attempt set queued_at = now() - interval '10 min' where id = '" + m[2] + "'"});
    asked = with([&](auto& f) { f.from = d.w.time.now() - seconds(300); });
    EXPECT_EQ(co_await d.ids(asked), (list{m[0], m[1], open}));
    asked = with([&](auto& f) { f.to = d.w.time.now() - seconds(300); });
    EXPECT_EQ(co_await d.ids(asked), list{m[2]});
    asked = with([](auto& f) { f.limit = 2; });
    auto page = co_await d.attempts.list(asked);
    EXPECT_EQ(page->next, m[1]);
    EXPECT_EQ(page->items[1].trunk_name, "sim");
    EXPECT_EQ(page->items[1].hub, "mf-01");
    EXPECT_EQ(page->items[1].campaign_name, "c");
    co_await d.w.stop();
  });
}

TEST_F(attempts, tell_one_story) {
  add_slots(1);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string id = co_await d.w.campaign(1);
    const auto attempt = queue_attempt(id);
    link::permit_request request;
    request.attempt = attempt;
    request.slot = "7001";
    request.epoch = epoch_of("7001");
    auto permit = co_await d.w.permits.issue(hub, request);
    EXPECT_TRUE(permit && permit->permitted);
    EXPECT_TRUE(co_await d.w.permits.consume(*permit->permit, "7001", "slot-leg"));
    const auto step = [&](int n, const char* from, const char* to, bool named) {
      sql(
          {"insert into ottb.slot_transition (hub_id, n, slot, from_state, to_state, event, epoch, at, attempt) values "
           "('" +
           hub + "', " + std::to_string(n) + ", '7001', '" + from + "', '" + to + "', 'e', 1, now(), " +
           (named ? "'" + attempt + "'" : "null") + ")"});
    };
    step(4, "FAULT", "IDLE", false);
    step(5, "IDLE", "ASSIGNED", true);
    step(6, "ASSIGNED", "READY", false);
    step(7, "READY", "CALLING", true);
    step(8, "IDLE", "FAULT", false);
    d.record = call_sides{};
    d.record->differs = {"outcome"};
    auto told = co_await d.attempts.story(attempt);
    EXPECT_TRUE(told) << told.error().message;
    if (!told) co_return;
    EXPECT_EQ(told->number, masked(e164(world::fictional(0))));
    EXPECT_EQ(told->attempt.state, "dialling");
    EXPECT_TRUE(told->can_hang_up);
    EXPECT_EQ(told->decisions.size(), 1U);
    EXPECT_TRUE(told->decisions[0].allowed);
    EXPECT_EQ(told->decisions[0].gates[0].result, gate_result::passed);
    EXPECT_TRUE(told->decisions[0].inputs.contains("profile"));
    EXPECT_EQ(told->permits.size(), 1U);
    EXPECT_EQ(told->permits[0].state, "consumed");
    EXPECT_EQ(told->ladder.size(), 1U);
    EXPECT_EQ(told->slot_call_id, "slot-leg");
    EXPECT_EQ(told->steps.size(), 3U) << "what lies between its first and last word";
    EXPECT_EQ(told->steps[1].to, "READY");
    EXPECT_EQ(told->record->differs, list{"outcome"});
    EXPECT_EQ(dto::write(*told).find(*permit->permit), std::string::npos) << "a permit is a right to dial";
    auto none = co_await d.attempts.story("00000000-0000-7000-8000-000000000000");
    EXPECT_EQ(none.error().kind, errc::not_found);
    co_await d.w.stop();
  });
}

TEST_F(attempts, are_found_by_number_for_who_asked) {
  add_slots(1);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string one = co_await d.w.campaign(1);
    const std::string two = co_await d.w.campaign(1, demo_profile, 3, "other");
    d.make(one, 1, 0);
    d.make(two, 1, 0);
    auto asked = co_await d.attempts.search(e164(world::fictional(0)), "anna");
    EXPECT_TRUE(asked);
    auto page = co_await d.attempts.found(*asked, "anna", "", 50);
    EXPECT_TRUE(page && page->items.size() == 2 && page->items[0].id == d.made[1]);
    page = co_await d.attempts.found(*asked, "anna", d.made[1], 50);
    EXPECT_TRUE(page && page->items.size() == 1 && page->items[0].id == d.made[0]);
    EXPECT_EQ((co_await d.attempts.found(*asked, "boris", "", 50)).error().kind, errc::not_found);
    auto stranger = co_await d.attempts.search(e164(world::fictional(7)), "anna");
    page = co_await d.attempts.found(*stranger, "anna", "", 50);
    EXPECT_TRUE(page && page->items.empty());
    for (int i = 2; i < 60; ++i) EXPECT_TRUE(co_await d.attempts.search(e164(world::fictional(i)), "anna"));
    EXPECT_EQ((co_await d.attempts.search(e164(world::fictional(1)), "anna")).error().kind, errc::too_many);
    EXPECT_TRUE(co_await d.attempts.search(e164(world::fictional(1)), "boris"));
    co_await d.w.stop();
  });
}

TEST_F(attempts, hang_up_only_what_is_under_way) {
  add_slots(1);
  check([](executor on) -> task<void> {
    desk d(on);
    const std::string id = co_await d.w.campaign(1);
    const auto attempt = queue_attempt(id);
    net::call asked;
    asked.path["attempt"] = attempt;
    asked.who.id = "anna";
    auto done = co_await d.attempts.hang_up(asked, "wrong person");
    EXPECT_EQ(done.error().kind, errc::conflict);
    EXPECT_NE(done.error().message.find("pause or stop"), std::string::npos);
    sql({"update ottb.attempt set state = 'answered'"});
    done = co_await d.attempts.hang_up(asked, "wrong person");
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->status, 202) << "no hub is there to answer";
    EXPECT_EQ(done->body.verb, "hangup");
    EXPECT_EQ(done->body.slot, "7001");
    EXPECT_EQ(done->body.reason, "wrong person");
    EXPECT_EQ(scalar("select body ->> 'epoch' from ottb.hub_outbox"), std::to_string(epoch_of("7001")));
    sql({"update ottb.attempt set state = 'done', ended_at = now()"});
    done = co_await d.attempts.hang_up(asked, "again");
    EXPECT_EQ(done.error().kind, errc::conflict);
    EXPECT_NE(done.error().message.find("over"), std::string::npos);
    asked.path["attempt"] = "00000000-0000-7000-8000-000000000000";
    done = co_await d.attempts.hang_up(asked, "x");
    EXPECT_EQ(done.error().kind, errc::not_found);
    co_await d.w.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
