#include <gtest/gtest.h>

#include <numeric>

#include "point/test/point_rig.hpp"

namespace vss::point {
namespace {

using namespace test;

const std::string password = "battery staple horse";

class sign_in_with : public testing::Test {
 protected:
  static void SetUpTestSuite() { at_ = std::make_unique<site>("vss_point_sign_in"); }
  static void TearDownTestSuite() { at_.reset(); }
  static inline std::unique_ptr<site> at_;
};

TEST_F(sign_in_with, a_login_gives_a_token_that_counts_until_logout_in_every_process) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& first = *servers[0];
    auto& second = *servers[1];
    const auto id = co_await person_with(first, "anna", {"engineer"}, password);
    const auto tokens = co_await signed_in(first, "anna", password);
    for (auto* one : {&first, &second}) {
      const auto who = co_await shown(*one, tokens.access_token);
      EXPECT_TRUE(who);
      if (!who) co_return;
      EXPECT_EQ(who->id, id);
      EXPECT_TRUE(who->may("ottb.slot.read"));
      EXPECT_FALSE(who->may("point.person.create"));
    }
    auto by = from("10.9.9.9", id);
    by.who.session = (co_await shown(first, tokens.access_token))->session;
    std::string ended;
    second.point.on_access_revoked([&ended](access_revoked what) { ended = what.session; });
    EXPECT_TRUE(co_await first.point.sign_in().logout(by));
    for (auto* one : {&first, &second}) {  // whichever hears of it later
      const auto out = [&]() -> task<bool> { co_return !(co_await shown(*one, tokens.access_token)).has_value(); };
      EXPECT_TRUE(co_await eventually(out, seconds(1)));
    }
    EXPECT_EQ(ended, by.who.session);
  });
}

TEST_F(sign_in_with, changed_roles_and_disabling_count_within_a_second) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& first = *servers[0];
    auto& second = *servers[1];
    const auto id = co_await person_with(first, "boris", {"engineer"}, password);
    const auto tokens = co_await signed_in(first, "boris", password);
    EXPECT_TRUE((co_await shown(second, tokens.access_token))->may("ottb.slot.read"));
    auto row = co_await first.point.people().one(id);
    person_change to_viewer{std::nullopt, std::nullopt, std::vector<std::string>{"viewer"}};
    auto changed = co_await first.point.people().change(root_asker(), id, to_viewer, row->version);
    EXPECT_TRUE(changed);
    const auto demoted = [&]() -> task<bool> {
      auto who = co_await shown(second, tokens.access_token);
      co_return who && !who->may("ottb.slot.read");
    };
    EXPECT_TRUE(co_await eventually(demoted, seconds(1)));
    person_change off{std::nullopt, person_state::disabled, std::nullopt};
    auto stale = co_await first.point.people().change(root_asker(), id, off, row->version);
    EXPECT_EQ(stale.error().kind, errc::precondition);
    EXPECT_TRUE(co_await first.point.people().change(root_asker(), id, off, changed->version));
    const auto out = [&]() -> task<bool> { co_return !(co_await shown(second, tokens.access_token)).has_value(); };
    EXPECT_TRUE(co_await eventually(out, seconds(1)));
    const refresh_input spend{secret(tokens.refresh_token)};
    EXPECT_EQ((co_await second.point.sign_in().refresh(from("10.9.9.9"), spend)).error().kind, errc::unauthorized);
    login_input again{"boris", secret(password)};
    EXPECT_EQ((co_await first.point.sign_in().login(from("10.9.9.9"), again)).error().kind, errc::unauthorized);
  });
}

// CVE-2026-1035's shape: many at once spend one refresh token.
TEST_F(sign_in_with, sixty_four_refreshes_at_once_let_one_through_and_end_the_family) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    co_await person_with(*servers[0], "vera", {"viewer"}, password);
    const auto tokens = co_await signed_in(*servers[0], "vera", password);
    struct tally {
      int right = 0, refused = 0, other = 0;
      std::string next;
    } seen;
    const auto one = [&seen, &tokens](server* at) -> task<void> {
      const refresh_input input{secret(tokens.refresh_token)};
      auto got = co_await at->point.sign_in().refresh(from("10.9.9.9"), input);
      if (got) {
        ++seen.right;
        seen.next = got->refresh_token;
      } else if (got.error().kind == errc::unauthorized) {
        ++seen.refused;
      } else {
        ++seen.other;
        ADD_FAILURE() << got.error().message;
      }
    };
    scope many(servers[0]->work.on(), "many");
    for (int i = 0; i < 64; ++i) many.spawn("refresh", one(servers[static_cast<std::size_t>(i % 2)].get()));
    while (many.running() > 0) co_await pause(milliseconds(10));
    EXPECT_EQ(seen.right, 1);
    EXPECT_EQ(seen.refused, 63);
    const refresh_input child{secret(seen.next)};
    EXPECT_EQ((co_await servers[0]->point.sign_in().refresh(from("10.9.9.9"), child)).error().kind, errc::unauthorized);
    for (auto& each : servers) {
      const auto out = [&]() -> task<bool> { co_return !(co_await shown(*each, tokens.access_token)).has_value(); };
      EXPECT_TRUE(co_await eventually(out, seconds(1)));
    }
  });
}

