// F-05 over a real WebSocket and a real PostgreSQL: once, in order, fenced, acknowledged after the commit, resumed.
#include "ottb/test/link_world.hpp"

namespace vss::ottb::test {
namespace {

using link::slot_state;
using vss::test::check;

// How long the words of the hubs have waited to be stored.
double waiting_seconds(const net::metrics& meters) {
  const auto text = meters.text();
  const std::string name = "\nvss_link_commit_waits_seconds ";
  const auto at = text.find(name);
  return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size()));
}

const std::string attempt_1 = "00000000-0000-7000-8000-0000000000a1";

TEST_F(link_world, every_transition_arrives_once_in_order_and_is_acknowledged_after_the_commit) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    EXPECT_EQ(hub.welcomed.resume_after, 0);
    hub.status(1, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1);
    hub.status(2, "7001", slot_state::ASSIGNED, slot_state::REGISTERING, 1);
    hub.status(2, "7001", slot_state::ASSIGNED, slot_state::REGISTERING, 1);
    hub.status(1, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1);
    hub.status(3, "7001", slot_state::REGISTERING, slot_state::READY, 1);
    hub.status(4, "7101", slot_state::IDLE, slot_state::FAULT, 0);
    EXPECT_TRUE(co_await hub.acked(4));
    EXPECT_EQ(
        co_await ask(db, "select string_agg(to_state, ' ' order by n) from ottb.slot_transition where slot = '7001'"),
        "ASSIGNED REGISTERING READY");
    EXPECT_EQ(co_await ask(db, "select state || state_n || registered || epoch from ottb.slot where number = '7001'"),
              "READY3true1");
    EXPECT_EQ(co_await ask(db, "select state from ottb.slot where number = '7101'"), "IDLE") << "another hub's slot";
    co_await server.stop();
  });
}

TEST_F(link_world, a_cut_link_resumes_after_what_is_committed) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    for (int n = 1; n <= 10; ++n) hub.status(n, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1);
    EXPECT_TRUE(co_await hub.acked(10));
    hub.line->close(1000, "cut");
    hub.said.last_sent = 30;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    EXPECT_EQ(hub.welcomed.resume_after, 10);
    for (int n = 11; n <= 30; ++n) hub.status(n, "7001", slot_state::ASSIGNED, slot_state::IDLE, 1);
    EXPECT_TRUE(co_await hub.acked(30));
    EXPECT_EQ(co_await ask(db, "select count(*) || ' ' || max(n) from ottb.slot_transition"), "30 30");
    co_await server.stop();
  });
}

TEST_F(link_world, an_older_epoch_is_history_without_effect_until_the_newer_lease_ends) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    co_await ask(db,
                 "update ottb.slot set epoch = 5, seen_epoch = 4, lease_until = now() + interval '2 seconds' "
                 "where number = '7001' returning 1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    hub.status(1, "7001", slot_state::IDLE, slot_state::FAULT, 4);
    EXPECT_TRUE(co_await hub.acked(1));
    EXPECT_EQ(co_await ask(db, "select stale from ottb.slot_transition where n = 1"), "t");
    EXPECT_EQ(co_await ask(db, "select state from ottb.slot where number = '7001'"), "IDLE");
    co_await becomes(db, "select state || coalesce(lease_until::text, '') from ottb.slot where number = '7001'",
                     "FAULT", milliseconds(12000));
    hub.status(2, "7001", slot_state::FAULT, slot_state::IDLE, 7);
    hub.status(3, "7001", slot_state::IDLE, slot_state::ASSIGNED, 6);
    EXPECT_TRUE(co_await hub.acked(3));
    EXPECT_EQ(co_await ask(db, "select state || epoch from ottb.slot where number = '7001'"), "IDLE7");
    EXPECT_EQ(co_await ask(db, "select stale from ottb.slot_transition where n = 3"), "t");
    co_await server.stop();
  });
}

