// Hubs, slots, devices and configurations through their routes, against a real PostgreSQL.
#include "link/config_hash.hpp"
#include "ottb/slot_credentials.hpp"
#include "ottb/test/hub_world.hpp"

namespace vss::ottb::test {
namespace {

using link::slot_state;
using vss::test::check;

const std::string auto_hub = "01900000-0000-7000-8000-0000000000c1";
const std::string reason = R"({"reason":"test"})";

class hub_world : public link_world {};

TEST_F(hub_world, an_enrolled_archont_is_a_hub_with_virtual_slots_once) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    const point::archont_enrolled enrolled{auto_hub, "auto-01", "AUTO"};
    for (int i = 0; i < 2; ++i) EXPECT_TRUE((co_await d.hubs.enrolled(enrolled)).has_value());
    EXPECT_EQ(
        co_await ask(db,
                     "select string_agg(number || virtual, ' ' order by number) from ottb.slot s join ottb.device d "
                     "on d.id = s.device_id where s.kind = 'AUTO'"),
        "6001true 6002true 6003true");
    EXPECT_EQ(co_await ask(db, "select short_id from ottb.hub where label = 'auto-01'"), "0000000000c1");
    EXPECT_EQ(co_await ask(db, "select count(*) from ottb.slot where kind = 'AUTO' and sip_ha1 is not null"), "3");
    EXPECT_EQ(co_await ask(db, "select count(*) from ottb.device_history where slot like '6%'"), "3");
    const auto more = co_await d.ask("POST", "/ottb/hubs/" + auto_hub + "/slots", R"({"virtual_slots":5})");
    EXPECT_EQ(dto::json::serialize(more.body), R"({"made":["6004","6005"]})");
    const auto seen = co_await d.ask("GET", "/ottb/hubs/" + auto_hub);
    EXPECT_EQ(seen.body.at("slots").at("total").as_int64(), 5);
    EXPECT_EQ(seen.body.at("linked").as_bool(), false);
    const auto made = co_await d.ask(
        "POST", "/ottb/hubs",
        R"({"id":"01900000-0000-7000-8000-0000000000c2","label":"ls-01","kind":"LS","virtual_slots":2})");
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(co_await ask(db, "select string_agg(number, ' ' order by number) from ottb.slot where kind = 'LS'"),
              "8001 8002");
    const auto all = co_await d.ask("GET", "/ottb/hubs?limit=2");
    EXPECT_EQ(all.body.at("items").as_array().size(), 2u);
    EXPECT_EQ(all.body.at("next").as_string(), "ls-01");
  });
}

TEST_F(hub_world, slots_are_found_by_what_is_asked) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    co_await ask(
        db,
        "update ottb.slot set state = 'FAULT', fault_code = 'AUTH', drain = true where number = '7002' returning 1");
    const auto numbers = [&d](std::string q) -> task<std::string> {
      const auto found = co_await d.ask("GET", "/ottb/slots?q=" + q);
      std::string out = found.status == 200 ? "" : std::to_string(found.status);
      if (found.status == 200) {
        for (const auto& item : found.body.at("items").as_array())
          out += std::string(item.at("number").as_string()) + " ";
      }
      co_return out;
    };
    EXPECT_EQ(co_await numbers(""), "7001 7002 7003 7101 ");
    EXPECT_EQ(co_await numbers("state:FAULT"), "7002 ");
    EXPECT_EQ(co_await numbers("hub:mf-01 number:7002-7999"), "7002 7003 ");
    EXPECT_EQ(co_await numbers("hub:" + hub_b), "7101 ");
    EXPECT_EQ(co_await numbers("kind:LS,AUTO"), "");
    EXPECT_EQ(co_await numbers("-is:drain number:7001,7002"), "7001 ");
    EXPECT_EQ(co_await numbers("fault:auth is:drain"), "7002 ");
    EXPECT_EQ(co_await numbers("is:virtual"), "");
    EXPECT_EQ(co_await numbers("710"), "7101 ");
    EXPECT_EQ(co_await numbers("state:NONE"), "422");
    const auto page = co_await d.ask("GET", "/ottb/slots?limit=3");
    EXPECT_EQ(page.body.at("next").as_string(), "7003");
    const auto rest = co_await d.ask("GET", "/ottb/slots?limit=3&after=7003");
    EXPECT_EQ(rest.body.at("items").as_array().size(), 1u);
    EXPECT_EQ(rest.body.as_object().if_contains("next"), nullptr);
  });
}

TEST_F(hub_world, a_slots_tag_changes_with_the_slot) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    const auto first = co_await d.ask("GET", "/ottb/slots/7001");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ((co_await d.ask("GET", "/ottb/slots/7001")).etag, first.etag);
    co_await ask(db, "update ottb.slot set lease_until = now() where number = '7001' returning 1");
    EXPECT_NE((co_await d.ask("GET", "/ottb/slots/7001")).etag, first.etag);
    EXPECT_EQ((co_await d.ask("GET", "/ottb/slots/7777")).status, 404);
    EXPECT_EQ((co_await d.ask("GET", "/ottb/slots/1001")).status, 422);
  });
}