// Order is the generation number's, never the clock's: all of this happens within one second.
TEST_F(sign_in_with, rotations_within_one_second_keep_their_order) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    co_await person_with(at, "gleb", {"viewer"}, password);
    auto tokens = co_await signed_in(at, "gleb", password);
    std::vector<std::string> spent;
    for (int i = 0; i < 4; ++i) {
      spent.push_back(tokens.refresh_token);
      const refresh_input input{secret(tokens.refresh_token)};
      auto next = co_await at.point.sign_in().refresh(from("10.9.9.9"), input);
      EXPECT_TRUE(next);
      if (!next) co_return;
      tokens = *next;
      EXPECT_TRUE(co_await shown(at, tokens.access_token));
    }
    const refresh_input stale{secret(spent[1])};
    EXPECT_FALSE(co_await at.point.sign_in().refresh(from("10.9.9.9"), stale));
    const refresh_input newest{secret(tokens.refresh_token)};
    EXPECT_FALSE(co_await at.point.sign_in().refresh(from("10.9.9.9"), newest));
  });
}

// CVE-2026-9802's shape: a restart must not make spent tokens whole.
TEST_F(sign_in_with, a_restart_forgets_nothing) {
  std::string spent, access;
  with_servers(*at_, 1, [&](auto& servers) -> task<void> {
    co_await person_with(*servers[0], "dina", {"viewer"}, password);
    const auto tokens = co_await signed_in(*servers[0], "dina", password);
    spent = tokens.refresh_token;
    const refresh_input input{secret(spent)};
    auto next = co_await servers[0]->point.sign_in().refresh(from("10.9.9.9"), input);
    EXPECT_TRUE(next);
    access = next->access_token;
  });
  with_servers(*at_, 1, [&](auto& servers) -> task<void> {
    EXPECT_TRUE(co_await shown(*servers[0], access));
    const refresh_input input{secret(spent)};
    EXPECT_FALSE(co_await servers[0]->point.sign_in().refresh(from("10.9.9.9"), input));
  });
  with_servers(*at_, 1, [&](auto& servers) -> task<void> { EXPECT_FALSE(co_await shown(*servers[0], access)); });
}

TEST_F(sign_in_with, refresh_and_revocation_at_once_leave_no_token_alive) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto id = co_await person_with(at, "egor", {"viewer"}, password);
    for (int round = 0; round < 10; ++round) {
      const auto tokens = co_await signed_in(at, "egor", password);
      std::string survivor;
      const auto refresh = [&]() -> task<void> {
        const refresh_input input{secret(tokens.refresh_token)};
        auto next = co_await at.point.sign_in().refresh(from("10.9.9.9"), input);
        if (next) survivor = next->refresh_token;
      };
      const auto revoke = [&]() -> task<void> {
        const bool done = (co_await at.point.people().end_sessions(root_asker(), id)).has_value();
        EXPECT_TRUE(done);
      };
      scope both(at.work.on(), "both");
      both.spawn("refresh", refresh());
      both.spawn("revoke", revoke());
      while (both.running() > 0) co_await pause(milliseconds(1));
      if (survivor.empty()) continue;
      const refresh_input input{secret(survivor)};
      EXPECT_FALSE(co_await at.point.sign_in().refresh(from("10.9.9.9"), input)) << round;
    }
  });
}

