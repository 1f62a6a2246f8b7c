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

pbx_event edge(const char* text) { return from_edge(boost::json::parse(text).as_object()); }

TEST(pbx_event, the_end_of_a_try_tells_its_trunk_and_what_was_heard) {
  const auto event = edge(R"({"ev":"trunk_result","permit":"p","trunk":11,"code":408,"saw":100,"timeout":1,"more":1})");
  EXPECT_EQ(event.type, "edge.trunk_result");
  EXPECT_EQ(event.trunk, 11);
  EXPECT_EQ(event.saw, 100);
  EXPECT_TRUE(event.silent);
  EXPECT_FALSE(event.final_word);
}

TEST(pbx_event, the_dialog_of_the_lead_leg_carries_its_trunk_as_text) {
  EXPECT_EQ(edge(R"({"ev":"dlg_start","leg":"lead","trunk":"12"})").type, "edge.answered");
  EXPECT_EQ(edge(R"({"ev":"dlg_start","leg":"lead","trunk":"12"})").trunk, 12);
  EXPECT_EQ(edge(R"({"ev":"dlg_failed","leg":"lead","trunk":""})").type, "edge.over");
  EXPECT_EQ(edge(R"({"ev":"dlg_end","leg":"lead"})").type, "edge.over");
  EXPECT_EQ(edge(R"({"ev":"dlg_end","leg":"slot"})").type, "");
  EXPECT_EQ(edge(R"({"ev":"health","up":1})").type, "");
}

TEST(pbx_event, a_trunk_that_is_no_number_is_no_trunk) {
  EXPECT_EQ(edge(R"({"ev":"dlg_end","leg":"lead","trunk":"99999999999999999999"})").trunk, 0);
  EXPECT_EQ(edge(R"({"ev":"dlg_end","leg":"lead","trunk":"12x"})").trunk, 0);
  EXPECT_EQ(edge(R"({"ev":"trunk_result","trunk":4294967307})").trunk, 0);
}

TEST(pbx_event, dialogs_are_one_or_a_list_or_none) {
  const auto count = [](const char* text) { return dialogs_of(boost::json::parse(text)).size(); };
  EXPECT_EQ(count(R"({"h_entry":1,"h_id":2})"), 1U);
  EXPECT_EQ(count(R"([{"h_entry":1},{"h_entry":2},{"error":404},7])"), 2U);
  EXPECT_EQ(count(R"({"code":404,"message":"not found"})"), 0U);
  EXPECT_EQ(count("null"), 0U);
}

}  // namespace
}  // namespace vss::ottb
