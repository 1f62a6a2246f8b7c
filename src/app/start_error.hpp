#pragma once
// A start-up failure for people: what is wrong, and every wrong place of a configuration at once.
#include <stdexcept>

#include "base/result.hpp"

namespace vss::app {

inline std::runtime_error start_error(const error& why) {
  std::string text = why.message;
  for (const auto& bad : why.problems) text += "\n  " + bad.pointer + ": " + bad.message;
  return std::runtime_error(text);
}

}  // namespace vss::app