TEST_F(hub_world, commands_answer_with_the_hub_or_wait_for_it) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    const auto waiting = co_await d.ask("POST", "/ottb/slots/7001/drain", reason);
    EXPECT_EQ(waiting.status, 202);
    EXPECT_EQ(co_await ask(db, "select drain and drain_since is not null from ottb.slot where number = '7001'"), "t");
    const auto id = std::string(waiting.body.at("id").as_string());
    co_await ask(db, "update ottb.command set done_at = now(), ok = true, message = 'IDLE' returning 1");
    const auto view = co_await d.ask("GET", "/ottb/commands/" + id);
    EXPECT_EQ(view.body.at("ok").as_bool(), true);
    co_await d.ask("POST", "/ottb/slots/7001/lock", reason);
    EXPECT_EQ(co_await ask(db, "select lock_reason from ottb.slot where number = '7001'"), "test");
    EXPECT_EQ((co_await d.ask("POST", "/ottb/slots/7001/hangup", "{}")).status, 422);
    EXPECT_EQ((co_await d.ask("POST", "/ottb/slots/7001/dial", R"({"to":"+12025550100"})")).status, 422);
    const auto story = co_await d.ask("GET", "/ottb/slots/7001/timeline?limit=1");
    EXPECT_EQ(story.body.at("items").at(0).at("text").as_string(), "lock");
    const auto older =
        co_await d.ask("GET", "/ottb/slots/7001/timeline?after=" + std::string(story.body.at("next").as_string()));
    EXPECT_EQ(older.body.at("items").at(0).at("text").as_string(), "drain");
    EXPECT_EQ(older.body.at("items").as_array().size(), 1u);
  });
}

TEST_F(hub_world, a_device_is_swapped_and_both_keep_their_histories) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    const auto phone = [&d](std::string serial, std::string hub) -> task<std::string> {
      const auto made = co_await d.ask("POST", "/ottb/devices",
                                       R"({"serial":")" + serial + R"(","kind":"MF","hub":")" + hub + R"("})");
      EXPECT_EQ(made.status, 201);
      co_return std::string(made.body.at("id").as_string());
    };
    const auto first = co_await phone("A1", hub_a);
    const auto second = co_await phone("B2", hub_b);
    EXPECT_EQ(
        (co_await d.ask("POST", "/ottb/devices", R"({"serial":"A1","kind":"MF","hub":")" + hub_a + R"("})")).status,
        409);
    const auto approved = co_await d.ask("POST", "/ottb/devices/" + first + "/approve");
    EXPECT_EQ(approved.body.at("slot").as_string(), "7004");
    EXPECT_EQ((co_await d.ask("POST", "/ottb/devices/" + first + "/approve")).status, 409);
    const std::string wish = R"({"device":")" + second + R"(","reason":"broken"})";
    auto slot = co_await d.ask("GET", "/ottb/slots/7004");
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/slots/7004/device", wish, slot.etag)).status, 409) << "not approved";
    co_await ask(db, "update ottb.device set state = 'approved' where serial = 'B2' returning 1");
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/slots/7004/device", wish, "1")).status, 412);
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/slots/7004/device", wish)).status, 428);
    co_await ask(db, "update ottb.slot set state = 'ACTIVE_CALL', state_n = 9 where number = '7004' returning 1");
    slot = co_await d.ask("GET", "/ottb/slots/7004");
    EXPECT_EQ((co_await d.ask("PUT", "/ottb/slots/7004/device", wish, slot.etag)).status, 409) << "busy";
    co_await ask(db, "update ottb.slot set state = 'IDLE' where number = '7004' returning 1");
    slot = co_await d.ask("GET", "/ottb/slots/7004");
    const auto swapped = co_await d.ask("PUT", "/ottb/slots/7004/device", wish, slot.etag);
    EXPECT_EQ(swapped.status, 200);
    EXPECT_EQ(swapped.body.at("device").at("serial").as_string(), "B2");
    EXPECT_EQ(swapped.body.at("hub").as_string(), "mf-02");
    EXPECT_EQ(co_await ask(db, "select state_n from ottb.slot where number = '7004'"), "0")
        << "another hub counts anew";
    const auto old = co_await d.ask("GET", "/ottb/devices/" + first);
    EXPECT_TRUE(old.body.at("history").at(0).at("until").is_string());
    EXPECT_EQ(old.body.as_object().if_contains("slot"), nullptr);
    slot = co_await d.ask("GET", "/ottb/slots/7004");
    EXPECT_EQ((co_await d.ask("DELETE", "/ottb/slots/7004", "", slot.etag)).status, 204);
    EXPECT_EQ(co_await ask(db, "select sip_ha1 is null and retired from ottb.slot where number = '7004'"), "t");
    const auto third = co_await phone("C3", hub_a);
    const auto next = co_await d.ask("POST", "/ottb/devices/" + third + "/approve");
    EXPECT_EQ(next.body.at("slot").as_string(), "7005") << "7004 has a history";
  });
}

