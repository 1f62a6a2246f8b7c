#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "point/browser_book.hpp"
#include "point/crypto.hpp"
#include "point/test/browser_rig.hpp"
#include "point/token.hpp"

namespace vss::point {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

const std::string password = "battery staple horse";

class browsers_with : public testing::Test {
 protected:
  static void SetUpTestSuite() { at_ = std::make_unique<site>("vss_point_browser"); }
  static void TearDownTestSuite() { at_.reset(); }
  static inline std::unique_ptr<site> at_;
};

constexpr net::statement stored{"test.browser.stored", "select hash, session from point.browser_token"};
constexpr net::statement why_ended{"test.session.why",
                                   "select coalesce(revoked_why, '') from point.session where id = $1"};

task<std::string> why(server& at, std::string session) {
  net::params with{session};
  auto found = co_await at.db.run(why_ended, std::move(with));
  co_return found && !found->empty() ? (*found)[0].string(0) : "nothing found";
}

TEST_F(browsers_with, a_cookie_counts_in_every_process_until_logout) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    front first(*servers[0]), second(*servers[1]);
    const auto id = co_await person_with(*servers[0], "anna", {"engineer"}, password);
    browser anna;
    const auto answer = co_await sign_in_with_cookie(first, anna, "Anna", password);
    EXPECT_EQ(answer.status, 200);
    const std::string given(answer.headers.get("set-cookie"));
    EXPECT_EQ(given, "__Host-vss=" + anna.cookie + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    EXPECT_EQ(anna.cookie.size(), 5u + 43u);
    const auto account = json_of(answer);
    EXPECT_EQ(text_of(account, "id"), id);
    EXPECT_EQ(text_of(account, "login"), "anna");
    EXPECT_EQ(account.at("must_change"), false);
    EXPECT_EQ(account.at("second_factor"), false);
    EXPECT_THAT(answer.body, HasSubstr("ottb.slot.read"));
    EXPECT_THAT(answer.body, Not(HasSubstr(anna.cookie)));
    for (auto* one : {&first, &second}) {
      const auto me = co_await asked(*one, anna, "GET", "/point/me");
      EXPECT_EQ(me.status, 200);
      EXPECT_EQ(json_of(me), account);
    }
    auto rows = co_await servers[0]->db.run(stored, {});
    EXPECT_EQ(rows->size(), 1);
    EXPECT_EQ(net::from_bytea((*rows)[0].text(0)), sha256(anna.cookie));
    const auto sessions = json_of(co_await asked(second, anna, "GET", "/point/me/sessions"));
    EXPECT_EQ(sessions.at("items").as_array().size(), 1u);

    std::string ended;
    servers[1]->point.on_access_revoked([&ended](access_revoked what) { ended = what.session; });
    const auto out = co_await asked(first, anna, "POST", "/point/browser/logout");
    EXPECT_EQ(out.status, 204);
    EXPECT_EQ(out.headers.get("set-cookie"), "__Host-vss=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    for (auto* one : {&first, &second}) EXPECT_TRUE(co_await answers_soon(*one, anna, 401));
    EXPECT_EQ(ended, text_of(account, "session"));
    EXPECT_EQ(co_await why(*servers[0], ended), "signed out");
    // once more, and without any cookie: signed out is signed out
    EXPECT_EQ((co_await asked(first, anna, "POST", "/point/browser/logout")).status, 204);
    EXPECT_EQ((co_await asked(first, browser{}, "POST", "/point/browser/logout")).status, 204);
  });
}

