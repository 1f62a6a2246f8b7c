#include <gtest/gtest.h>

#include "point/base64.hpp"
#include "point/crypto.hpp"
#include "point/test/point_rig.hpp"
#include "point/token.hpp"

namespace vss::point {
namespace {

using namespace test;

class archonts : public testing::Test {
 protected:
  static void SetUpTestSuite() { at_ = std::make_unique<site>("vss_point_archont"); }
  static void TearDownTestSuite() { at_.reset(); }
  static inline std::unique_ptr<site> at_;
};

task<enrol_token_answer> token_for(server& at, std::string label, bool replace = false) {
  enrol_token_input input{label, archont_kind::MF, replace};
  auto made = co_await at.point.enrolment().make_token(root_asker(), input);
  if (!made) throw std::runtime_error(made.error().message);
  co_return *made;
}

task<result<link::enrol_answer>> enrol(server& at, std::string token, std::string csr) {
  link::enrol_request input{token, csr};
  co_return co_await at.point.enrolment().enrol(from("10.1.1.1"), input);
}

task<result<net::principal>> by_certificate(server& at, std::string fingerprint) {
  net::http_request request;
  request.peer_fingerprint = fingerprint;
  co_return co_await at.point.authenticate(request);
}

task<bool> refused(server& at, std::string fingerprint) {
  const auto asked = [&at, fingerprint]() -> task<bool> {
    const auto who = co_await by_certificate(at, fingerprint);
    co_return !who && who.error().kind == errc::unauthorized;
  };
  co_return co_await eventually(asked);
}

task<result<link::enrol_answer>> renew(server& at, const hub_key& old, std::string certificate, std::string fingerprint,
                                       std::string csr) {
  link::renew_request input;
  input.csr = csr;
  input.certificate = certificate;
  input.signature = base64url(old.sign(link::renewal_text(fingerprint, sha256_hex(csr))));
  co_return co_await at.point.enrolment().renew(from("10.1.1.1"), input, "");
}

TEST_F(archonts, a_token_buys_one_certificate_that_counts_everywhere) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    std::string told;
    servers[1]->point.on_enrolled([&told](archont_enrolled who) { told = who.label + " " + who.kind; });
    const auto token = co_await token_for(at, "mf-01");
    EXPECT_EQ(token.short_id.size(), 12u);
    const hub_key key;
    // a wrong request leaves the token whole
    EXPECT_EQ((co_await enrol(at, token.token, std::string(200, 'x'))).error().kind, errc::invalid);
    auto got = co_await enrol(at, token.token, key.request());
    EXPECT_TRUE(got) << (got ? "" : got.error().message);
    if (!got) co_return;
    EXPECT_EQ(got->id, token.id);
    EXPECT_EQ(got->kind, "MF");
    for (auto& one : servers) {
      const auto who = co_await by_certificate(*one, got->fingerprint);
      EXPECT_TRUE(who);
      EXPECT_EQ(who->id, token.id);
      EXPECT_EQ(who->name, "mf-01");
      EXPECT_EQ(who->roles, std::vector<std::string>{"archont"});
      EXPECT_TRUE(who->may("ottb.slot.read"));
      EXPECT_FALSE(who->may("point.person.read"));
    }
    const auto heard = [&told]() -> task<bool> { co_return !told.empty(); };
    EXPECT_TRUE(co_await eventually(heard));
    EXPECT_EQ(told, "mf-01 MF");
    EXPECT_EQ((co_await enrol(at, token.token, key.request())).error().kind, errc::unauthorized);
    EXPECT_EQ((co_await by_certificate(at, std::string(64, '0'))).error().kind, errc::unauthorized);
  });
}

TEST_F(archonts, twenty_at_once_with_one_token_get_one_certificate) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    const auto token = co_await token_for(*servers[0], "mf-02");
    int right = 0;
    const auto one = [&]() -> task<void> {
      const hub_key key(true);
      auto got = co_await enrol(*servers[0], token.token, key.request());
      if (got) ++right;
    };
    scope many(servers[0]->work.on(), "many");
    for (int i = 0; i < 20; ++i) many.spawn("enrol", one());
    while (many.running() > 0) co_await pause(milliseconds(5));
    EXPECT_EQ(right, 1);
  });
}

TEST_F(archonts, other_keys_and_other_tokens_are_refused) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto token = co_await token_for(at, "mf-03");
    const hub_key rsa(EVP_RSA_gen(2048));
    EXPECT_EQ((co_await enrol(at, token.token, rsa.request())).error().kind, errc::invalid);
    const hub_key p384(EVP_EC_gen("secp384r1"));
    EXPECT_EQ((co_await enrol(at, token.token, p384.request())).error().kind, errc::invalid);
    const hub_key key;
    auto bent = key.request();
    bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(co_await enrol(at, token.token, bent));
    system_random random;
    const auto invented = make_token(token_kind::enrol, random);
    EXPECT_EQ((co_await enrol(at, invented.reveal(), key.request())).error().kind, errc::unauthorized);
    const auto refresh = make_token(token_kind::refresh, random);
    EXPECT_EQ((co_await enrol(at, refresh.reveal(), key.request())).error().kind, errc::unauthorized);
    vss::test::psql(vss::test::conninfo("vss_point_archont", "vss"),
                    {"update point.enrol_token set expires_at = now() - interval '1 second' where used_at is null"});
    EXPECT_EQ((co_await enrol(at, token.token, key.request())).error().kind, errc::unauthorized);
  });
}

