#pragma once
// Netstrings (D. J. Bernstein, 1997): "<length>:<bytes>,". The reader is pure, takes bytes as they come, and refuses
// what is longer than its bound or malformed; after a refusal it stays refused and the connection must be closed.
#include <optional>
#include <string>
#include <string_view>

namespace vss::net {

std::string netstring(std::string_view text);

class netstring_reader {
 public:
  explicit netstring_reader(std::size_t bound) : bound_(bound) {}
  void feed(std::string_view bytes) { buffer_ += bytes; }
  // The next whole string; empty when more bytes are needed or the input is broken.
  std::optional<std::string> next();
  bool broken() const { return broken_; }

 private:
  std::size_t bound_;
  std::string buffer_;
  bool broken_ = false;
};

}  // namespace vss::net