TEST_F(browsers_with, whatever_ends_sessions_ends_a_browsers_within_a_second) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front first(at), second(*servers[1]);
    const auto id = co_await person_with(at, "boris", {"viewer"}, password);
    browser one, other;
    const auto both = [&]() -> task<void> {
      const auto a = co_await sign_in_with_cookie(first, one, "boris", password);
      const auto b = co_await sign_in_with_cookie(second, other, "boris", password);
      EXPECT_EQ(a.status, 200);
      EXPECT_EQ(b.status, 200);
      EXPECT_TRUE(co_await answers_soon(second, one, 200));
      EXPECT_TRUE(co_await answers_soon(first, other, 200));
    };
    // somebody else ends one session
    co_await both();
    const std::string session = text_of(json_of(co_await asked(first, one, "GET", "/point/me")), "session");
    EXPECT_TRUE(co_await servers[1]->point.sign_in().end_session(root_asker(), session, std::nullopt));
    EXPECT_TRUE(co_await answers_soon(first, one, 401));
    EXPECT_TRUE(co_await answers_soon(first, other, 200));
    // he leaves everywhere, with a cookie
    one.cookie.clear(), other.cookie.clear();
    co_await both();
    EXPECT_EQ((co_await asked(first, one, "POST", "/point/logout-everywhere")).status, 204);
    for (const auto& who : {one, other}) EXPECT_TRUE(co_await answers_soon(second, who, 401));
    // a new password leaves the session that gave it
    one.cookie.clear(), other.cookie.clear();
    co_await both();
    const boost::json::object next{{"current", password}, {"next", "another battery horse"}};
    EXPECT_EQ((co_await asked(first, one, "POST", "/point/me/password", next)).status, 204);
    EXPECT_TRUE(co_await answers_soon(first, other, 401));
    EXPECT_TRUE(co_await answers_soon(second, one, 200));
    // disabled
    auto row = co_await at.point.people().one(id);
    const person_change off{std::nullopt, person_state::disabled, std::nullopt};
    EXPECT_TRUE(co_await at.point.people().change(root_asker(), id, off, row->version));
    for (auto* each : {&first, &second}) EXPECT_TRUE(co_await answers_soon(*each, one, 401));
  });
}

TEST_F(browsers_with, a_change_needs_the_servers_own_origin) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    co_await person_with(at, "vera", {"viewer"}, password);
    browser vera;
    co_await sign_in_with_cookie(door, vera, "vera", password);
    for (const auto* origin : {"", "null", "https://127.0.0.1:24000", "http://127.0.0.1:24001", "http://evil.test"}) {
      browser elsewhere = vera;
      elsewhere.origin = origin;
      for (const auto* path : {"/point/logout-everywhere", "/point/logout", "/point/browser/logout"}) {
        const auto refused = co_await asked(door, elsewhere, "POST", path);
        EXPECT_EQ(refused.status, 403) << origin << path;
        EXPECT_EQ(type_of(refused), "/problems/other-origin") << origin << path;
        EXPECT_EQ(refused.headers.get("set-cookie"), "");
      }
      const auto removed =
          co_await asked(door, elsewhere, "DELETE", "/point/me/sessions/" + make_uuid(at.time, at.random));
      EXPECT_EQ(type_of(removed), "/problems/other-origin") << origin;
      EXPECT_EQ((co_await asked(door, elsewhere, "GET", "/point/me")).status, 200) << origin;
    }
    // a page of another site signs nobody in and takes no cookie away; a script without an origin may sign in
    browser mallory;
    mallory.origin = "http://evil.test";
    EXPECT_EQ(type_of(co_await sign_in_with_cookie(door, mallory, "vera", password)), "/problems/other-origin");
    EXPECT_EQ(mallory.cookie, "");
    EXPECT_EQ(type_of(co_await asked(door, mallory, "POST", "/point/browser/logout")), "/problems/other-origin");
    browser script;
    script.origin = "";
    EXPECT_EQ((co_await sign_in_with_cookie(door, script, "vera", password)).status, 200);
    EXPECT_EQ((co_await asked(door, vera, "POST", "/point/logout")).status, 204);
    EXPECT_TRUE(co_await answers_soon(door, vera, 401));
  });
}