TEST_F(link_world, a_lease_is_renewed_while_busy_and_ends_when_the_slot_is_idle_again) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    co_await ask(db, "update ottb.slot set epoch = 1, lease_attempt = '" + attempt_1 +
                         "', lease_until = now() + interval '3 seconds' where number = '7001' returning 1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    hub.status(1, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1, attempt_1);
    EXPECT_TRUE(co_await hub.acked(1));
    EXPECT_EQ(
        co_await ask(db, "select lease_until > now() + interval '25 seconds' from ottb.slot where number = '7001'"),
        "t");
    co_await ask(db,
                 "update ottb.slot set lease_until = now() + interval '6 seconds' where number = '7001' returning 1");
    for (int i = 0; i < 7; ++i) {
      hub.beat();
      co_await pause(milliseconds(1000));
    }
    EXPECT_EQ(
        co_await ask(db, "select lease_until > now() + interval '20 seconds' from ottb.slot where number = '7001'"),
        "t");
    hub.status(2, "7001", slot_state::ASSIGNED, slot_state::IDLE, 1);
    EXPECT_TRUE(co_await hub.acked(2));
    EXPECT_EQ(
        co_await ask(db, "select lease_until is null and lease_attempt is null from ottb.slot where number = '7001'"),
        "t");
    EXPECT_TRUE(server.lost.empty());
    co_await server.stop();
  });
}

TEST_F(link_world, an_expired_lease_is_resolved_once_and_kept_while_a_channel_lives) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    server.channel_lives = true;
    co_await ask(db, "update ottb.slot set epoch = 1, seen_epoch = 1, state = 'CALLING', lease_attempt = '" +
                         attempt_1 + "', lease_until = now() - interval '1 second' where number = '7001' returning 1");
    co_await becomes(db, "select lease_until > now() + interval '20 seconds' from ottb.slot where number = '7001'", "t",
                     milliseconds(9000));
    EXPECT_EQ(server.lost, (std::vector<std::string>{attempt_1}));
    server.channel_lives = false;
    co_await ask(db,
                 "update ottb.slot set lease_until = now() - interval '1 second' where number = '7001' returning 1");
    co_await becomes(db, "select lease_until is null and lease_attempt is null from ottb.slot where number = '7001'",
                     "t", milliseconds(9000));
    co_await becomes(db, "select verb || ' ' || slot from ottb.command", "recover 7001");
    co_await server.stop();
  });
}

TEST_F(link_world, a_snapshot_corrects_the_projection_and_the_fleet_is_ready_only_then) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    co_await ask(db, "update ottb.hub set unreachable = (label <> 'mf-01'), last_seen = now() returning 1");
    co_await ask(db,
                 "update ottb.slot set state = 'CALLING', epoch = 3, seen_epoch = 3, lease_attempt = '" + attempt_1 +
                     "', lease_until = now() + interval '60 seconds', drain = true where number = '7002' returning 1");
    server_side server(on, db, "s1");
    co_await pause(milliseconds(600));
    EXPECT_FALSE(server.links.fleet_ready());
    fake_archont hub;
    hub.said.slots = {{"7001", slot_state::ACTIVE_CALL, 1, true, {}, {}, {}, 0, false, false},
                      {"7002", slot_state::IDLE, 3, true, {}, {}, {}, 0, false, false},
                      {"7999", slot_state::IDLE, 0, true, {}, {}, {}, 0, false, false}};
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select string_agg(state, ' ' order by number) from ottb.slot where number < '7003'",
                     "ACTIVE_CALL IDLE");
    co_await becomes(db, "select not unreachable and reconciled_at is not null from ottb.hub where label = 'mf-01'",
                     "t");
    EXPECT_EQ(co_await ask(db, "select lease_until is null from ottb.slot where number = '7002'"), "t");
    EXPECT_EQ(server.lost, (std::vector<std::string>{attempt_1}));
    const auto command = co_await hub.next("command");
    EXPECT_TRUE(command && command->body.at("verb").as_string() == "drain");
    EXPECT_EQ(co_await ask(db, "select detail from ottb.hub_event where kind = 'foreign_slots'"), "7999");
    co_await pause(milliseconds(1500));
    EXPECT_TRUE(server.links.fleet_ready());
    co_await server.stop();
  });
}

