// One-time codes by time: the vectors of RFC 6238, the window, replay, and what an app is told.
#include "point/totp.hpp"

#include <gtest/gtest.h>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

const secret key("12345678901234567890");
instant at(std::int64_t unix_seconds) { return instant{seconds(unix_seconds)}; }

// RFC 6238 appendix B, the rows with SHA-1.
TEST(totp, codes_are_those_of_rfc_6238) {
  const std::pair<std::int64_t, const char*> rows[] = {{59, "94287082"},
                                                       {1'111'111'109, "07081804"},
                                                       {1'111'111'111, "14050471"},
                                                       {1'234'567'890, "89005924"},
                                                       {2'000'000'000, "69279037"},
                                                       {20'000'000'000, "65353130"}};
  for (const auto& [when, code] : rows) {
    EXPECT_EQ(totp_code(key, totp_step_at(at(when)), 8), code) << when;
    // six digits are the last six of eight
    EXPECT_EQ(totp_code(key, totp_step_at(at(when))), std::string(code).substr(2)) << when;
  }
}

// RFC 4226 appendix D: the same arithmetic by counter.
TEST(totp, codes_are_those_of_rfc_4226) {
  const char* rows[] = {"755224", "287082", "359152", "969429", "338314",
                        "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t step = 0; step < 10; ++step) EXPECT_EQ(totp_code(key, step), rows[step]) << step;
}

TEST(totp, one_step_either_way_fits_and_no_more) {
  const auto now = at(2'000'000'000);
  const auto step = totp_step_at(now);
  for (const std::int64_t off : {-1, 0, 1}) {
    EXPECT_EQ(totp_match(key, totp_code(key, step + off), now, 0), step + off) << off;
  }
  for (const std::int64_t off : {-3, -2, 2, 3}) {
    EXPECT_FALSE(totp_match(key, totp_code(key, step + off), now, 0)) << off;
  }
}

TEST(totp, the_step_changes_with_the_half_minute) {
  EXPECT_EQ(totp_step_at(at(59)), 1);
  EXPECT_EQ(totp_step_at(at(60)), 2);
  EXPECT_EQ(totp_step_at(at(60) - std::chrono::microseconds(1)), 1);
}

TEST(totp, a_step_that_was_taken_or_lies_before_it_fits_no_more) {
  const auto now = at(2'000'000'000);
  const auto step = totp_step_at(now);
  EXPECT_TRUE(totp_match(key, totp_code(key, step), now, step - 1));
  EXPECT_FALSE(totp_match(key, totp_code(key, step), now, step));
  EXPECT_FALSE(totp_match(key, totp_code(key, step - 1), now, step));
  EXPECT_EQ(totp_match(key, totp_code(key, step + 1), now, step), step + 1);
}

TEST(totp, another_key_another_length_and_other_characters_do_not_fit) {
  const auto now = at(2'000'000'000);
  const auto code = totp_code(key, totp_step_at(now));
  EXPECT_FALSE(totp_match(secret("12345678901234567891"), code, now, 0));
  const std::string odd[] = {"", code.substr(1), code + "0", "0" + code, " " + code, code.substr(0, 5) + "x"};
  for (const auto& one : odd) EXPECT_FALSE(totp_match(key, one, now, 0)) << one;
}

TEST(totp, what_liboath_cannot_do_throws) {
  EXPECT_THROW(totp_code(key, -1), std::invalid_argument);
  EXPECT_THROW(totp_code(key, 1, 5), std::runtime_error);
  EXPECT_THROW(totp_code(key, 1, 9), std::runtime_error);
}

// RFC 4648 section 10, without the padding.
TEST(totp, base32_is_the_rfc_4648_one) {
  const std::pair<const char*, const char*> rows[] = {{"f", "MY"},           {"fo", "MZXQ"},
                                                      {"foo", "MZXW6"},      {"foob", "MZXW6YQ"},
                                                      {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [raw, text] : rows) EXPECT_EQ(base32(raw), text);
  fake_random random(1);
  const auto text = base32(random_bytes(random, totp_key_size));
  EXPECT_EQ(text.size(), 32u);
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
}

TEST(totp, the_uri_names_issuer_and_account_and_escapes_them) {
  EXPECT_EQ(totp_uri("VSS acme", "anna@acme", "GEZDGNBV"),
            "otpauth://totp/VSS%20acme:anna%40acme?secret=GEZDGNBV&issuer=VSS%20acme"
            "&algorithm=SHA1&digits=6&period=30");
  EXPECT_EQ(totp_uri("\xD0\xAF&:", "a", "B"),
            "otpauth://totp/%D0%AF%26%3A:a?secret=B&issuer=%D0%AF%26%3A&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace vss::point
