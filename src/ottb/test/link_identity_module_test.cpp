// One identity lives once: takeovers, copies, rollbacks, revocation and silence, over the real link.
#include <random>

#include "ottb/test/link_world.hpp"

namespace vss::ottb::test {
namespace {

using link::slot_state;
using vss::test::check;

class link_identity_world : public link_world {};

std::string fmt_row(const slot_mark& mark) {
  return "update ottb.slot set state = 'IDLE', epoch = " + std::to_string(mark.epoch) +
         ", seen_epoch = " + std::to_string(mark.seen_epoch) + ", state_n = " + std::to_string(mark.state_n) +
         ", lease_until = " + (mark.leased ? "now() + interval '1 minute'" : "null") +
         " where number = '7001' returning 1";
}

TEST_F(link_identity_world, nobody_enters_without_an_identity_or_a_hello) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_FALSE(co_await hub.link_to(server.url("nobody")));
    const auto allowed = co_await server.links.may_upgrade("");
    EXPECT_TRUE(!allowed && allowed.error().kind == errc::unauthorized);
    auto made = co_await net::ws_connect(server.url("fa"), {}, {}, {}, milliseconds(3000));
    EXPECT_TRUE(made.has_value());
    hub.line = *made;
    hub.beat();
    EXPECT_TRUE(co_await hub.ended());
    co_await server.stop();
  });
}

TEST_F(link_identity_world, the_same_run_by_a_new_connection_takes_over) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side first(on, db, "s1");
    server_side second(on, db, "s2");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(first.url("fa")));
    auto old = hub.line;
    EXPECT_TRUE(co_await hub.link_to(first.url("fa")));
    fake_archont before;
    before.line = old;
    EXPECT_TRUE(co_await before.ended());
    before.line = hub.line;
    EXPECT_TRUE(co_await hub.link_to(second.url("fa")));
    EXPECT_TRUE(co_await before.ended()) << "the first server heard that the link moved";
    co_await pause(milliseconds(200));
    EXPECT_EQ(first.links.links(), 0u);
    EXPECT_EQ(second.links.links(), 1u);
    EXPECT_EQ(co_await ask(db, "select linked_server || locked from ottb.hub where label = 'mf-01'"), "s2false");
    co_await first.stop();
    co_await second.stop();
  });
}

TEST_F(link_identity_world, a_restart_takes_over_at_once_and_its_dead_link_proves_nothing) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1", milliseconds(2000));
    fake_archont old("run-1", 1);
    EXPECT_TRUE(co_await old.link_to(server.url("fa")));
    fake_archont fresh("run-2", 2);
    EXPECT_TRUE(co_await fresh.link_to(server.url("fa")));
    old.beat();  // still on its way when the new one came
    for (int i = 0; i < 6; ++i) {
      fresh.beat();
      co_await pause(milliseconds(500));
    }
    EXPECT_FALSE(old.line->open() && !co_await old.ended());
    EXPECT_EQ(co_await ask(db, "select locked from ottb.hub where label = 'mf-01'"), "f");
    EXPECT_EQ(server.links.links(), 1u);
    co_await server.stop();
  });
}

TEST_F(link_identity_world, two_live_copies_lock_both_wherever_they_are) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side first(on, db, "s1");
    server_side second(on, db, "s2");
    fake_archont one("run-1", 1);
    fake_archont two("run-2", 2);
    EXPECT_TRUE(co_await one.link_to(first.url("fa")));
    EXPECT_TRUE(co_await two.link_to(second.url("fa")));
    EXPECT_TRUE(co_await one.ended_beating());
    EXPECT_TRUE(co_await two.ended());
    co_await becomes(db, "select locked || ' ' || lock_reason from ottb.hub where label = 'mf-01'",
                     "true two live copies of one identity");
    EXPECT_EQ(co_await ask(db, "select severity from ottb.hub_event where kind = 'identity_locked'"), "error");
    EXPECT_FALSE(co_await two.link_to(second.url("fa"))) << "until an engineer unlocks";
    co_await first.stop();
    co_await second.stop();
  });
}

