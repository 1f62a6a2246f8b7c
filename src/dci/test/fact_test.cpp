#include "dci/fact.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "dci/call_view.hpp"

namespace vss::dci {
namespace {

constexpr auto id = "0190a000-0000-7000-8000-000000000001";

ottb::call_ended ended() {
  ottb::call_ended out;
  out.call_id = id;
  out.started_at = *parse_instant("2026-11-22T10:00:00Z");
  out.ended_at = *parse_instant("2026-11-22T10:01:00Z");
  out.outcome = link::outcome::busy;
  return out;
}

TEST(fact, what_is_not_known_is_left_out) {
  const auto text = boost::json::serialize(fact_of(ended()));
  EXPECT_EQ(text,
            R"({"call_id":"0190a000-0000-7000-8000-000000000001","direction":"outbound",)"
            R"("started_at":"2026-11-22T10:00:00.000000Z","ended_at":"2026-11-22T10:01:00.000000Z","outcome":"busy",)"
            R"("sip_code":0,"q850":0,"rtp_sent":0,"rtp_received":0,"dtmf":""})");
}

TEST(fact, holds_all_that_is_known) {
  auto call = ended();
  call.story.id = "t1";
  call.direction = ottb::call_direction::inbound;
  call.slot = "7001";
  call.trunk = 11;
  call.answered_at = *parse_instant("2026-11-22T10:00:03.5Z");
  call.lead_call_id = "abc@x";
  const auto fact = fact_of(call);
  EXPECT_EQ(fact.at("trail"), "t1");
  EXPECT_EQ(fact.at("direction"), "inbound");
  EXPECT_EQ(fact.at("slot"), "7001");
  EXPECT_EQ(fact.at("trunk_id"), 11);
  EXPECT_EQ(fact.at("answered_at"), "2026-11-22T10:00:03.500000Z");
  EXPECT_EQ(fact.at("lead_call_id"), "abc@x");
}

TEST(fact, a_clock_that_went_back_does_not_end_a_call_before_it_began) {
  auto call = ended();
  call.ended_at = call.started_at - seconds(5);
  EXPECT_EQ(fact_of(call).at("ended_at"), "2026-11-22T10:00:00.000000Z");
}

TEST(fact, refused_attempts_and_foreign_ids_are_no_calls) {
  auto call = ended();
  EXPECT_TRUE(is_call(call));
  call.outcome = link::outcome::refused;
  EXPECT_FALSE(is_call(call));
  call = ended();
  call.call_id = "abc@1.2.3.4";
  EXPECT_FALSE(is_call(call));
}

TEST(cursor, comes_back_as_it_was) {
  call_view last;
  last.call_id = id;
  last.started_at = *parse_instant("2026-11-22T10:00:00.000123Z");
  call_filter filter;
  ASSERT_TRUE(read_cursor(cursor_of(last), filter));
  EXPECT_EQ(filter.before_at, last.started_at);
  EXPECT_EQ(filter.before_id, id);
  for (const auto* bad :
       {"", "x", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z,x", ",0190a000-0000-7000-8000-000000000001"}) {
    EXPECT_FALSE(read_cursor(bad, filter)) << bad;
  }
}

}  // namespace
}  // namespace vss::dci
