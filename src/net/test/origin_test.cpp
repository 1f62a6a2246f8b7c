// Whose page asks.
#include "net/origin.hpp"

#include <gtest/gtest.h>

using namespace vss::net;

namespace {

http_request asked(std::string origin, std::string host, bool encrypted) {
  http_request out;
  if (!origin.empty()) out.headers.set("Origin", std::move(origin));
  if (!host.empty()) out.headers.set("Host", std::move(host));
  out.encrypted = encrypted;
  return out;
}

TEST(origin, own_is_scheme_host_and_port_of_the_request) {
  EXPECT_TRUE(from_own_origin(asked("http://127.0.0.1:24000", "127.0.0.1:24000", false)));
  EXPECT_TRUE(from_own_origin(asked("https://vss.example", "vss.example", true)));
  EXPECT_TRUE(from_own_origin(asked("https://vss.example", "VSS.example", true)));
  EXPECT_TRUE(from_own_origin(asked("https://[::1]:24000", "[::1]:24000", true)));
}

TEST(origin, anything_else_is_not_own) {
  const char* others[] = {"https://vss.example.evil.test",
                          "https://evil.test",
                          "http://vss.example",
                          "https://vss.example:8443",
                          "null",
                          "https://vss.example/",
                          "vss.example",
                          "https://",
                          "https://vss.exampl",
                          "httpx://vss.example"};
  for (const auto* other : others) {
    EXPECT_FALSE(from_own_origin(asked(other, "vss.example", true))) << other;
    EXPECT_TRUE(from_other_origin(asked(other, "vss.example", true))) << other;
  }
  EXPECT_FALSE(from_own_origin(asked("https://vss.example", "", true)));
  EXPECT_FALSE(from_own_origin(asked("https://", "", true)));
  EXPECT_FALSE(from_own_origin(asked("https://vss.example", "vss.example", false)));
}

TEST(origin, who_does_not_say_is_neither_own_nor_another) {
  EXPECT_FALSE(from_own_origin(asked("", "vss.example", true)));
  EXPECT_FALSE(from_other_origin(asked("", "vss.example", true)));
}

TEST(origin, only_three_methods_are_safe) {
  for (const auto* method : {"GET", "HEAD", "OPTIONS"}) EXPECT_FALSE(is_unsafe(method)) << method;
  for (const auto* method : {"POST", "PUT", "PATCH", "DELETE", "get", ""}) EXPECT_TRUE(is_unsafe(method)) << method;
}

}  // namespace
