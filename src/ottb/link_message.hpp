#pragma once
// Link frames to values and back. Reading is lenient where the protocol grows (unknown members are ignored, as the two
// minor versions before ours are welcome) and strict where PostgreSQL or people would suffer: texts are cut to a bound
// and hold no NUL, ids are ids. Pure.
#include <string>
#include <string_view>

#include "link/message.hpp"
#include "ottb/link_batch.hpp"

namespace vss::ottb {

result<link::envelope> read_envelope(std::string_view text);

template <class T>
result<T> read_lenient(const dto::json::value& from) {
  T value{};
  dto::problems bad;
  dto::read_into(from, value, "", bad);
  std::erase_if(bad, [](const problem& p) { return p.message == "unknown member"; });
  if (bad.empty()) return value;
  return std::unexpected(error{errc::invalid, "the message does not read", std::move(bad)});
}

// A numbered message of the archont as an item to commit; `unreadable` when it does not read. `skew`: server clock
// minus the hub's.
link_item numbered_item(std::string hub, const link::envelope& message, milliseconds skew, instant now);

std::string frame(std::string_view type, std::int64_t n, const dto::json::value& body);
std::string ack_frame(std::int64_t upto);

}  // namespace vss::ottb
