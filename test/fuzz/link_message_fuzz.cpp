// Frames of the link, from either side: no crash on any bytes; what is read keeps within what PostgreSQL and people can
// bear, and a frame of ours is read back as it was written.
#include <cstdint>
#include <cstdlib>

#include "base/ids.hpp"
#include "base/json_text.hpp"
#include "link/hub_config.hpp"
#include "ottb/link_message.hpp"
#include "ottb/numbering.hpp"

namespace {

using namespace vss;

const instant now = instant{} + seconds(1'800'000'000);

void must(bool holds) {
  if (!holds) std::abort();
}

void must_fit(const std::string& text, std::size_t longest) {
  must(text.size() <= longest && text.find('\0') == std::string::npos && is_utf8(text));
}

struct bounds {
  void operator()(const link::status& said) const {
    must(ottb::is_slot_number(said.slot) && said.epoch >= 0);
    must(!said.attempt || is_uuid(*said.attempt));
    must_fit(said.trail, 100);
    must_fit(said.event, 64);
    if (said.call_id) must_fit(*said.call_id, 255);
    if (said.fault_code) must_fit(*said.fault_code, 64);
  }
  void operator()(const link::hub_event& said) const {
    must(!said.slot || ottb::is_slot_number(*said.slot));
    must_fit(said.kind, 64);
    must_fit(said.detail, 2000);
  }
  void operator()(const link::command_done& said) const {
    must(is_uuid(said.id));
    must_fit(said.message, 1000);
  }
  void operator()(const link::config_state& said) const {
    must_fit(said.hash, 64);
    must(said.drift.size() <= 100);
    for (const auto& pointer : said.drift) must_fit(pointer, 300);
  }
  void operator()(const ottb::unreadable& said) const { must(!said.why.empty() && is_utf8(said.why)); }
};

// What the hub takes from the server, and the server from a hub outside the numbered stream.
void other_messages(const dto::json::value& body) {
  (void)ottb::read_lenient<link::hello>(body);
  (void)ottb::read_lenient<link::ack>(body);
  (void)ottb::read_lenient<link::ping>(body);
  (void)dto::read<link::welcome>(body);
  (void)dto::read<link::command>(body);
  const auto push = dto::read<link::config_push>(body);
  if (push) (void)dto::read<link::hub_config>(push->document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto message = ottb::read_envelope(text);
  if (!message) {
    must(message.error().kind == errc::invalid && !message.error().message.empty());
    return 0;
  }
  const milliseconds skew(static_cast<std::int64_t>(size) * 1000 - 100'000);
  const auto item = ottb::numbered_item("hub", *message, skew, now);
  must(item.n == message->n && item.since <= now);
  std::visit(bounds{}, item.body);
  other_messages(message->body);
  const auto again = ottb::read_envelope(ottb::frame(message->t, message->n, message->body));
  must(again && again->t == message->t && again->n == message->n);
  return 0;
}