// CVE-2026-16103's shape: the counter stands on every path that looks at the password.
TEST_F(sign_in_with, guessing_is_slowed_down_per_account_and_on_both_paths) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto id = co_await person_with(at, "zoya", {"viewer"}, password);
    const login_input wrong{"zoya", secret("not the password")};
    int unauthorized = 0, slowed = 0;
    for (int i = 0; i < 8; ++i) {
      auto got = co_await at.point.sign_in().login(from("10.7.7.7"), wrong);
      if (got.error().kind == errc::unauthorized) ++unauthorized;
      if (got.error().kind == errc::too_many) ++slowed;
    }
    EXPECT_EQ(unauthorized, 6);
    EXPECT_EQ(slowed, 2);
    const login_input right{"zoya", secret(password)};
    EXPECT_EQ((co_await at.point.sign_in().login(from("10.7.7.8"), right)).error().kind, errc::too_many);
    const password_change change{secret("not the password"), secret("another battery horse")};
    EXPECT_EQ((co_await at.point.sign_in().change_password(from("10.7.7.7", id), change, {})).error().kind,
              errc::too_many);
    EXPECT_TRUE(co_await at.point.sign_in().login(from("10.8.8.8"), right));  // her own network is not shut out
    co_await pause(milliseconds(1200));
    EXPECT_TRUE(co_await at.point.sign_in().login(from("10.7.7.7"), right));
    EXPECT_EQ((co_await at.point.sign_in().login(from("10.7.7.7"), wrong)).error().kind, errc::unauthorized);
  });
}

TEST_F(sign_in_with, many_guesses_at_once_do_not_slip_through) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    co_await person_with(at, "ilya", {"viewer"}, password);
    int looked = 0;
    const auto guess = [&]() -> task<void> {
      const login_input wrong{"ilya", secret("not the password")};
      auto got = co_await at.point.sign_in().login(from("10.6.6.6"), wrong);
      if (got.error().kind == errc::unauthorized) ++looked;
    };
    scope many(at.work.on(), "many");
    for (int i = 0; i < 40; ++i) many.spawn("guess", guess());
    while (many.running() > 0) co_await pause(milliseconds(10));
    EXPECT_LE(looked, 6);
  });
}

TEST_F(sign_in_with, an_address_that_tries_many_accounts_is_slowed_down) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    int slowed = 0;
    for (int i = 0; i < 33; ++i) {
      const login_input nobody{"nobody" + std::to_string(i), secret("not the password")};
      auto got = co_await servers[0]->point.sign_in().login(from("10.5.5.5"), nobody);
      if (got.error().kind == errc::too_many) ++slowed;
    }
    EXPECT_GE(slowed, 1);
  });
}

TEST_F(sign_in_with, a_known_and_an_unknown_login_look_the_same) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    co_await person_with(at, "kira", {"viewer"}, password);
    std::vector<double> known, unknown;
    for (int i = 0; i < 30; ++i) {
      // addresses of their own, so that nothing is slowed down
      const auto address = "10.4." + std::to_string(i) + ".1";
      for (const bool real : {true, false}) {
        const login_input input{real ? "kira" : "karl", secret("not the password")};
        const auto started = std::chrono::steady_clock::now();
        auto got = co_await at.point.sign_in().login(from(address), input);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
        EXPECT_EQ(got.error().kind, errc::unauthorized);
        EXPECT_EQ(got.error().message, "login or password is wrong");
        (real ? known : unknown).push_back(took.count());
      }
    }
    const auto median = [](std::vector<double> all) {
      std::ranges::sort(all);
      return all[all.size() / 2];
    };
    EXPECT_GT(median(unknown), 5.0);
    EXPECT_LT(std::abs(median(known) - median(unknown)), std::max(5.0, median(known) * 0.2));
  });
}

TEST_F(sign_in_with, a_one_time_password_opens_only_the_door_to_a_new_one) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    person_input input{"lena", "Lena", {"admin"}};
    auto made = co_await at.point.people().create(root_asker(), input);
    EXPECT_TRUE(made);
    const auto tokens = co_await signed_in(at, "lena", made->first_password.password);
    EXPECT_TRUE(tokens.must_change);
    auto who = co_await shown(at, tokens.access_token);
    EXPECT_TRUE(who->may("point.self.update"));
    EXPECT_FALSE(who->may("point.person.read"));
    auto by = from("10.9.9.9", who->id);
    by.who.session = who->session;
    for (const char* bad : {"short", "lenalenalena", "acme20262026", "password1234"}) {
      const password_change weak{secret(made->first_password.password), secret(bad)};
      const auto context = at.point.password_context();
      EXPECT_EQ((co_await at.point.sign_in().change_password(by, weak, context)).error().kind, errc::invalid) << bad;
    }
    const password_change good{secret(made->first_password.password), secret(password)};
    EXPECT_TRUE(co_await at.point.sign_in().change_password(by, good, {}));
    const auto open = [&]() -> task<bool> {
      auto now = co_await shown(at, tokens.access_token);
      co_return now && now->may("point.person.read");
    };
    EXPECT_TRUE(co_await eventually(open, seconds(1)));
    const login_input old{"lena", secret(made->first_password.password)};
    EXPECT_FALSE(co_await at.point.sign_in().login(from("10.9.9.9"), old));
  });
}

}  // namespace
}  // namespace vss::point