TEST_F(archonts, a_revocation_counts_within_a_second_in_every_process) {
  with_servers(*at_, 2, [](auto& servers) -> task<void> {
    const auto token = co_await token_for(*servers[0], "mf-04");
    const hub_key key;
    const auto got = co_await enrol(*servers[0], token.token, key.request());
    EXPECT_TRUE(co_await by_certificate(*servers[1], got->fingerprint));
    std::string ended;
    servers[1]->point.identities().on_revoked([&ended](std::string id) { ended = id; });
    const auto started = std::chrono::steady_clock::now();
    EXPECT_TRUE(co_await servers[0]->point.enrolment().revoke(root_asker(), got->id, "stolen"));
    while (ended.empty() && std::chrono::steady_clock::now() - started < seconds(2)) co_await pause(milliseconds(5));
    EXPECT_LT(std::chrono::steady_clock::now() - started, seconds(1));
    EXPECT_EQ(ended, got->id);
    for (auto& one : servers) {
      EXPECT_TRUE(co_await refused(*one, got->fingerprint));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - started, seconds(1));
    auto again = co_await renew(*servers[0], key, got->certificate, got->fingerprint, key.request());
    EXPECT_EQ(again.error().kind, errc::unauthorized);
    enrol_token_input same{"mf-04", archont_kind::MF, true};
    EXPECT_EQ((co_await servers[0]->point.enrolment().make_token(root_asker(), same)).error().kind, errc::conflict);
  });
}

TEST_F(archonts, the_certificate_in_force_proves_the_next) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    for (const bool ed25519 : {false, true}) {
      const char* label = ed25519 ? "mf-05" : "mf-06";
      const auto token = co_await token_for(at, label);
      const hub_key old(ed25519), fresh(ed25519), stranger;
      const auto first = co_await enrol(at, token.token, old.request());
      EXPECT_TRUE(first);
      const auto csr = fresh.request();
      // wrong key, wrong text, no proof at all
      EXPECT_FALSE(co_await renew(at, stranger, first->certificate, first->fingerprint, csr));
      EXPECT_FALSE(co_await renew(at, old, first->certificate, std::string(64, '0'), csr));
      link::renew_request bare{csr, std::nullopt, std::nullopt};
      EXPECT_FALSE(co_await at.point.enrolment().renew(from("10.1.1.1"), bare, ""));
      const auto second = co_await renew(at, old, first->certificate, first->fingerprint, csr);
      EXPECT_TRUE(second) << (second ? "" : second.error().message);
      // both count until the new one was seen, then only the new one
      EXPECT_TRUE(co_await by_certificate(at, first->fingerprint));
      EXPECT_TRUE(co_await by_certificate(at, second->fingerprint));
      EXPECT_TRUE(co_await refused(at, first->fingerprint));
      EXPECT_TRUE(co_await by_certificate(at, second->fingerprint));
      EXPECT_FALSE(co_await renew(at, old, first->certificate, first->fingerprint, csr));
      // by the connection's own certificate
      EXPECT_TRUE(co_await at.point.enrolment().renew(from("10.1.1.1"), bare, second->fingerprint));
    }
  });
}

TEST_F(archonts, an_expired_certificate_opens_nothing_and_renews) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto token = co_await token_for(at, "mf-07");
    const hub_key key;
    const auto first = co_await enrol(at, token.token, key.request());
    vss::test::psql(vss::test::conninfo("vss_point_archont", "vss"),
                    {"update point.archont set expires_at = now() - interval '1 day', version = version + 1 "
                     "where label = 'mf-07'"});
    EXPECT_TRUE(co_await refused(at, first->fingerprint));
    const auto second = co_await renew(at, key, first->certificate, first->fingerprint, key.request());
    EXPECT_TRUE(second);
    EXPECT_TRUE(co_await by_certificate(at, second->fingerprint));
  });
}

TEST_F(archonts, a_hub_that_lost_its_key_comes_back_under_its_label) {
  with_servers(*at_, 1, [](auto& servers) -> task<void> {
    auto& at = *servers[0];
    const auto token = co_await token_for(at, "mf-08");
    const hub_key lost, fresh;
    const auto first = co_await enrol(at, token.token, lost.request());
    enrol_token_input plain{"mf-08", archont_kind::MF, std::nullopt};
    EXPECT_EQ((co_await at.point.enrolment().make_token(root_asker(), plain)).error().kind, errc::conflict);
    const auto again = co_await token_for(at, "mf-08", true);
    EXPECT_EQ(again.id, token.id);
    EXPECT_TRUE(co_await by_certificate(at, first->fingerprint));
    const auto second = co_await enrol(at, again.token, fresh.request());
    EXPECT_TRUE(second);
    EXPECT_TRUE(co_await refused(at, first->fingerprint));
    EXPECT_TRUE(co_await by_certificate(at, second->fingerprint));
  });
}

}  // namespace
}  // namespace vss::point
