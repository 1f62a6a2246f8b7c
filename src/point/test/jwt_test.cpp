#include "point/jwt.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "point/base64.hpp"
#include "point/canonical.hpp"
#include "point/crypto.hpp"
#include "point/token_cache.hpp"

namespace vss::point {
namespace {

namespace json = boost::json;

class jwt : public testing::Test {
 protected:
  ed25519_pair pair = ed25519_from_seed(std::string(32, 's'));
  std::string kid = key_id_of(pair.open);
  public_keys keys{{kid, pair.open}};
  instant now{seconds(1'800'000'000)};
  claims good{"0192b3c4-0000-7000-8000-000000000001", "0192b3c4-0000-7000-8000-000000000002",
              "0192b3c4-0000-7000-8000-000000000003", 1'800'000'000, 1'800'000'300};

  json::object header() const { return {{"alg", "EdDSA"}, {"kid", kid}, {"typ", "at+jwt"}}; }
  json::object body() const {
    return {{"aud", "vss"},   {"exp", good.expires}, {"iat", good.issued}, {"iss", "vss"},
            {"jti", good.id}, {"sid", good.session}, {"sub", good.subject}};
  }
  // Signs any two texts, as an attacker who has our key for a moment could.
  std::string sign(const std::string& head, const std::string& claims_text) const {
    const std::string text = base64url(head) + "." + base64url(claims_text);
    return text + "." + base64url(ed25519_sign(pair.seed, text));
  }
  std::string sign(const json::object& head, const json::object& claims_object) const {
    return sign(canonical(head).value(), canonical(claims_object).value());
  }
  std::string why(std::string_view token) const {
    const auto read = verify_token(token, keys, now);
    return read ? "" : read.error().message;
  }
  std::string token() const { return issue_token(good, kid, secret(pair.seed)).reveal(); }
};

TEST_F(jwt, a_token_comes_back_as_it_was_issued) {
  const auto read = verify_token(token(), keys, now);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, good);
  EXPECT_EQ(sign(header(), body()), token());
}

TEST_F(jwt, the_algorithm_is_never_the_tokens) {
  for (const char* alg :
       {"none", "None", "nOnE", "NONE", "HS256", "HS512", "ES256", "RS256", "PS384", "Ed25519", "eddsa", ""}) {
    auto head = header();
    head["alg"] = alg;
    EXPECT_EQ(why(sign(head, body())), "header") << alg;
    // without a signature, as `none` would have it
    EXPECT_NE(why(base64url(canonical(head).value()) + "." + base64url(canonical(body()).value()) + "."), "");
  }
  // HMAC with the public key as the secret
  auto head = header();
  head["alg"] = "HS256";
  const auto text = base64url(canonical(head).value()) + "." + base64url(canonical(body()).value());
  EXPECT_EQ(why(text + "." + base64url(hmac_sha256(pair.open, text))), "header");
}

TEST_F(jwt, headers_that_bring_keys_or_extensions_are_refused) {
  const auto mine = base64url(pair.open);
  for (const auto& [name, value] : json::object{{"jwk", json::object{{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", mine}}},
                                                {"jku", "https://evil.example/keys"},
                                                {"x5u", "https://evil.example/cert"},
                                                {"x5c", json::array{"MIIB"}},
                                                {"crit", json::array{"exp"}},
                                                {"b64", false},
                                                {"cty", "JWT"},
                                                {"zip", "DEF"}}) {
    auto head = header();
    head[name] = value;
    EXPECT_EQ(why(sign(head, body())), "header") << name;
  }
  for (const char* type : {"JWT", "jwt", "at+JWT", "application/at+jwt", "dpop+jwt", ""}) {
    auto head = header();
    head["typ"] = type;
    EXPECT_EQ(why(sign(head, body())), "header") << type;
  }
  for (const char* name : {"alg", "typ", "kid"}) {
    auto head = header();
    head.erase(name);
    EXPECT_EQ(why(sign(head, body())), "header") << name;
  }
}

TEST_F(jwt, only_a_known_key_counts) {
  for (const char* other : {"", "0", "../../etc/passwd", "' or 1=1 --", "/dev/null", "\n"}) {
    auto head = header();
    head["kid"] = other;
    EXPECT_EQ(why(sign(head, body())), "key") << other;
  }
  auto head = header();
  head["kid"] = 1;
  EXPECT_EQ(why(sign(head, body())), "header");
  const auto stranger = ed25519_from_seed(std::string(32, 't'));
  EXPECT_EQ(why(issue_token(good, kid, secret(stranger.seed)).reveal()), "signature");
  EXPECT_EQ(why(issue_token(good, key_id_of(stranger.open), secret(stranger.seed)).reveal()), "key");
}

TEST_F(jwt, claims_are_exact) {
  for (const auto& [name, value] : body()) {
    auto without = body();
    without.erase(name);
    EXPECT_EQ(why(sign(header(), without)), "claims") << name;
    auto wrong = body();
    wrong[name] = json::array{value};
    EXPECT_EQ(why(sign(header(), wrong)), "claims") << name;
    wrong[name] = nullptr;
    EXPECT_EQ(why(sign(header(), wrong)), "claims") << name;
  }
  const auto with = [&](const char* name, json::value value) {
    auto changed = body();
    changed[name] = std::move(value);
    return why(sign(header(), changed));
  };
  EXPECT_EQ(with("aud", "other"), "claims");
  EXPECT_EQ(with("iss", "other"), "claims");
  EXPECT_EQ(with("admin", true), "claims");
  EXPECT_EQ(with("nbf", 0), "claims");
  EXPECT_EQ(with("exp", "1800000300"), "claims");
  EXPECT_EQ(with("sub", "root"), "claims");
  EXPECT_EQ(with("sub", "service:"), "claims");
  EXPECT_EQ(with("sub", "service:ROOT"), "claims");
  EXPECT_EQ(with("sid", "' or 1=1"), "claims");
  EXPECT_EQ(with("exp", good.issued + 301), "claims");  // longer than we ever issue
  EXPECT_EQ(with("iat", good.expires), "claims");
  EXPECT_EQ(with("iat", -1), "claims");
}

TEST_F(jwt, other_spellings_of_the_same_json_are_refused) {
  const auto plain = canonical(body()).value();
  const auto swap = [&](std::string_view from, std::string_view to) {
    auto text = plain;
    text.replace(text.find(from), from.size(), to);
    return why(sign(canonical(header()).value(), text));
  };
  EXPECT_EQ(swap(R"("aud":"vss")", R"("aud":"vss","aud":"vss")"), "claims");  // twice
  EXPECT_EQ(swap("1800000300", "1800000300.0"), "claims");
  EXPECT_EQ(swap("1800000300", "18000003e2"), "claims");
  EXPECT_EQ(swap("1800000300", "NaN"), "claims");
  EXPECT_EQ(swap("1800000300", "Infinity"), "claims");
  EXPECT_EQ(swap("1800000300", "99999999999999999999"), "claims");
  EXPECT_EQ(swap("{", "{ "), "claims");
  EXPECT_EQ(swap(R"("vss")", R"("\u0076ss")"), "claims");
  EXPECT_EQ(why(sign(canonical(header()).value(), "[]")), "claims");
  EXPECT_EQ(why(sign(canonical(header()).value(), "null")), "claims");
  EXPECT_EQ(why(sign(R"({"alg":"none","alg":"EdDSA","kid":")" + kid + R"(","typ":"at+jwt"})", plain)), "header");
}

TEST_F(jwt, the_form_is_strict) {
  const auto good_token = token();
  const auto first = good_token.find('.');
  const auto last = good_token.rfind('.');
  EXPECT_EQ(why(""), "form");
  EXPECT_EQ(why("."), "form");
  EXPECT_EQ(why(".."), "header");
  EXPECT_EQ(why("..."), "form");
  EXPECT_EQ(why(good_token + "."), "form");
  EXPECT_EQ(why(good_token + "="), "form");
  EXPECT_EQ(why(" " + good_token), "form");
  EXPECT_EQ(why(good_token + "\n"), "form");
  EXPECT_EQ(why(good_token.substr(0, last)), "form");
  EXPECT_EQ(why(good_token.substr(0, last + 1)), "signature");
  EXPECT_EQ(why(good_token.substr(first)), "header");
  EXPECT_EQ(why("{\"payload\":\"" + good_token + "\"}"), "form");  // JSON serialisation
  EXPECT_EQ(why(std::string(1 << 20, 'A')), "form");
  EXPECT_EQ(why(good_token + std::string(token_limit, 'A')), "form");
  // the same bytes of the signature spelled with unused bits set
  auto loose = good_token;
  loose.back() = loose.back() == 'A' ? 'B' : static_cast<char>(loose.back() + 1);
  EXPECT_NE(why(loose), "");
}

TEST_F(jwt, every_bit_counts) {
  const auto good_token = token();
  for (std::size_t i = 0; i < good_token.size(); ++i) {
    for (const char to : {'A', '_', '.'}) {
      if (good_token[i] == to) continue;
      auto bent = good_token;
      bent[i] = to;
      EXPECT_FALSE(verify_token(bent, keys, now)) << i << to;
    }
  }
}

TEST_F(jwt, time_is_ours) {
  const auto at = [&](std::int64_t shift) {
    const auto read = verify_token(token(), keys, now + seconds(shift));
    return read ? std::string() : read.error().message;
  };
  EXPECT_EQ(at(299), "");
  EXPECT_EQ(at(300), "expired");
  EXPECT_EQ(at(-30), "");
  EXPECT_EQ(at(-31), "future");
  EXPECT_EQ(at(1'000'000), "expired");
}

TEST_F(jwt, a_service_token_may_live_a_month_and_no_longer) {
  auto service = good;
  service.subject = "service:exporter";
  service.expires = service.issued + longest_life.count();
  EXPECT_EQ(why(issue_token(service, kid, secret(pair.seed)).reveal()), "");
  ++service.expires;
  EXPECT_EQ(why(issue_token(service, kid, secret(pair.seed)).reveal()), "claims");
}

TEST_F(jwt, the_cache_forgets_in_time) {
  token_cache cache(2);
  cache.keep("a", good, now);
  EXPECT_EQ(cache.find("a", now), good);
  EXPECT_EQ(cache.find("a", now + seconds(59)), good);
  EXPECT_FALSE(cache.find("a", now + seconds(60)));
  EXPECT_FALSE(cache.find("b", now));
  cache.keep("late", good, now + seconds(290));
  EXPECT_FALSE(cache.find("late", now + seconds(300)));  // never past the token's end
  cache.keep("c", good, now);
  EXPECT_LE(cache.size(), 2u);
  cache.clear();
  EXPECT_FALSE(cache.find("c", now));
}

}  // namespace
}  // namespace vss::point
