#include <gtest/gtest.h>

#include "point/crypto.hpp"
#include "point/test/point_rig.hpp"

namespace vss::point {
namespace {

using namespace test;

const std::string password = "battery staple horse";

class services : public testing::Test {
 protected:
  static void SetUpTestSuite() { at_ = std::make_unique<site>("vss_point_service"); }
  static void TearDownTestSuite() { at_.reset(); }
  static inline std::unique_ptr<site> at_;
};

TEST_F(services, the_first_administrator_is_the_first_and_only_one_made_this_way) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    auto made = co_await create_first_administrator(at.point, "root", "The first");
    EXPECT_TRUE(made);
    if (!made) co_return;
    EXPECT_EQ(made->person.roles, std::vector<std::string>{"root"});
    const auto tokens = co_await signed_in(at, "root", made->first_password.password);
    EXPECT_TRUE(tokens.must_change);
    EXPECT_EQ((co_await create_first_administrator(at.point, "second", "x")).error().kind, errc::conflict);
    // the last root stays
    const person_change off{std::nullopt, person_state::disabled, std::nullopt};
    EXPECT_EQ(
        (co_await at.point.people().change(root_asker(), made->person.id, off, made->person.version)).error().kind,
        errc::refused);
    const person_change down{std::nullopt, std::nullopt, std::vector<std::string>{"viewer"}};
    EXPECT_EQ(
        (co_await at.point.people().change(root_asker(), made->person.id, down, made->person.version)).error().kind,
        errc::refused);
  });
}

TEST_F(services, nobody_grants_more_than_he_holds) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    asker admin = from("10.2.2.2", "0192b3c4-0000-7000-8000-00000000ad00");
    admin.who.roles = {"admin"};
    admin.who.permissions = at.point.rights().permissions_of(admin.who.roles);
    person_input as_root{"masha", "M", {"root"}};
    EXPECT_EQ((co_await at.point.people().create(admin, as_root)).error().kind, errc::forbidden);
    person_input as_security{"masha", "M", {"security"}};
    EXPECT_EQ((co_await at.point.people().create(admin, as_security)).error().kind, errc::forbidden);
    person_input as_machine{"masha", "M", {"archont"}};
    EXPECT_EQ((co_await at.point.people().create(admin, as_machine)).error().kind, errc::invalid);
    person_input as_viewer{"masha", "M", {"viewer"}};
    auto made = co_await at.point.people().create(admin, as_viewer);
    EXPECT_TRUE(made);
    EXPECT_EQ((co_await at.point.people().create(admin, as_viewer)).error().kind, errc::conflict);
    const auto root = co_await person_with(at, "rooty", {"root"}, password);
    EXPECT_EQ((co_await at.point.people().reset_password(admin, root)).error().kind, errc::forbidden);
    const person_change off{std::nullopt, person_state::disabled, std::nullopt};
    EXPECT_EQ((co_await at.point.people().change(admin, root, off, 1)).error().kind, errc::forbidden);
    const person_change up{std::nullopt, std::nullopt, std::vector<std::string>{"root"}};
    EXPECT_EQ((co_await at.point.people().change(admin, made->person.id, up, made->person.version)).error().kind,
              errc::forbidden);
  });
}

TEST_F(services, a_service_token_counts_everywhere_until_it_is_ended) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto token = co_await token_for_role(servers[0]->point, "exporter", seconds(3600));
    EXPECT_TRUE(token);
    EXPECT_FALSE(co_await token_for_role(servers[0]->point, "wizard", seconds(3600)));
    EXPECT_FALSE(co_await token_for_role(servers[0]->point, "viewer", seconds(32 * 86'400)));
    std::string session;
    for (auto& one : servers) {
      auto who = co_await shown(*one, token->reveal());
      EXPECT_TRUE(who);
      EXPECT_EQ(who->roles, std::vector<std::string>{"exporter"});
      session = who->session;
    }
    // a change of keys does not cut it short, an emergency does
    EXPECT_TRUE(co_await servers[0]->point.rotate_keys(root_asker(), false));
    const auto by_new_key = co_await token_for_role(servers[0]->point, "viewer", seconds(60));
    EXPECT_TRUE(co_await counts(*servers[1], by_new_key->reveal()));
    for (auto& one : servers) EXPECT_TRUE(co_await shown(*one, token->reveal()));
    auto other = co_await token_for_role(servers[1]->point, "viewer", seconds(60));
    EXPECT_TRUE(co_await shown(*servers[0], other->reveal()));
    EXPECT_TRUE(co_await servers[0]->point.rotate_keys(root_asker(), true));
    for (auto& one : servers) EXPECT_TRUE(co_await counts_no_more(*one, other->reveal()));
    EXPECT_TRUE(co_await servers[0]->point.sign_in().end_session(root_asker(), session, std::nullopt));
    for (auto& one : servers) EXPECT_TRUE(co_await counts_no_more(*one, token->reveal()));
  });
}

