#include "ottb/window.hpp"

#include <gtest/gtest.h>

#include "ottb/window_ranges.hpp"

namespace vss::ottb {
namespace {

constexpr std::uint8_t weekdays = 0b0011111;
constexpr std::uint8_t every_day = 0b1111111;

instant at(const char* text) { return parse_instant(text).value(); }
calling_hours hours(std::uint8_t days, int from, int to) { return {{{days, from * 60, to * 60}}, {}}; }

struct moment {
  const char* zone;
  const char* now;
  bool open;
  const char* opens;
};

// 09:00-20:00 on working days. 2026-11-22 is a Sunday.
TEST(window, table_of_given_times) {
  const auto office = hours(weekdays, 9, 20);
  const moment all[] = {
      {"Europe/Moscow", "2026-11-23T06:00:00Z", true, ""},
      {"Europe/Moscow", "2026-11-23T05:59:59.999999Z", false, "2026-11-23T06:00:00Z"},
      {"Europe/Moscow", "2026-11-23T16:59:59Z", true, ""},
      {"Europe/Moscow", "2026-11-23T17:00:00Z", false, "2026-11-24T06:00:00Z"},
      {"Europe/Moscow", "2026-11-22T10:00:00Z", false, "2026-11-23T06:00:00Z"},
      {"Europe/Moscow", "2026-11-27T18:00:00Z", false, "2026-11-30T06:00:00Z"},
      {"America/New_York", "2026-11-23T14:00:00Z", true, ""},
      {"America/New_York", "2026-11-23T13:59:00Z", false, "2026-11-23T14:00:00Z"},
      {"America/New_York", "2026-07-06T13:00:00Z", true, ""},  // summer: UTC-4
      {"America/New_York", "2026-07-07T00:00:00Z", false, "2026-07-07T13:00:00Z"},
      {"Asia/Kolkata", "2026-11-23T03:30:00Z", true, ""},  // half an hour
      {"Asia/Kolkata", "2026-11-23T03:29:59Z", false, "2026-11-23T03:30:00Z"},
      {"Asia/Kathmandu", "2026-11-23T03:15:00Z", true, ""},                          // three quarters
      {"Pacific/Kiritimati", "2026-11-22T19:00:00Z", true, ""},                      // Monday there, Sunday in UTC
      {"Pacific/Pago_Pago", "2026-11-23T06:30:00Z", false, "2026-11-23T20:00:00Z"},  // Sunday there
      {"Asia/Kamchatka", "2026-11-22T21:00:00Z", true, ""},
  };
  for (const auto& each : all) {
    const std::vector<std::string> zones{each.zone};
    const auto got = look(office, zones, at(each.now));
    EXPECT_EQ(got.open, each.open) << each.zone << " " << each.now;
    if (!each.open) {
      ASSERT_TRUE(got.opens) << each.zone << " " << each.now;
      EXPECT_EQ(to_text(*got.opens), to_text(at(each.opens))) << each.zone << " " << each.now;
    }
  }
}

TEST(window, clocks_go_forward) {  // New York, 2026-03-08: 02:00 -> 03:00, i.e. 07:00 UTC
  const std::vector<std::string> zone{"America/New_York"};
  const calling_hours gap{{{every_day, 150, 240}}, {}};  // 02:30-04:00: begins inside the gap
  EXPECT_FALSE(look(gap, zone, at("2026-03-08T06:59:59Z")).open);
  EXPECT_EQ(look(gap, zone, at("2026-03-08T06:30:00Z")).opens, at("2026-03-08T07:00:00Z"));
  EXPECT_TRUE(look(gap, zone, at("2026-03-08T07:00:00Z")).open);   // local 03:00
  EXPECT_FALSE(look(gap, zone, at("2026-03-08T08:00:00Z")).open);  // local 04:00
  const calling_hours lost{{{every_day, 130, 170}}, {}};           // 02:10-02:50 does not exist that day
  EXPECT_EQ(look(lost, zone, at("2026-03-08T06:59:00Z")).opens, at("2026-03-09T06:10:00Z"));
}

TEST(window, clocks_go_back) {  // New York, 2026-11-01: 02:00 EDT -> 01:00 EST at 06:00 UTC; 01:00-02:00 happens twice
  const std::vector<std::string> zone{"America/New_York"};
  const calling_hours early{{{every_day, 90, 540}}, {}};  // 01:30-09:00
  EXPECT_FALSE(look(early, zone, at("2026-11-01T05:29:59Z")).open);
  EXPECT_TRUE(look(early, zone, at("2026-11-01T05:30:00Z")).open);   // 01:30 EDT
  EXPECT_FALSE(look(early, zone, at("2026-11-01T06:15:00Z")).open);  // 01:15 EST: the clock says before the window
  EXPECT_TRUE(look(early, zone, at("2026-11-01T06:30:00Z")).open);
  const auto day = hours(every_day, 8, 21);
  EXPECT_FALSE(look(day, zone, at("2026-11-01T12:30:00Z")).open);  // 07:30 EST; by summer time it would be 08:30
  EXPECT_TRUE(look(day, zone, at("2026-11-01T13:00:00Z")).open);
  EXPECT_TRUE(look(day, zone, at("2026-11-02T01:59:59Z")).open);
}

TEST(window, half_hour_daylight_saving) {  // Lord Howe moves by 30 minutes: 2026-10-04 02:00 -> 02:30
  const std::vector<std::string> zone{"Australia/Lord_Howe"};
  const auto day = hours(every_day, 9, 20);
  EXPECT_TRUE(look(day, zone, at("2026-10-02T22:30:00Z")).open);  // UTC+10:30
  EXPECT_FALSE(look(day, zone, at("2026-10-02T22:29:00Z")).open);
  EXPECT_TRUE(look(day, zone, at("2026-10-04T22:00:00Z")).open);  // UTC+11
}

TEST(window, several_zones_must_all_be_open) {
  const auto day = hours(every_day, 9, 20);
  const std::vector<std::string> both{"America/New_York", "America/Los_Angeles"};
  EXPECT_FALSE(look(day, both, at("2026-11-23T14:30:00Z")).open);  // 09:30 and 06:30
  EXPECT_EQ(look(day, both, at("2026-11-23T14:30:00Z")).opens, at("2026-11-23T17:00:00Z"));
  EXPECT_TRUE(look(day, both, at("2026-11-23T17:00:00Z")).open);
  EXPECT_FALSE(look(day, both, at("2026-11-24T01:00:00Z")).open);  // 20:00 in New York
  EXPECT_EQ(look(day, both, at("2026-11-24T01:00:00Z")).opens, at("2026-11-24T17:00:00Z"));
}

TEST(window, zones_without_a_shared_hour_never_open) {
  const auto narrow = hours(every_day, 9, 12);
  const std::vector<std::string> apart{"Europe/Kaliningrad", "Asia/Kamchatka"};
  const auto got = look(narrow, apart, at("2026-11-23T06:00:00Z"));
  EXPECT_FALSE(got.open);
  EXPECT_FALSE(got.opens);
}

TEST(window, holidays_and_empty_hours) {
  auto day = hours(every_day, 9, 20);
  day.holidays = {"2026-11-23", "2026-11-24"};
  const std::vector<std::string> zone{"Europe/Moscow"};
  EXPECT_EQ(look(day, zone, at("2026-11-23T10:00:00Z")).opens, at("2026-11-25T06:00:00Z"));
  EXPECT_TRUE(look(day, zone, at("2026-11-22T10:00:00Z")).open);
  EXPECT_FALSE(look(calling_hours{}, zone, at("2026-11-22T10:00:00Z")).opens);
}

TEST(window, unknown_or_no_zone_is_closed_for_good) {
  const auto day = hours(every_day, 0, 24);
  for (const std::vector<std::string>& zones : {std::vector<std::string>{}, {"Mars/Olympus"}, {"Europe/Moscow", "x"}}) {
    const auto got = look(day, zones, at("2026-11-23T10:00:00Z"));
    EXPECT_FALSE(got.open);
    EXPECT_FALSE(got.opens);
  }
  for (const auto* bad : {"", "../../etc/passwd", "europe", "Europe/Moscow ", "zone.tab"})
    EXPECT_FALSE(is_zone(bad)) << bad;
  EXPECT_TRUE(is_zone("Europe/Moscow"));
}

TEST(window, midnight_is_the_end_of_the_day) {
  const std::vector<std::string> zone{"Europe/Moscow"};
  const auto late = hours(every_day, 22, 24);
  EXPECT_TRUE(look(late, zone, at("2026-11-23T20:59:59Z")).open);
  EXPECT_FALSE(look(late, zone, at("2026-11-23T21:00:00Z")).open);
}

using names = std::vector<std::string>;

TEST(zones, by_area_code_country_and_column) {
  EXPECT_EQ(zones_of("+12125550123", "US", ""), names{"America/New_York"});
  EXPECT_EQ(zones_of("+13105550123", "US", ""), names{"America/Los_Angeles"});
  EXPECT_EQ(zones_of("+18085550123", "US", ""), names{"Pacific/Honolulu"});
  EXPECT_EQ(zones_of("+74951234567", "RU", ""), names{"Europe/Moscow"});
  EXPECT_EQ(zones_of("+73431234567", "RU", ""), names{"Asia/Yekaterinburg"});
  EXPECT_EQ(zones_of("+74011234567", "RU", ""), names{"Europe/Kaliningrad"});
  EXPECT_EQ(zones_of("+442079460018", "GB", ""), names{"Europe/London"});
  EXPECT_EQ(zones_of("+4930123456", "DE", "").size(), 2u);    // Berlin and Busingen
  EXPECT_GT(zones_of("+79161234567", "RU", "").size(), 10u);  // a mobile may be anywhere in Russia
  EXPECT_GT(zones_of("+13995550123", "US", "").size(), 20u);  // an area code the table does not know
  EXPECT_TRUE(zones_of("+80012345678", "", "").empty());
  EXPECT_EQ(zones_of("+80012345678", "", "Asia/Omsk"), names{"Asia/Omsk"});
  EXPECT_EQ(zones_of("+79161234567", "RU", "Asia/Omsk"), names{"Asia/Omsk"});
  EXPECT_EQ(zones_of("+12125550123", "US", "America/Los_Angeles"), (names{"America/Los_Angeles", "America/New_York"}));
}

TEST(zones, the_table_is_sorted_and_every_zone_exists) {
  const auto ranges = zone_table_ranges();
  for (std::size_t i = 1; i < ranges.size(); ++i) EXPECT_LT(ranges[i - 1].prefix, ranges[i].prefix);
  const auto sets = zone_table_sets();
  for (const auto& each : ranges) EXPECT_LT(static_cast<std::size_t>(each.set), sets.size());
  for (const auto& each : zone_table_countries()) EXPECT_LT(static_cast<std::size_t>(each.set), sets.size());
  for (auto set : sets) {
    while (!set.empty()) {
      const auto end = std::min(set.find(' '), set.size());
      EXPECT_TRUE(is_zone(set.substr(0, end))) << set.substr(0, end);
      set.remove_prefix(std::min(end + 1, set.size()));
    }
  }
  EXPECT_FALSE(zone_table_version().empty());
}

}  // namespace
}  // namespace vss::ottb
