#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "point/test/browser_rig.hpp"
#include "point/token.hpp"
#include "point/totp.hpp"

namespace vss::point {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

const std::string password = "battery staple horse";

class second_factors : public testing::Test {
 protected:
  static void SetUpTestSuite() { at_ = std::make_unique<site>("vss_point_factor"); }
  static void TearDownTestSuite() { at_.reset(); }
  static inline std::unique_ptr<site> at_;
};

std::string raw_of(const std::string& text) {
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    bits = bits << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
    have += 5;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 255);
  }
  return out;
}

// A telephone with an app: each code it gives is of a later step, as early as the server takes it.
struct telephone {
  secret key;
  std::int64_t last = 0;
  std::string next(const clock& time) {
    last = std::max(last + 1, totp_step_at(time.now()) - 1);
    return totp_code(key, last);
  }
  std::string again() const { return totp_code(key, last); }
};

struct armed {
  std::string id;
  telephone phone;
  std::vector<std::string> recovery;
};

// A person with a second factor in force; three codes of the telephone are good at once, this takes the first.
task<armed> armed_person(server& at, front& door, std::string login, std::vector<std::string> roles) {
  armed out;
  out.id = co_await person_with(at, login, std::move(roles), password);
  browser screen;
  co_await sign_in_with_cookie(door, screen, login, password);
  const boost::json::object proof{{"password", password}};
  const auto offer = json_of(co_await asked(door, screen, "POST", "/point/me/second-factor", proof));
  out.phone.key = secret(raw_of(text_of(offer, "secret")));
  const boost::json::object code{{"code", out.phone.next(at.time)}};
  const auto confirmed = co_await asked(door, screen, "POST", "/point/me/second-factor/confirm", code);
  EXPECT_EQ(confirmed.status, 200);
  const auto given = json_of(confirmed);
  for (const auto& one : given.at("recovery_codes").as_array()) out.recovery.emplace_back(one.as_string());
  co_return out;
}

TEST_F(second_factors, are_offered_shown_to_work_and_then_asked_for) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at), other(*servers[1]);
    co_await person_with(at, "anna", {"viewer"}, password);
    browser anna;
    co_await sign_in_with_cookie(door, anna, "anna", password);
    const boost::json::object wrong{{"password", "not the password"}}, proof{{"password", password}};
    const boost::json::object early{{"code", "123456"}};
    EXPECT_EQ((co_await asked(door, anna, "POST", "/point/me/second-factor/confirm", early)).status, 409);
    EXPECT_EQ((co_await asked(door, anna, "DELETE", "/point/me/second-factor", proof)).status, 404);
    EXPECT_EQ((co_await asked(door, anna, "POST", "/point/me/second-factor", wrong)).status, 422);
    const auto first = json_of(co_await asked(door, anna, "POST", "/point/me/second-factor", proof));
    const auto second = json_of(co_await asked(other, anna, "POST", "/point/me/second-factor", proof));
    EXPECT_NE(text_of(first, "secret"), text_of(second, "secret"));
    const std::string key = text_of(second, "secret");
    EXPECT_EQ(text_of(second, "uri"), totp_uri("VSS acme", "anna", key));
    EXPECT_EQ(raw_of(key).size(), 20u);

    // offered is not in force
    EXPECT_EQ(json_of(co_await asked(door, anna, "GET", "/point/me")).at("second_factor"), false);
    browser again;
    EXPECT_EQ((co_await sign_in_with_cookie(door, again, "anna", password)).status, 200);
    // a code of the first offer, which the second replaced
    telephone stale{secret(raw_of(text_of(first, "secret")))};
    const boost::json::object old_code{{"code", stale.next(at.time)}};
    EXPECT_EQ((co_await asked(door, anna, "POST", "/point/me/second-factor/confirm", old_code)).status, 422);
    telephone phone{secret(raw_of(key))};
    const boost::json::object code{{"code", phone.next(at.time)}};
    const auto confirmed = co_await asked(other, anna, "POST", "/point/me/second-factor/confirm", code);
    EXPECT_EQ(confirmed.status, 200);
    EXPECT_EQ(json_of(confirmed).at("recovery_codes").as_array().size(), 10u);
    EXPECT_EQ((co_await asked(door, anna, "POST", "/point/me/second-factor/confirm", code)).status, 409);
    EXPECT_EQ((co_await asked(door, anna, "POST", "/point/me/second-factor", proof)).status, 409);
    EXPECT_EQ(json_of(co_await asked(door, anna, "GET", "/point/me")).at("second_factor"), true);

    // now a code is due, on both ways in; only the right password says so
    const auto due = co_await sign_in_with_cookie(door, again, "anna", password);
    EXPECT_EQ(due.status, 401);
    EXPECT_EQ(type_of(due), "/problems/second-factor");
    const auto by_token = co_await asked(door, browser{}, "POST", "/point/login",
                                         boost::json::object{{"login", "anna"}, {"password", password}});
    EXPECT_EQ(type_of(by_token), "/problems/second-factor");
    const auto nobody = co_await sign_in_with_cookie(door, again, "anna", "not the password", phone.again());
    EXPECT_EQ(type_of(nobody), "urn:vss:problem:unauthorized");

    // nothing readable at rest
    constexpr net::statement at_rest{"test.factor.rest",
                                     "select f.sealed_secret, string_agg(encode(c.hash, 'hex'), ' ') from "
                                     "point.second_factor f join point.recovery_code c using (person) group by 1"};
    auto rows = co_await at.db.run(at_rest, {});
    EXPECT_THAT(net::from_bytea((*rows)[0].text(0)), Not(HasSubstr(raw_of(key))));
    EXPECT_THAT(confirmed.body, Not(HasSubstr((*rows)[0].string(1).substr(0, 64))));

    // taken off with the password
    EXPECT_EQ((co_await asked(door, anna, "DELETE", "/point/me/second-factor", wrong)).status, 422);
    EXPECT_EQ((co_await asked(door, anna, "DELETE", "/point/me/second-factor", proof)).status, 204);
    EXPECT_EQ((co_await sign_in_with_cookie(other, again, "anna", password)).status, 200);
  });
}