TEST_F(browsers_with, a_cookie_is_looked_at_only_without_an_authorization_header) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    co_await person_with(at, "gleb", {"viewer"}, password);
    const auto dora = co_await person_with(at, "dora", {"viewer"}, password);
    browser gleb;
    co_await sign_in_with_cookie(door, gleb, "gleb", password);
    const auto tokens = co_await signed_in(at, "dora", password);
    auto both = gleb.asks("GET", "/point/me");
    both.headers.set("Authorization", "Bearer " + tokens.access_token);
    EXPECT_EQ((co_await at.point.authenticate(both))->id, dora);
    both.headers.set("Authorization", "Bearer wrong");
    EXPECT_EQ((co_await at.point.authenticate(both)).error().kind, errc::unauthorized);
    // a token needs no origin
    both.method = "POST";
    both.headers.set("Origin", "http://evil.test");
    both.headers.set("Authorization", "Bearer " + tokens.access_token);
    EXPECT_TRUE(co_await at.point.authenticate(both));
    // no text is a session: neither another kind of token, nor one that was never given
    for (const auto& text : {tokens.access_token, tokens.refresh_token, std::string("vssb_"), gleb.cookie + "A",
                             make_token(token_kind::browser, at.random).reveal()}) {
      browser odd;
      odd.cookie = text;
      EXPECT_EQ((co_await asked(door, odd, "GET", "/point/me")).status, 401);
    }
    // and a cookie is no token
    auto as_token = browser{}.asks("GET", "/point/me");
    as_token.headers.set("Authorization", "Bearer " + gleb.cookie);
    EXPECT_EQ((co_await at.point.authenticate(as_token)).error().kind, errc::unauthorized);
  });
}

// A cookie that was made up costs a look into the database; many at once must not cost the pool.
TEST_F(browsers_with, unknown_cookies_are_looked_up_only_so_many_at_once) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    co_await person_with(at, "zoya", {"viewer"}, password);
    browser zoya;
    co_await sign_in_with_cookie(door, zoya, "zoya", password);
    EXPECT_TRUE(co_await answers_soon(door, zoya, 200));
    int unknown = 0, later = 0, other = 0;
    const auto guess = [&]() -> task<void> {
      browser made_up;
      made_up.cookie = make_token(token_kind::browser, at.random).reveal();
      const auto request = made_up.asks("GET", "/point/me");
      const auto who = co_await at.point.authenticate(request);
      ++(who                                      ? other
         : who.error().kind == errc::unauthorized ? unknown
         : who.error().kind == errc::unavailable  ? later
                                                  : other);
    };
    scope many(at.work.on(), "many");
    for (int i = 0; i < 200; ++i) many.spawn("guess", guess());
    EXPECT_EQ((co_await asked(door, zoya, "GET", "/point/me")).status, 200);
    while (many.running() > 0) co_await pause(milliseconds(5));
    EXPECT_GE(unknown, 32);
    EXPECT_GT(later, 0);
    EXPECT_EQ(unknown + later, 200);
    EXPECT_EQ(other, 0);
  });
}