TEST_F(services, the_vault_keeps_texts_apart_and_forgets_for_ever) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& vault = servers[0]->point.vault();
    const auto anna = vault.blind_index(e164("+74950000001"));
    const auto boris = vault.blind_index(e164("+74950000002"));
    std::vector<vault::item> items{
        {anna, "lead:1", "+74950000001"}, {boris, "lead:2", "+74950000002"}, {anna, "lead:3", "+74950000001"}};
    auto sealed = co_await vault.seal(items);
    EXPECT_TRUE(sealed);
    if (!sealed) co_return;
    auto& other = servers[1]->point.vault();
    EXPECT_EQ((co_await other.open(anna, "lead:1", sealed->at(0))).value(), "+74950000001");
    EXPECT_EQ((co_await other.open(anna, "lead:3", sealed->at(2))).value(), "+74950000001");
    EXPECT_FALSE(co_await vault.open(anna, "lead:3", sealed->at(0)));   // another row
    EXPECT_FALSE(co_await vault.open(boris, "lead:1", sealed->at(0)));  // another person
    EXPECT_TRUE(co_await other.erase_subject(anna));
    EXPECT_EQ((co_await vault.open(anna, "lead:1", sealed->at(0))).error().kind, errc::not_found);
    EXPECT_EQ((co_await vault.erase_subject(anna)).error().kind, errc::not_found);
    std::vector<vault::item> again{{anna, "lead:9", "+74950000001"}};
    EXPECT_TRUE(co_await vault.seal(again));
    EXPECT_EQ((co_await vault.open(anna, "lead:1", sealed->at(0))).error().kind, errc::not_found);
    EXPECT_TRUE(co_await vault.open(boris, "lead:2", sealed->at(1)));
  });
}

TEST_F(services, roles_change_and_explain_themselves) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto id = co_await person_with(at, "petr", {"viewer"}, password);
    auto row = co_await at.point.people().row(id);
    auto no = explain(*row, "ottb.slot.read", at.point.rights());
    EXPECT_FALSE(no.allowed);
    EXPECT_EQ(no.roles, (std::vector<std::string>{"engineer", "root"}));
    const role_change more{{"ottb.slot.read", "point.self.read"}};
    const auto version = at.point.rights().roles().at("viewer").version;
    asker nobody = from("10.2.2.2", "0192b3c4-0000-7000-8000-00000000ad01");
    EXPECT_EQ((co_await at.point.people().change_role(nobody, "viewer", more, version)).error().kind, errc::forbidden);
    asker root = root_asker();
    root.who.permissions = at.point.known_permissions();
    EXPECT_TRUE(co_await at.point.people().change_role(root, "viewer", more, version));
    EXPECT_EQ((co_await at.point.people().change_role(root, "viewer", more, version)).error().kind, errc::precondition);
    EXPECT_EQ((co_await at.point.people().change_role(root, "root", more, 1)).error().kind, errc::refused);
    const auto known = [&]() -> task<bool> { co_return explain(*row, "ottb.slot.read", at.point.rights()).allowed; };
    EXPECT_TRUE(co_await eventually(known));
    auto yes = explain(*row, "ottb.slot.read", at.point.rights());
    EXPECT_TRUE(yes.allowed);
    EXPECT_EQ(yes.roles, std::vector<std::string>{"viewer"});
    EXPECT_FALSE(explain(*row, "no.such.thing", at.point.rights()).allowed);
  });
  // what people changed outlives the next start
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    const auto& viewer = servers[0]->point.rights().roles().at("viewer");
    EXPECT_EQ(viewer.permissions, (std::vector<std::string>{"ottb.slot.read", "point.self.read"}));
    co_return;
  });
}

// The feed: nothing heard for 30 s and nobody is let in.
TEST_F(services, access_fails_closed_when_the_feed_is_stale) {
  vss::test::check([](executor on) -> task<void> {
    fake_clock time(system_clock().now());
    scope work(on, "t");
    net::pg_pool db(on, {.conninfo = at_->where, .application = "test"});
    change_feed feed(work, db, time);
    int reads = 0;
    bool broken = false;
    const auto read_thing = [&](std::string) -> task<result<void>> {
      ++reads;
      if (broken) co_return fail(errc::unavailable, "away");
      co_return result<void>{};
    };
    feed.on("thing", read_thing);
    const auto is_fresh = [&]() -> task<bool> { co_return feed.fresh(); };
    EXPECT_FALSE(feed.fresh());
    EXPECT_TRUE(co_await feed.read_all());
    EXPECT_TRUE(feed.fresh());
    time.advance(seconds(31));
    EXPECT_FALSE(feed.fresh());
    feed.start();
    EXPECT_TRUE(co_await eventually(is_fresh));  // not because it listens, but because everything was read again
    EXPECT_EQ(reads, 2);
    broken = true;
    int until = reads + 1;
    const auto tried = [&]() -> task<bool> { co_return reads >= until; };
    vss::test::psql(at_->where, {"select pg_notify('point_changed', 'thing:1')"});
    EXPECT_TRUE(co_await eventually(tried));
    time.advance(seconds(31));
    vss::test::psql(at_->where, {"select pg_notify('point_changed', 'beat:')"});
    until = reads + 3;  // tried again each quarter of a second: the beat was heard long ago
    EXPECT_TRUE(co_await eventually(tried));
    EXPECT_FALSE(feed.fresh());  // it lives, but a change could not be read
    broken = false;
    EXPECT_TRUE(co_await eventually(is_fresh));
    co_await work.stop(seconds(2));
    co_await db.close();
  });
}

}  // namespace
}  // namespace vss::point