TEST_F(link_world, a_hub_that_lost_its_journal_speaks_of_its_slots_again) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    co_await ask(db, "update ottb.hub set received_n = 50 where label = 'mf-01' returning 1");
    co_await ask(db,
                 "update ottb.slot set state = 'ACTIVE_CALL', registered = false, state_n = 40, epoch = 7, "
                 "seen_epoch = 7 where number = '7001' returning 1");
    server_side server(on, db, "s1");
    fake_archont hub;
    hub.said.slots = {{"7001", slot_state::IDLE, 0, true, {}, {}, {}, 0, false, false}};
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    EXPECT_EQ(hub.welcomed.resume_after, 50);
    co_await becomes(db, "select state || registered from ottb.slot where number = '7001'", "IDLEtrue");
    hub.status(51, "7001", slot_state::IDLE, slot_state::ASSIGNED, 0);
    EXPECT_TRUE(co_await hub.acked(51));
    EXPECT_EQ(co_await ask(db, "select state || epoch from ottb.slot where number = '7001'"), "ASSIGNED7");
    co_await server.stop();
  });
}

TEST_F(link_world, a_snapshot_waits_for_the_journal_before_it) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    hub.said.last_sent = 2;
    hub.said.slots = {{"7001", slot_state::READY, 1, true, {}, {}, {}, 0, false, false}};
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await pause(milliseconds(300));
    EXPECT_EQ(co_await ask(db, "select unreachable from ottb.hub where label = 'mf-01'"), "t");
    hub.status(1, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1);
    hub.status(2, "7001", slot_state::ASSIGNED, slot_state::READY, 1);
    hub.status(3, "7001", slot_state::READY, slot_state::CALLING, 1);
    EXPECT_TRUE(co_await hub.acked(3));
    co_await becomes(db, "select not unreachable from ottb.hub where label = 'mf-01'", "t");
    EXPECT_EQ(co_await ask(db, "select state from ottb.slot where number = '7001'"), "CALLING")
        << "newer than the snapshot";
    co_await server.stop();
  });
}

TEST_F(link_world, a_silent_hub_is_unreachable_as_soon_as_its_time_is_over) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1", milliseconds(3000));
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select not unreachable from ottb.hub where label = 'mf-01'", "t");
    const auto last_word = std::chrono::steady_clock::now();
    co_await becomes(db, "select unreachable from ottb.hub where label = 'mf-01'", "t", milliseconds(9000));
    EXPECT_LT(std::chrono::steady_clock::now() - last_word, milliseconds(5000)) << "the silence counts once";
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await becomes(db, "select not unreachable from ottb.hub where label = 'mf-01'", "t");
    co_await server.stop();
  });
}

TEST_F(link_world, commands_survive_a_cut_link_and_are_answered_once) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    command_order order{hub_a, "7001", "lock", {}, {}, "tester"};
    auto asked = co_await server.commands.ask(order, {}, milliseconds(100));
    EXPECT_TRUE(asked && !asked->done_at) << "the hub is away";
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    auto command = co_await hub.next("command");
    EXPECT_TRUE(command && command->n == 1);
    hub.line->close(1000, "before the ack");
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    command = co_await hub.next("command");
    EXPECT_TRUE(command && command->n == 1) << "not acknowledged, so sent again";
    hub.line->send(frame("ack", 0, dto::to_json(link::ack{1})));
    const link::command_done done{asked->id, true, "locked"};
    hub.line->send(frame("command_done", 1, dto::to_json(done)));
    EXPECT_TRUE(co_await hub.acked(1));
    const auto view = co_await server.commands.find(asked->id);
    EXPECT_TRUE(view && view->ok == true && view->message == "locked");
    co_await becomes(db, "select count(*) from ottb.hub_outbox", "0");
    EXPECT_EQ(co_await ask(db, "select received_n from ottb.hub where label = 'mf-01'"), "1");
    co_await server.stop();
  });
}