TEST_F(link_identity_world, a_replaced_run_that_returns_is_a_copy) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont one("run-1", 1);
    EXPECT_TRUE(co_await one.link_to(server.url("fa")));
    one.line->close(1000, "");
    fake_archont two("run-2", 2);
    EXPECT_TRUE(co_await two.link_to(server.url("fa")));
    EXPECT_FALSE(co_await one.link_to(server.url("fa")));
    EXPECT_TRUE(co_await two.ended());
    EXPECT_EQ(co_await ask(db, "select locked from ottb.hub where label = 'mf-01'"), "t");
    co_await server.stop();
  });
}

TEST_F(link_identity_world, a_generation_used_twice_locks_and_one_that_went_back_warns) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont one("run-1", 5);
    EXPECT_TRUE(co_await one.link_to(server.url("fa")));
    one.line->close(1000, "");
    fake_archont back("run-2", 3);
    EXPECT_TRUE(co_await back.link_to(server.url("fa")));
    EXPECT_EQ(co_await ask(db, "select severity from ottb.hub_event where kind = 'journal_went_back'"), "warning");
    back.line->close(1000, "");
    fake_archont twice("run-3", 3);
    EXPECT_FALSE(co_await twice.link_to(server.url("fa")));
    EXPECT_EQ(co_await ask(db, "select locked from ottb.hub where label = 'mf-01'"), "t");
    co_await server.stop();
  });
}

TEST_F(link_identity_world, a_revoked_identity_is_out_within_a_second) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    server.who.known.erase("fa");
    server.who.revoked(hub_a);
    EXPECT_TRUE(co_await hub.ended(milliseconds(1000)));
    EXPECT_FALSE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select locked || lock_reason from ottb.hub where label = 'mf-01'", "truerevoked");
    server.who.revoked("00000000-0000-7000-8000-0000000000ff");  // never was a hub
    co_await pause(milliseconds(100));
    co_await server.stop();
  });
}

TEST_F(link_identity_world, a_silent_hub_is_unreachable_and_never_in_fault) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1", milliseconds(2000));
    fake_archont hub;
    hub.said.slots = {{"7001", slot_state::ACTIVE_CALL, 1, true, {}, {}, {}, 0, false, false}};
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select unreachable from ottb.hub where label = 'mf-01'", "f");
    EXPECT_TRUE(co_await hub.ended(milliseconds(4000))) << "nothing heard for the whole silence";
    co_await becomes(db, "select unreachable from ottb.hub where label = 'mf-01'", "t");
    EXPECT_EQ(co_await ask(db, "select state from ottb.slot where number = '7001'"), "ACTIVE_CALL");
    EXPECT_EQ(co_await ask(db, "select count(*) from ottb.hub_event where kind = 'hub_unreachable'"), "1");
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select unreachable from ottb.hub where label = 'mf-01'", "f");
    co_await server.stop();
  });
}

// slot_fence.hpp and the SQL say the same about every word.
TEST_F(link_identity_world, the_rule_in_sql_is_the_pure_rule) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    std::mt19937 random(7);
    const auto roll = [&random](int below) {
      return static_cast<std::int64_t>(random() % static_cast<unsigned>(below));
    };
    std::int64_t n = 0;
    for (int round = 0; round < 150; ++round) {
      slot_mark mark;
      mark.epoch = roll(6);
      mark.seen_epoch = std::min(mark.epoch, roll(6));
      mark.leased = roll(2) == 1;
      mark.state_n = n + roll(3) - 1;
      co_await ask(db, fmt_row(mark));
      link::status said;
      said.slot = "7001";
      said.to = slot_state::READY;
      said.epoch = roll(7);
      const auto expected = judge(mark, ++n, said.epoch);
      const link_item item{hub_a, n, said, instant{}};
      auto batch = make_batch({item});
      auto done = co_await db.pipeline(std::move(batch.steps));
      EXPECT_TRUE(done.has_value());
      const bool applied = done && done->front().size() == 1;
      const auto stale = co_await ask(db, "select stale from ottb.slot_transition where n = " + std::to_string(n));
      EXPECT_EQ(applied, expected == fence_verdict::apply) << fmt_row(mark) << " n " << n << " epoch " << said.epoch;
      EXPECT_EQ(stale == "t", expected == fence_verdict::stale)
          << fmt_row(mark) << " n " << n << " epoch " << said.epoch;
    }
  });
}

}  // namespace
}  // namespace vss::ottb::test
