// Opaque tokens of three kinds and codes that people type.
#include "point/token.hpp"

#include <gtest/gtest.h>

#include <set>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

TEST(token, one_kind_is_never_another) {
  fake_random random(7);
  const token_kind kinds[] = {token_kind::refresh, token_kind::enrol, token_kind::browser};
  const std::string starts[] = {"vssr_", "vsse_", "vssb_"};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto token = make_token(kinds[i], random);
    EXPECT_TRUE(token.reveal().starts_with(starts[i]));
    EXPECT_EQ(token.reveal().size(), starts[i].size() + 43);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(token_hash(kinds[k], token).has_value(), i == k);
    EXPECT_EQ(token_hash(kinds[i], token).value(), sha256(token.reveal()));
  }
}

TEST(token, what_no_browser_was_given_has_no_hash) {
  fake_random random(8);
  const auto token = make_token(token_kind::browser, random).reveal();
  const std::string odd[] = {"", "vssb_", token.substr(1), token + "A", token.substr(0, token.size() - 1), token + "="};
  for (const auto& one : odd) EXPECT_FALSE(token_hash(token_kind::browser, secret(one))) << one;
}

TEST(recovery_codes, are_typed_in_groups_and_read_however_they_are_typed) {
  fake_random random(9);
  const auto code = make_recovery_code(random).reveal();
  EXPECT_EQ(code.size(), 29u);
  for (std::size_t i = 4; i < code.size(); i += 5) EXPECT_EQ(code[i], '-');
  const auto hash = recovery_hash(secret(code)).value();
  EXPECT_EQ(hash.size(), 32u);
  std::string bare, capitals, spaced;
  for (const char c : code) {
    if (c != '-') bare += c;
    capitals += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    spaced += c == '-' ? ' ' : c;
  }
  for (const auto& typed : {bare, capitals, spaced}) EXPECT_EQ(recovery_hash(secret(typed)).value(), hash) << typed;
}

TEST(recovery_codes, are_all_different) {
  fake_random random(10);
  std::set<std::string> hashes;
  for (int i = 0; i < 1000; ++i) hashes.insert(recovery_hash(make_recovery_code(random)).value());
  EXPECT_EQ(hashes.size(), 1000u);
}

TEST(recovery_codes, anything_else_is_none) {
  const char* odd[] = {"",
                       "123456",
                       "abcd-efgh-jkmn-pqrs-tuvw-xyz",
                       "abcd-efgh-jkmn-pqrs-tuvw-xyz01",
                       "abcd-efgh-jkmn-pqrs-tuvw-xyzl",
                       "abcd-efgh-jkmn-pqrs-tuvw-xy\xD0\xB0"};
  for (const auto* one : odd) EXPECT_FALSE(recovery_hash(secret(one))) << one;
  EXPECT_TRUE(recovery_hash(secret("abcd-efgh-jkmn-pqrs-tuvw-xyz2")));
}

}  // namespace
}  // namespace vss::point
