// Every test program's main: gtest, and of the log only what went wrong, so that a failure can be seen in what is
// printed.
#include <gtest/gtest.h>

#include "base/log.hpp"

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  vss::log::open("", vss::log::level::warn);
  return RUN_ALL_TESTS();
}
