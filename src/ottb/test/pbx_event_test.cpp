#include "ottb/pbx_event.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace vss::ottb {
namespace {

pbx_event read(const char* text) { return from_ari(boost::json::parse(text).as_object()); }

TEST(pbx_event, a_start_carries_its_arguments_variables_and_call_id) {
  const auto event = read(R"({"type":"StasisStart","args":["slot","p-1","7001"],"channel":{"id":"17.1","state":"Ring",
      "protocol_id":"abc@host","channelvars":{"VSS_ROLE":"slot","VSS_PERMIT":"p-1"}}})");
  EXPECT_EQ(event.type, "StasisStart");
  EXPECT_EQ(event.channel, "17.1");
  EXPECT_EQ(event.protocol_id, "abc@host");
  EXPECT_EQ(event.args, (std::vector<std::string>{"slot", "p-1", "7001"}));
  EXPECT_EQ(event.variables.at("VSS_ROLE"), "slot");
}

TEST(pbx_event, a_dial_is_about_the_called_channel) {
  const auto event =
      read(R"({"type":"Dial","dialstatus":"RINGING","caller":{"id":"a"},"peer":{"id":"lead-1","state":"Down"}})");
  EXPECT_EQ(event.channel, "lead-1");
  EXPECT_EQ(event.dial_status, "RINGING");
}

TEST(pbx_event, an_end_has_both_codes) {
  const auto event = read(R"({"type":"ChannelDestroyed","cause":17,"tech_cause":486,"channel":{"id":"lead-1"}})");
  EXPECT_EQ(event.cause, 17);
  EXPECT_EQ(event.tech_cause, 486);
}

TEST(pbx_event, a_playback_belongs_to_its_channel) {
  const auto event =
      read(R"({"type":"PlaybackFinished","playback":{"id":"pb-1","target_uri":"channel:lead-1","state":"done"}})");
  EXPECT_EQ(event.channel, "lead-1");
  EXPECT_EQ(event.playback, "pb-1");
}

TEST(pbx_event, a_hung_up_leg_has_its_packets_counted) {
  const auto event = read(R"({"type":"ChannelVarset","variable":"RTPAUDIOQOS","channel":{"id":"lead-1"},
      "value":"ssrc=1;themssrc=2;lp=0;rxjitter=0.1;rxcount=150;txjitter=0.2;txcount=152;rlp=0;rtt=0.0"})");
  EXPECT_EQ(event.sent, 152);
  EXPECT_EQ(event.received, 150);
  const auto other = read(R"({"type":"ChannelVarset","variable":"X","channel":{"id":"l"},"value":";txcount=9"})");
  EXPECT_EQ(other.sent, -1);
}

TEST(pbx_event, wrong_types_are_empty_not_a_crash) {
  const auto event = read(R"({"type":7,"args":"x","channel":[1],"cause":"y","playback":3})");
  EXPECT_EQ(event.type, "");
  EXPECT_EQ(event.channel, "");
  EXPECT_EQ(event.cause, 0);
}

}  // namespace
}  // namespace vss::ottb