TEST_F(browsers_with, a_session_ends_when_idle_or_a_week_old_and_survives_a_restart) {
  browser idle, old, busy;
  with_servers(*at_, 1, [&](auto& servers) -> task<void> {
    front door(*servers[0]);
    co_await person_with(*servers[0], "dina", {"viewer"}, password);
    for (auto* one : {&idle, &old, &busy}) {
      const auto answer = co_await sign_in_with_cookie(door, *one, "dina", password);
      EXPECT_EQ(answer.status, 200);
    }
  });
  with_servers(*at_, 1, [&](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    std::vector<std::string> sessions, heard;
    for (const auto& one : {idle, old, busy}) {
      const auto me = co_await asked(door, one, "GET", "/point/me");
      EXPECT_EQ(me.status, 200);
      sessions.push_back(text_of(json_of(me), "session"));
    }
    at.point.on_access_revoked([&heard](access_revoked what) { heard.push_back(what.session); });
    vss::test::psql(at_->where,
                    {"update point.session set seen_at = now() - interval '12 hours' where id = '" + sessions[0] + "'",
                     "update point.session set expires_at = now() where id = '" + sessions[1] + "'",
                     "update point.session set seen_at = now() - interval '11 hours' where id = '" + sessions[2] + "'",
                     "select pg_notify('point_changed', '')"});
    for (const auto& one : {idle, old}) EXPECT_TRUE(co_await answers_soon(door, one, 401));
    EXPECT_TRUE(co_await answers_soon(door, busy, 200));
    std::ranges::sort(heard);
    std::vector<std::string> over{sessions[0], sessions[1]};
    std::ranges::sort(over);
    EXPECT_EQ(heard, over);  // whoever holds a socket open for them is told
  });
  with_servers(*at_, 1, [&](auto& servers) -> task<void> {
    front door(*servers[0]);
    EXPECT_EQ((co_await asked(door, idle, "GET", "/point/me")).status, 401);
    EXPECT_EQ((co_await asked(door, old, "GET", "/point/me")).status, 401);
    EXPECT_EQ((co_await asked(door, busy, "GET", "/point/me")).status, 200);  // and this use is kept for the others
    constexpr net::statement fresh{"test.session.fresh",
                                   "select count(*) from point.session where seen_at > now() - interval '1 minute' and "
                                   "id in (select session from point.browser_token where hash = $1)"};
    net::params with{net::bytea(sha256(busy.cookie))};
    auto found = co_await servers[0]->db.run(fresh, std::move(with));
    EXPECT_EQ((*found)[0].whole(0), 1);
  });
}

TEST_F(browsers_with, a_login_ends_the_session_that_the_browser_had) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    co_await person_with(at, "egor", {"viewer"}, password);
    browser egor;
    co_await sign_in_with_cookie(door, egor, "egor", password);
    const browser before = egor;
    const std::string session = text_of(json_of(co_await asked(door, before, "GET", "/point/me")), "session");
    EXPECT_EQ((co_await sign_in_with_cookie(door, egor, "egor", "not the password")).status, 401);
    EXPECT_EQ((co_await asked(door, before, "GET", "/point/me")).status, 200);  // who fails loses nothing
    EXPECT_EQ((co_await sign_in_with_cookie(door, egor, "egor", password)).status, 200);
    EXPECT_NE(egor.cookie, before.cookie);
    EXPECT_TRUE(co_await answers_soon(door, before, 401));
    EXPECT_EQ(co_await why(at, session), "signed in anew");
    EXPECT_EQ((co_await asked(door, egor, "GET", "/point/me")).status, 200);
  });
}

TEST_F(browsers_with, a_one_time_password_opens_only_the_door_to_a_new_one) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    const person_input input{"lena", "Lena", {"admin"}};
    auto made = co_await at.point.people().create(root_asker(), input);
    EXPECT_TRUE(made);
    if (!made) co_return;
    const std::string first = made->first_password.password;
    browser lena;
    const auto answer = co_await sign_in_with_cookie(door, lena, "lena", first);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json_of(answer).at("must_change"), true);
    EXPECT_EQ((co_await asked(door, lena, "GET", "/point/people")).status, 403);
    const boost::json::object proof{{"password", first}};
    EXPECT_EQ((co_await asked(door, lena, "POST", "/point/me/second-factor", proof)).status, 403);
    const boost::json::object next{{"current", first}, {"next", password}};
    EXPECT_EQ((co_await asked(door, lena, "POST", "/point/me/password", next)).status, 204);
    const auto open = [&]() -> task<bool> {
      const auto people = co_await asked(door, lena, "GET", "/point/people");
      co_return people.status == 200;
    };
    EXPECT_TRUE(co_await eventually(open, seconds(1)));
  });
}

}  // namespace
}  // namespace vss::point
