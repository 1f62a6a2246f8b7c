#include "point/password.hpp"

#include <gtest/gtest.h>

#include "point/token.hpp"

namespace vss::point {
namespace {

bool good(const std::string& text) {
  return check_password(secret(text), {"ivan.petrov", "Ivan Petrov", "VSS", "DEMIURGE", "Acme"}, "/password")
      .has_value();
}

TEST(password, the_policy_as_a_table) {
  for (const char* text :
       {"battery staple horse", "Tr0ub4dor&3 maze", "двенадцать стульев", "kq7mw-9zp2x-4hjr8",
        "     twelve spaces here", "a long sentence with password in it", "中文密码也可以用很多字符哦"}) {
    EXPECT_TRUE(good(text)) << text;
  }
  for (const char* text : {"",
                           "short",
                           "elevenchars",
                           "password1234",
                           "Password1234!",
                           "P@ssw0rd12345",
                           "PASSWORDPASSWORD",
                           "qwertyuiop123",
                           "qwertyuiopas",
                           "aaaaaaaaaaaa",
                           "abababababab",
                           "abcabcabcabc",
                           "123456789012",
                           "012345678901",
                           "abcdefghijklmn",
                           "ivan.petrov1",
                           "Ivan.Petrov2026",
                           "demiurge2026!",
                           "VSSVSSVSSVSS",
                           "vss-demiurge-1",
                           "acme20262026",
                           "пароль123456",
                           "ПАРОЛЬПАРОЛЬ",
                           "йцукен123456",
                           "letmein12345",
                           "admin1234567",
                           "changeme2026",
                           "with\ttab in it",
                           "one\nline feed",
                           "nul\x01 control"}) {
    EXPECT_FALSE(good(text)) << text;
  }
  EXPECT_FALSE(good("bad utf8 \xff\xfe here"));
  EXPECT_TRUE(good(std::string(64, 'q') + "w e r t y unusual"));
  EXPECT_FALSE(good(std::string("x y z") + std::string(252, 'a')));
  const auto refused = check_password(secret("short"), {}, "/next");
  EXPECT_EQ(refused.error().kind, errc::invalid);
  EXPECT_EQ(refused.error().problems.at(0).pointer, "/next");
}

TEST(password, a_hash_fits_its_password_only) {
  fake_random random(1);
  const auto hash = hash_password(secret("battery staple horse"), new_salt(random));
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(verify_password(hash, secret("battery staple horse")));
  EXPECT_FALSE(verify_password(hash, secret("battery staple horsf")));
  EXPECT_FALSE(needs_rehash(hash));
  EXPECT_TRUE(needs_rehash("$argon2id$v=19$m=19456,t=1,p=1$xxx"));
  EXPECT_FALSE(verify_password("", secret("x")));
  EXPECT_FALSE(verify_password("$argon2id$nonsense", secret("x")));
}

TEST(password, nobody_can_be_verified_and_costs_the_same) {
  EXPECT_FALSE(needs_rehash(nobody_hash()));
  const auto started = std::chrono::steady_clock::now();
  EXPECT_FALSE(verify_password(nobody_hash(), secret("battery staple horse")));
  EXPECT_GT(std::chrono::steady_clock::now() - started, milliseconds(5));  // the form was read and the work done
}

TEST(token, a_kind_is_not_another) {
  fake_random random(1);
  const auto refresh = make_token(token_kind::refresh, random);
  ASSERT_TRUE(token_hash(token_kind::refresh, refresh));
  EXPECT_EQ(token_hash(token_kind::refresh, refresh)->size(), 32u);
  EXPECT_FALSE(token_hash(token_kind::enrol, refresh));
  for (const char* bad : {"", "vssr_", "vssr_AAAA", "vssr_!!!!", "x"}) {
    EXPECT_FALSE(token_hash(token_kind::refresh, secret(bad))) << bad;
  }
  EXPECT_FALSE(token_hash(token_kind::refresh, secret(refresh.reveal() + "A")));
  EXPECT_EQ(make_one_time_password(random).reveal().size(), 23u);
  EXPECT_TRUE(good(make_one_time_password(random).reveal()));
}

}  // namespace
}  // namespace vss::point
