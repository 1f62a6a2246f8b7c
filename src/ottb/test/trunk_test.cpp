#include "ottb/trunk.hpp"

#include <gtest/gtest.h>

#include "ottb/edge_health.hpp"

namespace vss::ottb {
namespace {

std::string wrong(const trunk_input& input, bool has_secret = false) {
  std::string out;
  for (const auto& each : check_trunk(input, has_secret)) out += each.pointer + " ";
  return out;
}

TEST(trunk, the_loopback_is_written_as_an_address) {
  for (const char* good : {"127.0.0.1", "127.255.255.255", "127.0.0.3"}) EXPECT_TRUE(on_loopback(good)) << good;
  for (const char* bad : {"128.0.0.1", "127.0.0", "127.0.0.256", "127.0.0.1.example.com", "127.0..1", "localhost",
                          "127.0.0.1a", "127.0.0.", "1127.0.0.1"}) {
    EXPECT_FALSE(on_loopback(bad)) << bad;
  }
}

TEST(trunk, a_simulated_one_never_leaves_the_machine) {
  trunk_input input;
  input.host = "127.0.0.3";
  input.simulated = true;
  EXPECT_EQ(wrong(input), "");
  input.host = "sip.example.com";
  EXPECT_EQ(wrong(input), "/simulated ");
  input.simulated = false;
  EXPECT_EQ(wrong(input), "");
}

TEST(trunk, registration_needs_user_realm_and_secret) {
  trunk_input input;
  input.host = "sip.example.com";
  input.mode = "register";
  EXPECT_EQ(wrong(input), "/auth_user /auth_realm /auth_secret ");
  input.auth_user = "u";
  input.auth_realm = "example.com";
  EXPECT_EQ(wrong(input), "/auth_secret ");
  EXPECT_EQ(wrong(input, true), "") << "the stored one stays";
  input.auth_secret = secret("s");
  EXPECT_EQ(wrong(input), "");
  input.auth_realm.reset();
  input.mode = "ip";
  EXPECT_EQ(wrong(input), "/auth_secret ");
}

TEST(trunk, its_description_refuses_what_the_edge_could_not_read) {
  const auto problems = [](const char* text) {
    auto read = dto::parse<trunk_input>(text);
    std::string out;
    if (!read) {
      for (const auto& each : read.error().problems) out += each.pointer + " ";
    }
    return out;
  };
  EXPECT_EQ(problems(R"({"name":"a","host":"127.0.0.3"})"), "");
  EXPECT_EQ(
      problems(R"({"name":"a","host":"a;b","port":0,"cps":501,"dialect":{"strip":5,"identity":"x","peers":["a b"]}})"),
      "/host /port /cps /dialect/strip /dialect/identity /dialect/peers/0 ");
  EXPECT_EQ(problems(R"({"name":"a\nb","host":"h","prefix":"44"})"), "/name /prefix ");
}

TEST(edge_health, reads_the_dispatcher_list) {
  const auto list = dto::parse_json(R"({"NRSETS":3,"RECORDS":[
    {"SET":{"ID":1,"TARGETS":[{"DEST":{"URI":"sip:127.0.0.2:5060","FLAGS":"AP"}}]}},
    {"SET":{"ID":1011,"TARGETS":[{"DEST":{"URI":"sip:127.0.0.3:5080","FLAGS":"AP"}}]}},
    {"SET":{"ID":1012,"TARGETS":[{"DEST":{"URI":"sip:127.0.0.4:5081","FLAGS":"IP"}}]}},
    {"SET":{"ID":1013,"TARGETS":[{"DEST":{"URI":"sip:127.0.0.5:5081","FLAGS":"TP"}}]}}]})");
  EXPECT_EQ(trunk_health(*list), (std::map<int, bool>{{11, true}, {12, false}}));
  for (const char* odd :
       {"3", "{}", R"({"RECORDS":3})", R"({"RECORDS":[{"SET":{"ID":"x"}},7,{"SET":{"ID":1011,"TARGETS":[{}]}}]})"}) {
    EXPECT_TRUE(trunk_health(*dto::parse_json(odd)).empty()) << odd;
  }
}

}  // namespace
}  // namespace vss::ottb