TEST_F(link_world, a_command_given_at_one_server_reaches_the_hub_at_another) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side first(on, db, "s1");
    server_side second(on, db, "s2");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(second.url("fa")));
    co_await pause(milliseconds(200));
    command_order order{hub_a, "7001", "drain", {}, {}, "tester"};
    spawn(first.life, "answer", [](fake_archont& from) -> task<void> {
      const auto command = co_await from.next("command");
      const link::command_done done{std::string(command->body.at("id").as_string()), true, "draining"};
      from.line->send(frame("command_done", 1, dto::to_json(done)));
    }(hub));
    const auto begun = std::chrono::steady_clock::now();
    const auto view = co_await first.commands.ask(order, {}, milliseconds(3000));
    EXPECT_TRUE(view && view->ok == true);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(1500));
    co_await first.stop();
    co_await second.stop();
  });
}

// A schema that does not fit the statement is the operator's to mend: words wait for it, none is dropped.
TEST_F(link_world, words_wait_while_they_cannot_be_stored) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    EXPECT_TRUE(co_await db.script("alter table ottb.slot_transition rename to elsewhere", milliseconds(5000)));
    for (int n = 1; n <= 5; ++n) hub.status(n, "7001", slot_state::IDLE, slot_state::ASSIGNED, 1);
    const auto waits = [&] { return waiting_seconds(server.meters) > 0.1; };
    const auto until = std::chrono::steady_clock::now() + seconds(5);
    while (!waits() && std::chrono::steady_clock::now() < until) co_await pause(milliseconds(10));
    EXPECT_TRUE(waits());
    EXPECT_TRUE(co_await db.script("alter table ottb.elsewhere rename to slot_transition", milliseconds(5000)));
    EXPECT_TRUE(co_await hub.acked(5));
    EXPECT_EQ(co_await ask(db, "select count(*) from ottb.slot_transition"), "5");
    EXPECT_EQ(waiting_seconds(server.meters), 0);
    co_await server.stop();
  });
}

TEST_F(link_world, frames_that_do_not_read_never_stop_the_link_for_good) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    hub.line->send(R"({"t":"status","n":1,"body":{"slot":"7001"}})");
    hub.line->send(R"({"t":"status","n":2,"body":3})");
    hub.line->send(R"({"t":"wonder","n":3,"body":{},"later":"member"})");
    hub.line->send(
        R"({"t":"status","n":4,"body":{"trail":"a\u0000b","slot":"7001","from":"IDLE","to":"READY","event":"x",)"
        R"("epoch":0,"at":"2026-01-01T00:00:00Z","mono_us":1,"registered":true,"attempt":"no uuid","new":1}})");
    hub.line->send(
        R"({"t":"event","n":5,"body":{"trail":"","kind":"k\u0000","severity":"odd","detail":"","at":"2026-01-01T00:00:00Z"}})");
    EXPECT_TRUE(co_await hub.acked(5));
    EXPECT_EQ(co_await ask(db, "select state || state_n from ottb.slot where number = '7001'"), "READY4");
    EXPECT_EQ(co_await ask(db, "select count(*) from ottb.hub_event where kind = 'link_unreadable'"), "3");
    hub.line->send("{not json");
    EXPECT_TRUE(co_await hub.ended());
    hub.said.last_sent = 5;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    EXPECT_EQ(hub.welcomed.resume_after, 5);
    co_await server.stop();
  });
}

}  // namespace
}  // namespace vss::ottb::test