TEST_F(second_factors, a_step_is_taken_once_and_only_forwards) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at), other(*servers[1]);
    auto vera = co_await armed_person(at, door, "vera", {"viewer"});
    browser screen;
    // the code that confirmed it is spent
    const auto spent = co_await sign_in_with_cookie(door, screen, "vera", password, vera.phone.again());
    EXPECT_EQ(type_of(spent), "/problems/second-factor");
    const auto before = vera.phone.again();
    const auto code = vera.phone.next(at.time);
    const auto typed = code.substr(0, 3) + " " + code.substr(3);
    EXPECT_EQ((co_await sign_in_with_cookie(door, screen, "vera", password, typed)).status, 200);
    EXPECT_EQ((co_await sign_in_with_cookie(other, screen, "vera", password, code)).status, 401);
    EXPECT_EQ((co_await sign_in_with_cookie(other, screen, "vera", password, before)).status, 401);
    const login_input by_token{"vera", secret(password), secret(code)};
    EXPECT_EQ((co_await at.point.sign_in().login(from("10.9.9.9"), by_token)).error().type, "second-factor");
    const login_input next{"vera", secret(password), secret(vera.phone.next(at.time))};
    EXPECT_TRUE(co_await at.point.sign_in().login(from("10.9.9.9"), next));
  });
}

TEST_F(second_factors, many_logins_at_once_with_one_code_let_one_through) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    auto boris = co_await armed_person(at, door, "boris", {"viewer"});
    for (const auto& code : {boris.phone.next(at.time), boris.recovery[0]}) {
      int right = 0, wrong = 0;
      const auto one = [&](server* via, int i) -> task<void> {
        const login_input input{"boris", secret(password), secret(code)};
        auto got = co_await via->point.sign_in().login(from("10.3." + std::to_string(i) + ".1"), input);
        if (got)
          ++right;
        else if (got.error().type == "second-factor")
          ++wrong;
        else
          ADD_FAILURE() << got.error().message;
      };
      scope many(at.work.on(), "many");
      for (int i = 0; i < 8; ++i) many.spawn("login", one(servers[static_cast<std::size_t>(i % 2)].get(), i));
      while (many.running() > 0) co_await pause(milliseconds(10));
      EXPECT_EQ(right, 1);
      EXPECT_EQ(wrong, 7);
      vss::test::psql(at_->where, {"delete from point.login_backoff"});
    }
  });
}

TEST_F(second_factors, a_recovery_code_is_good_once_and_for_its_owner) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    const auto gleb = co_await armed_person(at, door, "gleb", {"viewer"});
    const auto dora = co_await armed_person(at, door, "dora", {"viewer"});
    browser screen;
    EXPECT_EQ((co_await sign_in_with_cookie(door, screen, "gleb", password, dora.recovery[0])).status, 401);
    EXPECT_EQ((co_await sign_in_with_cookie(door, screen, "gleb", password, gleb.recovery[0])).status, 200);
    const auto used = co_await sign_in_with_cookie(door, screen, "gleb", password, gleb.recovery[0]);
    EXPECT_EQ(type_of(used), "/problems/second-factor");
    std::string typed = gleb.recovery[1];
    std::ranges::replace(typed, '-', ' ');
    EXPECT_EQ((co_await sign_in_with_cookie(door, screen, "gleb", password, typed)).status, 200);
    EXPECT_EQ((co_await sign_in_with_cookie(door, screen, "dora", password, dora.recovery[0])).status, 200);
    // they end with the factor that they belong to
    const boost::json::object proof{{"password", password}};
    EXPECT_EQ((co_await asked(door, screen, "DELETE", "/point/me/second-factor", proof)).status, 204);
    constexpr net::statement left{"test.codes.left", "select count(*) from point.recovery_code where person = $1"};
    net::params with{dora.id};
    auto rows = co_await at.db.run(left, std::move(with));
    EXPECT_EQ((*rows)[0].whole(0), 0);
  });
}

