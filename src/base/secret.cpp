#include "base/secret.hpp"

namespace vss {

std::string masked(const e164& number) {
  const std::string& text = number.reveal();
  if (text.size() < 8) return "•••";
  std::string out = text.substr(0, 5);
  for (std::size_t i = 5; i + 2 < text.size(); ++i) out += "•";
  return out + text.substr(text.size() - 2);
}

}  // namespace vss
