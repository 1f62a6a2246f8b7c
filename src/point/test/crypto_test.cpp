#include "point/crypto.hpp"

#include <gtest/gtest.h>

#include "point/base64.hpp"
#include "point/canonical.hpp"

namespace vss::point {
namespace {

std::string raw(std::string_view hex_text) { return from_hex(hex_text).value(); }

// RFC 4231 case 2, RFC 5869 has no zero-salt-free case of 32 bytes, so only stability is asserted for derive_key.
TEST(crypto, hmac_is_the_rfc_4231_one) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_NE(derive_key("k", "a"), derive_key("k", "b"));
  EXPECT_EQ(derive_key("k", "a"), derive_key("k", "a"));
  EXPECT_EQ(derive_key("k", "a").size(), 32u);
}

// RFC 8032 section 7.1, test 2.
TEST(crypto, ed25519_is_the_rfc_8032_one) {
  const auto pair = ed25519_from_seed(raw("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(to_hex(pair.open), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = ed25519_sign(pair.seed, "\x72");
  EXPECT_EQ(to_hex(signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(ed25519_verify(pair.open, "\x72", signature));
  EXPECT_FALSE(ed25519_verify(pair.open, "\x73", signature));
  EXPECT_FALSE(ed25519_verify(pair.open, "\x72", signature.substr(1)));
  EXPECT_FALSE(ed25519_verify(std::string(31, 'x'), "\x72", signature));
}

// NIST GCM test case 16 (AES-256, with AAD).
TEST(crypto, aes_gcm_is_the_nist_one) {
  const auto key = raw("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const auto nonce = raw("cafebabefacedbaddecaf888");
  const auto text = raw(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39");
  const auto place = raw("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const auto sealed = aes_seal(key, nonce, place, text);
  EXPECT_EQ(
      to_hex(sealed.substr(12)),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
      "0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(aes_open(key, place, sealed).value(), text);
}

TEST(crypto, a_sealed_text_opens_only_whole_and_at_its_place) {
  const std::string key(32, 'k');
  const auto sealed = aes_seal(key, std::string(12, 'n'), "here", "text");
  EXPECT_EQ(aes_open(key, "here", sealed).value(), "text");
  EXPECT_FALSE(aes_open(key, "there", sealed));
  EXPECT_FALSE(aes_open(std::string(32, 'x'), "here", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto bent = sealed;
    bent[i] = static_cast<char>(bent[i] ^ 1);
    EXPECT_FALSE(aes_open(key, "here", bent)) << i;
    EXPECT_FALSE(aes_open(key, "here", sealed.substr(0, i))) << i;
  }
  EXPECT_EQ(aes_open(key, "", aes_seal(key, std::string(12, 'n'), "", "")).value(), "");
}

TEST(crypto, hex_is_strict) {
  EXPECT_EQ(from_hex("00ff").value(), std::string("\x00\xff", 2));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0G"));
  EXPECT_FALSE(from_hex("FF"));
}

TEST(base64url, one_value_has_one_text) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string value;
    for (std::size_t i = 0; i < size; ++i) value += static_cast<char>(i * 37 + size);
    EXPECT_EQ(from_base64url(base64url(value)).value(), value);
  }
  EXPECT_EQ(base64url("f"), "Zg");
  for (const char* bad : {"Z", "Zh", "Zg=", "Zg==", "Z g", "Zg\n", " Zg", "Z+", "Z/", "Zm9", "AAAAA", "Zg%3d", "Zgé"}) {
    EXPECT_FALSE(from_base64url(bad)) << bad;
  }
}

TEST(canonical, members_are_sorted_and_texts_shortest) {
  const auto value = parse_canonical(R"({"a":[1,-2,null,true],"b":{"c":"x\n\u001f\"\\/é"}})");
  ASSERT_TRUE(value);
  EXPECT_EQ(canonical(boost::json::object{{"b", 1}, {"a", "€"}}).value(), R"({"a":"€","b":1})");
  // RFC 8785 section 3.2.3: a surrogate pair sorts before U+FB33.
  EXPECT_EQ(canonical(boost::json::object{{"\xef\xac\xb3", 1}, {"\xf0\x9f\x98\x80", 2}}).value(),
            "{\"\xf0\x9f\x98\x80\":2,\"\xef\xac\xb3\":1}");
}

TEST(canonical, every_other_spelling_is_refused) {
  for (const char* bad : {R"({"b":1,"a":2})",
                          R"({"a":1,"a":1})",
                          R"({"a": 1})",
                          R"({"a":1} )",
                          R"({"a":1.0})",
                          R"({"a":1e3})",
                          R"({"a":1.5})",
                          R"({"a":NaN})",
                          R"({"a":9007199254740993})",
                          R"({"a":18446744073709551615})",
                          R"({"a":-0})",
                          R"({"a":"\u0041"})",
                          R"({"a":"\/"})",
                          R"({"a":01})",
                          "{\"a\":\"\xff\"}",
                          R"({"a":1,})",
                          R"({"a":1}{)",
                          "",
                          "\xef\xbb\xbf{}",
                          R"([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])"}) {
    EXPECT_FALSE(parse_canonical(bad)) << bad;
  }
}

}  // namespace
}  // namespace vss::point
