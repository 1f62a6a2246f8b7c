#include "net/netstring.hpp"

namespace vss::net {

std::string netstring(std::string_view text) { return std::to_string(text.size()) + ":" + std::string(text) + ","; }

std::optional<std::string> netstring_reader::next() {
  if (broken_) return std::nullopt;
  std::size_t length = 0;
  std::size_t at = 0;
  while (at < buffer_.size() && buffer_[at] >= '0' && buffer_[at] <= '9') {
    length = length * 10 + static_cast<std::size_t>(buffer_[at++] - '0');
    if (length > bound_ || at > 9 || (at == 2 && buffer_[0] == '0')) {
      broken_ = true;
      return std::nullopt;
    }
  }
  if (at == buffer_.size()) return std::nullopt;
  if (at == 0 || buffer_[at] != ':') {
    broken_ = true;
    return std::nullopt;
  }
  const std::size_t whole = at + 1 + length + 1;
  if (buffer_.size() < whole) return std::nullopt;
  if (buffer_[whole - 1] != ',') {
    broken_ = true;
    return std::nullopt;
  }
  std::string out = buffer_.substr(at + 1, length);
  buffer_.erase(0, whole);
  return out;
}

}  // namespace vss::net