TEST_F(hub_world, credentials_are_shown_to_an_engineer_and_renewed_for_all) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    EXPECT_EQ((co_await d.ask("GET", "/ottb/slots/7001/credentials")).status, 409) << "none yet";
    const auto made = co_await d.ask("POST", "/ottb/slots/7001/credentials");
    const auto password = secret(std::string(made.body.at("password").as_string()));
    EXPECT_EQ(co_await ask(db, "select sip_ha1 from ottb.slot where number = '7001'"),
              digest_ha1("7001", "vss.local", password));
    const auto seen = co_await d.ask("GET", "/ottb/slots/7001/credentials");
    EXPECT_EQ(seen.body.at("password").as_string(), password.reveal());
    EXPECT_EQ(seen.body.at("proxy").as_string(), "127.0.0.1:5060");
  });
}

TEST_F(hub_world, the_desired_configuration_reaches_the_hub_and_drift_shows) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    server_side server(on, db, "s1");
    link_hooks hooks;
    hooks.config = [&d](std::string hub) { return d.configs.push_body(std::move(hub)); };
    hooks.linked = [&d](std::string hub) -> task<void> { (void)co_await d.configs.check(std::move(hub)); };
    hooks.news = [&d, &server](const std::string& what, const std::string& id) {
      const auto check_it = [](desks& on_desk, std::string hub) -> task<void> {
        (void)co_await on_desk.configs.check(std::move(hub));
      };
      if (what == "config") spawn(server.life, "check", check_it(d, id));
    };
    server.links.hook(std::move(hooks));
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    auto message = co_await hub.next("config");
    EXPECT_TRUE(message.has_value());
    auto push = dto::read<link::config_push>(message->body);
    EXPECT_EQ(link::config_hash(push->document), push->hash);
    EXPECT_EQ(push->document.at("slots").as_array().size(), 3u);
    EXPECT_EQ(push->document.at("slots").at(0).at("sip_password").as_string().size(), 32u);
    EXPECT_EQ(d.roles, (std::vector<std::string>{"hub_aaaaaaaaaaaa"}));
    EXPECT_EQ(co_await ask(db, "select string_agg(body::text, '') from ottb.hub_outbox"),
              R"({"hash": ")" + push->hash + "\"}")
        << "no secret lies in the outbox";
    hub.line->send(frame("ack", 0, dto::to_json(link::ack{message->n})));
    hub.line->send(frame("config_state", 1, dto::to_json(link::config_state{push->hash, {}})));
    EXPECT_TRUE(co_await hub.acked(1));
    auto seen = co_await d.ask("GET", "/ottb/hubs/" + hub_a + "/config");
    EXPECT_EQ(seen.body.at("state").at("in_sync").as_bool(), true);
    EXPECT_EQ(seen.body.at("document").at("slots").at(0).at("sip_password").as_string(), "***");
    co_await d.ask("POST", "/ottb/slots/7001/credentials");
    message = co_await hub.next("config", milliseconds(2000));
    EXPECT_TRUE(message.has_value()) << "a change is pushed at once";
    push = dto::read<link::config_push>(message->body);
    hub.line->send(frame("config_state", 2, dto::to_json(link::config_state{push->hash, {"/slots/0"}})));
    EXPECT_TRUE(co_await hub.acked(2));
    seen = co_await d.ask("GET", "/ottb/hubs/" + hub_a);
    EXPECT_EQ(seen.body.at("config").at("in_sync").as_bool(), false);
    EXPECT_EQ(seen.body.at("config").at("drift").at(0).as_string(), "/slots/0");
    co_await server.stop();
  });
}

TEST_F(hub_world, a_locked_hub_is_out_until_an_engineer_lets_it_in) {
  check([this](executor on) -> task<void> {
    net::pg_pool db(on, pool());
    co_await schema(db);
    desks d(on, db);
    server_side server(on, db, "s1");
    fake_archont hub;
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    co_await pause(milliseconds(200));
    const auto locked = co_await d.ask("POST", "/ottb/hubs/" + hub_a + "/lock", reason);
    EXPECT_EQ(locked.body.at("lock_reason").as_string(), "test");
    EXPECT_TRUE(co_await hub.ended());
    EXPECT_FALSE(co_await hub.link_to(server.url("fa")));
    co_await d.ask("POST", "/ottb/slots/7001/credentials");
    EXPECT_EQ(co_await ask(db, "select count(*) from sip.credential"), "0") << "out of SIP too";
    co_await d.ask("POST", "/ottb/hubs/" + hub_a + "/unlock", reason);
    EXPECT_EQ(co_await ask(db, "select number from sip.credential"), "7001");
    EXPECT_TRUE(co_await hub.link_to(server.url("fa")));
    const auto events = co_await d.ask("GET", "/ottb/hubs/" + hub_a + "/events");
    EXPECT_EQ(events.body.at("items").at(0).at("kind").as_string(), "identity_locked");
    const auto drained = co_await d.ask("POST", "/ottb/hubs/" + hub_a + "/drain", reason);
    EXPECT_EQ(drained.body.at("drain").as_bool(), true);
    co_await server.stop();
  });
}

}  // namespace
}  // namespace vss::ottb::test