TEST_F(second_factors, guessing_codes_is_slowed_down_and_a_right_password_forgives_nothing) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    auto egor = co_await armed_person(at, door, "egor", {"viewer"});
    const login_input without{"egor", secret(password)};
    const login_input wrong{"egor", secret(password), secret("not a code")};
    int refused = 0, slowed = 0;
    for (int i = 0; i < 8; ++i) {
      if (i < 6) {
        auto due = co_await at.point.sign_in().login(from("10.7.7.7"), without);
        EXPECT_EQ(due.error().type, "second-factor");
      }
      auto got = co_await at.point.sign_in().login(from("10.7.7.7"), wrong);
      if (got.error().type == "second-factor") ++refused;
      if (got.error().kind == errc::too_many) ++slowed;
    }
    EXPECT_EQ(refused, 6);
    EXPECT_EQ(slowed, 2);
    const login_input right{"egor", secret(password), secret(egor.phone.next(at.time))};
    EXPECT_EQ((co_await at.point.sign_in().login(from("10.7.7.8"), right)).error().kind, errc::too_many);
    EXPECT_TRUE(co_await at.point.sign_in().login(from("10.8.8.8"), right));  // his own network is not shut out
    // what many networks try together is slowed down by the account
    int looked = 0;
    for (int i = 0; i < 14; ++i) {
      auto got = co_await at.point.sign_in().login(from("10.6." + std::to_string(i) + ".1"), wrong);
      if (got.error().type == "second-factor") ++looked;
    }
    EXPECT_LE(looked, 6);
  });
}

TEST_F(second_factors, of_somebody_who_lost_it_are_taken_off_by_who_may) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at), other(*servers[1]);
    auto ilya = co_await armed_person(at, door, "ilya", {"viewer"});
    const auto root = co_await armed_person(at, door, "rooty", {"root"});
    co_await person_with(at, "admin", {"admin"}, password);
    browser admin, his;
    co_await sign_in_with_cookie(door, admin, "admin", password);
    EXPECT_EQ((co_await sign_in_with_cookie(door, his, "ilya", password, ilya.phone.next(at.time))).status, 200);
    const std::string path = "/point/people/" + ilya.id + "/second-factor";
    EXPECT_EQ((co_await asked(door, his, "DELETE", path)).status, 403);  // the permission is not a viewer's
    EXPECT_EQ((co_await asked(door, admin, "DELETE", "/point/people/" + root.id + "/second-factor")).status, 403);
    EXPECT_EQ((co_await asked(door, admin, "DELETE", path)).status, 204);
    for (auto* one : {&door, &other}) EXPECT_TRUE(co_await answers_soon(*one, his, 401));
    EXPECT_EQ((co_await sign_in_with_cookie(door, his, "ilya", password)).status, 200);
    EXPECT_EQ((co_await asked(door, admin, "DELETE", path)).status, 404);
    EXPECT_EQ(
        (co_await asked(door, admin, "DELETE", "/point/people/" + make_uuid(at.time, at.random) + "/second-factor"))
            .status,
        404);
    // nobody takes his own off on this way, which asks for no password
    asker self = from("10.9.9.9", root.id);
    self.who.roles = {"root"};
    EXPECT_EQ((co_await at.point.second_factor().reset(self, root.id)).error().kind, errc::refused);

    audit_filter what;
    what.object = "person:" + ilya.id;
    std::vector<std::string> seen;
    const auto entries = co_await at.point.audit_entries(what, 0, 100);
    EXPECT_TRUE(entries);
    if (!entries) co_return;
    for (const auto& one : entries->items) {
      if (one.action.starts_with("point.factor.")) seen.push_back(one.action + (one.allowed ? "" : " refused"));
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"point.factor.reset", "point.factor.confirm", "point.factor.begin"}));
  });
}

TEST_F(second_factors, an_offer_is_void_after_a_quarter_of_an_hour) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    front door(at);
    const auto id = co_await person_with(at, "kira", {"viewer"}, password);
    browser kira;
    co_await sign_in_with_cookie(door, kira, "kira", password);
    const boost::json::object proof{{"password", password}};
    const auto offer = json_of(co_await asked(door, kira, "POST", "/point/me/second-factor", proof));
    vss::test::psql(at_->where, {"update point.second_factor set created_at = created_at - interval '15 minutes' "
                                 "where person = '" +
                                 id + "'"});
    telephone phone{secret(raw_of(text_of(offer, "secret")))};
    const boost::json::object code{{"code", phone.next(at.time)}};
    EXPECT_EQ((co_await asked(door, kira, "POST", "/point/me/second-factor/confirm", code)).status, 409);
    // a sealed key opens in its own row only
    const auto mine = co_await armed_person(at, door, "lida", {"viewer"});
    vss::test::psql(at_->where, {"update point.second_factor k set sealed_secret = l.sealed_secret, created_at = now() "
                                 "from point.second_factor l where k.person = '" +
                                 id + "' and l.person = '" + mine.id + "'"});
    const boost::json::object foreign{{"code", "123456"}};
    EXPECT_EQ((co_await asked(door, kira, "POST", "/point/me/second-factor/confirm", foreign)).status, 500);
  });
}

}  // namespace
}  // namespace vss::point
