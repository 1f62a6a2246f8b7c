#include "ottb/campaign.hpp"

#include <gtest/gtest.h>

#include "ottb/campaign_document.hpp"
#include "ottb/profile_document.hpp"

namespace vss::ottb {
namespace {

using s = campaign_state;
using v = campaign_verb;

TEST(campaign, states_follow_the_table_and_nothing_else) {
  const std::tuple<s, v, s> allowed[] = {
      {s::draft, v::start, s::running},       {s::stopped, v::start, s::running},
      {s::finished, v::start, s::running},    {s::running, v::pause, s::paused},
      {s::paused, v::resume, s::running},     {s::running, v::drain, s::draining},
      {s::paused, v::drain, s::draining},     {s::draining, v::resume, s::running},
      {s::running, v::stop, s::stopped},      {s::paused, v::stop, s::stopped},
      {s::draining, v::stop, s::stopped},     {s::draining, v::drained, s::stopped},
      {s::running, v::finished, s::finished}, {s::draining, v::finished, s::finished},
  };
  int count = 0;
  for (int from = 0; from <= static_cast<int>(s::finished); ++from) {
    for (int verb = 0; verb <= static_cast<int>(v::finished); ++verb) {
      const auto got = next_state(static_cast<s>(from), static_cast<v>(verb));
      std::optional<s> wanted;
      for (const auto& [f, w, to] : allowed) {
        if (f == static_cast<s>(from) && w == static_cast<v>(verb)) wanted = to;
      }
      EXPECT_EQ(got, wanted) << from << " " << verb;
      if (got) ++count;
    }
  }
  EXPECT_EQ(count, 14);
}

campaign_input input() {
  campaign_input out;
  out.name = "spring";
  out.flow = "00000000-0000-0000-0000-000000000001";
  out.caller_id = "+12125550100";
  return out;
}

std::string pointers(const result<void>& got) {
  std::string out;
  if (!got) {
    for (const auto& each : got.error().problems) out += each.pointer + " ";
  }
  return out;
}

TEST(campaign, input_is_checked_across_members) {
  EXPECT_EQ(pointers(check(input(), true)), "");
  auto bad = input();
  bad.flow.reset();
  bad.starts_at = parse_instant("2026-11-23T12:00:00Z").value();
  bad.ends_at = bad.starts_at;
  bad.retry = {{"nobody_home", 5}, {"busy", 32LL * 86400}};
  bad.ring_seconds = 5;
  EXPECT_EQ(pointers(check(bad, true)), "/flow /ends_at /retry/busy /retry/nobody_home /ring_seconds ");
  EXPECT_EQ(pointers(check(bad, false)), "/flow /ends_at /retry/busy /retry/nobody_home ");
  bad = input();
  bad.mode = campaign_mode::progressive;
  bad.flow.reset();
  EXPECT_EQ(pointers(check(bad, true)), "");
}

TEST(campaign, defaults_may_be_left_out) {
  const auto read = dto::parse<campaign_input>(R"({"name":"a","mode":"ivr","caller_id":"+12125550100"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->max_attempts, 3);
  EXPECT_FALSE(dto::parse<campaign_input>(R"({"name":"a","mode":"ivr","caller_id":"12125550100"})"));
  EXPECT_FALSE(dto::parse<campaign_input>(R"({"name":"a","mode":"predictive","caller_id":"+12125550100"})"));
  EXPECT_FALSE(dto::parse<campaign_input>(R"({"name":"","mode":"ivr","caller_id":"+12125550100","extra":1})"));
}

TEST(profile, a_document_becomes_rules) {
  const auto document = dto::parse<profile_document>(R"({"windows":[
      {"days":["mon","tue","wed","thu","fri"],"from":"09:00","to":"20:00"},{"days":["sat"],"from":"10:30","to":"24:00"}],
      "caps":[{"hours":24,"most":1},{"hours":168,"most":2}],"countries":["RU"],"holidays":["2026-01-07"]})");
  ASSERT_TRUE(document);
  const auto rules = make_profile("id", "strict", 1, *document);
  ASSERT_TRUE(rules);
  EXPECT_TRUE(rules->consent_required);  // the strict side is the default
  EXPECT_FALSE(rules->machine_advertising);
  ASSERT_EQ(rules->hours.windows.size(), 2u);
  EXPECT_EQ(rules->hours.windows[0].days, 0b0011111);
  EXPECT_EQ(rules->hours.windows[0].from, 540);
  EXPECT_EQ(rules->hours.windows[0].to, 1200);
  EXPECT_EQ(rules->hours.windows[1].days, 0b0100000);
  EXPECT_EQ(rules->hours.windows[1].from, 630);
  EXPECT_EQ(rules->hours.windows[1].to, 1440);
  ASSERT_EQ(rules->caps.size(), 2u);
  EXPECT_EQ(rules->caps[1].hours, 168);
  EXPECT_EQ(rules->countries, std::vector<std::string>{"RU"});
}

TEST(profile, a_window_that_ends_before_it_begins_is_refused) {
  profile_document document;
  document.windows = {{{"mon"}, "20:00", "09:00"}, {{"tue"}, "09:00", "09:00"}, {{"wed"}, "00:00", "24:00"}};
  const auto got = make_profile("id", "n", 1, document);
  ASSERT_FALSE(got);
  ASSERT_EQ(got.error().problems.size(), 2u);
  EXPECT_EQ(got.error().problems[0].pointer, "/document/windows/0/to");
  EXPECT_FALSE(dto::parse<profile_document>(R"({"windows":[{"days":["mon"],"from":"9:00","to":"20:00"}]})"));
  EXPECT_FALSE(dto::parse<profile_document>(R"({"windows":[{"days":["someday"],"from":"09:00","to":"20:00"}]})"));
  EXPECT_FALSE(dto::parse<profile_document>(R"({"holidays":["2026-13-01"]})"));
  EXPECT_TRUE(dto::parse<profile_document>("{}"));
}

}  // namespace
}  // namespace vss::ottb
