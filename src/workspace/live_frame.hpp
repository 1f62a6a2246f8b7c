#pragma once
// The frames of subprotocol vss.live.1 that are not a topic's picture (those: live_topic.hpp). Pure.
//   client: {"t":"hello","ticket"} first, then {"t":"sub","topic"} and {"t":"unsub","topic"}
//   server: welcome, snap, delta, refused (with the permission that is missing), stale, beat, end
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace vss::workspace {

inline constexpr const char* live_protocol = "vss.live.1";

enum class live_verb { hello, sub, unsub };

struct client_frame {
  live_verb verb = live_verb::hello;
  std::string text;  // the ticket, or the topic
};
// invalid: not a frame of this protocol.
result<client_frame> read_client_frame(std::string_view text);

std::string welcome_frame(std::string_view server, std::string_view run, instant now);
std::string refused_frame(std::string_view topic, std::string_view permission);
std::string stale_frame(std::string_view topic, instant since);  // its source has not answered since then
std::string beat_frame(instant now);
std::string end_frame(std::string_view why);  // "session" or "rights"

}  // namespace vss::workspace
