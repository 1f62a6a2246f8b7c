#include "net/netstring.hpp"

#include <gtest/gtest.h>

namespace vss::net {
namespace {

TEST(netstring, reads_what_it_writes_byte_by_byte) {
  const std::string bytes = netstring("hello") + netstring("") + netstring("a,b:c");
  netstring_reader reader(100);
  std::vector<std::string> out;
  for (const char c : bytes) {
    reader.feed({&c, 1});
    while (auto text = reader.next()) out.push_back(*text);
  }
  EXPECT_EQ(out, (std::vector<std::string>{"hello", "", "a,b:c"}));
  EXPECT_FALSE(reader.broken());
}

TEST(netstring, refuses_what_is_not_one) {
  for (const char* bad : {"x", "5:hello!", "101:", "00:,", ":,", "12345678901:"}) {
    netstring_reader reader(100);
    reader.feed(bad);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.broken()) << bad;
    reader.feed("1:a,");
    EXPECT_FALSE(reader.next()) << "broken stays broken";
  }
}

TEST(netstring, waits_for_more) {
  netstring_reader reader(100);
  reader.feed("5:hel");
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.broken());
  reader.feed("lo,");
  EXPECT_EQ(reader.next(), "hello");
}

}  // namespace
}  // namespace vss::net
