#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <algorithm>
#include <limits>

#include "net/backoff.hpp"
#include "net/pg_error.hpp"
#include "net/pg_scram.hpp"
#include "net/postgres.hpp"

namespace vss::net {
namespace {

TEST(pg_value, bytes_survive_the_text_form) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(bytea(std::string_view("\x00\xff\x1a", 3)), "\\x00ff1a");
  EXPECT_EQ(from_bytea(bytea(all)), all);
  EXPECT_EQ(from_bytea(""), "");
  EXPECT_THROW(from_bytea("\\x0"), std::invalid_argument);
  EXPECT_THROW(from_bytea("\\xzz"), std::invalid_argument);
  EXPECT_THROW(from_bytea("abcd"), std::invalid_argument);
}

TEST(pg_value, arrays_quote_what_would_mean_something) {
  const std::vector<std::string> words{"a", "b\"c", "d\\e", "", "NULL", "{x,y}"};
  EXPECT_EQ(text_array(words), R"({"a","b\"c","d\\e","","NULL","{x,y}"})");
  EXPECT_EQ(text_array({}), "{}");
  const std::vector<std::int64_t> numbers{1, -2, std::numeric_limits<std::int64_t>::min()};
  EXPECT_EQ(bigint_array(numbers), "{1,-2,-9223372036854775808}");
  EXPECT_EQ(bigint_array({}), "{}");
}

TEST(pg_value, parameters_have_one_text_form) {
  EXPECT_EQ(param(true).text(), "t");
  EXPECT_EQ(param(-5).text(), "-5");
  EXPECT_EQ(param(0.1).text(), "0.1");
  EXPECT_EQ(param("x").text(), "x");
  EXPECT_EQ(param(std::optional<std::string>()).text(), std::nullopt);
  EXPECT_EQ(param(std::optional<int>(7)).text(), "7");
  EXPECT_EQ(param(*parse_instant("2026-11-22T10:00:00+03:00")).text(), "2026-11-22T07:00:00.000000Z");
}

TEST(pg_value, a_result_is_read_by_type) {
  PGresult* made = PQmakeEmptyPGresult(nullptr, PGRES_TUPLES_OK);
  std::string names[] = {"a", "b", "c", "d"};
  PGresAttDesc columns[4] = {};
  for (int i = 0; i < 4; ++i) columns[i].name = names[i].data();
  PQsetResultAttrs(made, 4, columns);
  std::string whole = "-42", real = "2.5", when = "2026-11-22 07:00:00.5+00";
  PQsetvalue(made, 0, 0, whole.data(), static_cast<int>(whole.size()));
  PQsetvalue(made, 0, 1, real.data(), static_cast<int>(real.size()));
  PQsetvalue(made, 0, 2, when.data(), static_cast<int>(when.size()));
  PQsetvalue(made, 0, 3, nullptr, -1);
  const rows all(std::shared_ptr<void>(made, [](void* held) { PQclear(static_cast<PGresult*>(held)); }));
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all[0].whole(0), -42);
  EXPECT_EQ(all[0].real(1), 2.5);
  EXPECT_EQ(all[0].time(2), *parse_instant("2026-11-22T07:00:00.5Z"));
  EXPECT_TRUE(all[0].null(3));
  EXPECT_EQ(all[0].text(3), "");
  EXPECT_EQ(all[0].maybe(3), std::nullopt);
  EXPECT_EQ(all[0].maybe_time(3), std::nullopt);
  EXPECT_THROW(all[0].text(4), std::out_of_range);
  EXPECT_THROW(all[0].whole(1), std::invalid_argument);
  EXPECT_THROW(all[0].time(0), std::invalid_argument);
}

TEST(pg_error, sqlstates_have_kinds) {
  const std::pair<const char*, errc> table[] = {
      {"23505", errc::conflict},    {"23P01", errc::conflict},    {"23503", errc::conflict},
      {"40001", errc::conflict},    {"40P01", errc::conflict},    {"55P03", errc::conflict},
      {"23514", errc::invalid},     {"23502", errc::invalid},     {"22P02", errc::invalid},
      {"22001", errc::invalid},     {"57014", errc::timeout},     {"57P01", errc::unavailable},
      {"57P03", errc::unavailable}, {"08006", errc::unavailable}, {"53300", errc::unavailable},
      {"53100", errc::unavailable}, {"25006", errc::unavailable}, {"42501", errc::forbidden},
      {"42601", errc::internal},    {"P0001", errc::internal},
  };
  for (const auto& [sqlstate, kind] : table) EXPECT_EQ(kind_of_sqlstate(sqlstate), kind) << sqlstate;
  for (const auto* gone : {"57P01", "57P02", "08006", "25006", "26000"}) EXPECT_TRUE(ends_connection(gone)) << gone;
  for (const auto* stays : {"57014", "23505", "40001", "42501"}) EXPECT_FALSE(ends_connection(stays)) << stays;
}

// The salt of the example in RFC 7677; its keys follow from "pencil".
class example_salt final : public random_source {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    constexpr std::uint8_t salt[] = {0x5b, 0x6d, 0x99, 0x68, 0x9d, 0x12, 0x35, 0x8e,
                                     0xec, 0xa0, 0x4b, 0x14, 0x12, 0x36, 0xfa, 0x81};
    std::copy_n(salt, std::min(bytes.size(), sizeof salt), bytes.begin());
  }
};

TEST(pg_scram, makes_the_verifier_of_rfc_7677) {
  example_salt random;
  EXPECT_EQ(scram_verifier(secret("pencil"), random),
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
            "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
}

TEST(backoff, doubles_to_three_seconds_and_begins_again) {
  backoff later;
  for (const int whole : {100, 200, 400, 800, 1600, 3000, 3000, 3000}) {
    const auto wait = later.next();
    EXPECT_GE(wait.count(), whole / 2);
    EXPECT_LE(wait.count(), whole);
  }
  later.reset();
  EXPECT_LE(later.next().count(), 100);
}

}  // namespace
}  // namespace vss::net
