#include "ottb/link_message.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/json_text.hpp"
#include "ottb/numbering.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds trusted_skew{1000};

void tidy(std::string& text, std::size_t longest) {
  std::erase(text, '\0');
  if (text.size() > longest) {
    text.resize(longest);
    while (!text.empty() && !is_utf8(text)) text.pop_back();
  }
}
void tidy(std::optional<std::string>& text, std::size_t longest) {
  if (text) tidy(*text, longest);
}
void only_uuid(std::optional<std::string>& text) {
  if (text && !is_uuid(*text)) text.reset();
}

// A JSON text without its escaped NULs; an escaped backslash before "u0000" is no NUL.
std::string without_nul(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("\\u0000")) {
      at += 6;
      continue;
    }
    const std::size_t piece = text[at] == '\\' ? 2 : 1;
    out += text.substr(at, piece);
    at += piece;
  }
  return out;
}

std::string why_not(const error& what) {
  std::string out = what.message;
  for (const auto& each : what.problems) out += "; " + each.pointer + ": " + each.message;
  tidy(out, 500);
  return out;
}

void take(link_item& item, link::status said, milliseconds skew, instant now) {
  tidy(said.trail, 100);
  tidy(said.event, 64);
  tidy(said.call_id, 255);
  tidy(said.fault_code, 64);
  only_uuid(said.attempt);
  const bool far = std::abs(skew.count()) > trusted_skew.count();
  item.since = std::min(now, far ? said.at + skew : said.at);
  if (!is_slot_number(said.slot) || said.epoch < 0)
    item.body = unreadable{"no slot number or a negative epoch"};
  else
    item.body = std::move(said);
}

void take(link_item& item, link::hub_event said) {
  tidy(said.trail, 100);
  tidy(said.kind, 64);
  tidy(said.detail, 2000);
  if (said.slot && !is_slot_number(*said.slot)) said.slot.reset();
  item.body = std::move(said);
}

void take(link_item& item, link::command_done said) {
  tidy(said.message, 1000);
  if (is_uuid(said.id))
    item.body = std::move(said);
  else
    item.body = unreadable{"command_done without the id of a command"};
}

void take(link_item& item, link::config_state said) {
  tidy(said.hash, 64);
  if (said.drift.size() > 100) said.drift.resize(100);
  for (auto& pointer : said.drift) tidy(pointer, 300);
  item.body = std::move(said);
}

}  // namespace

// A frame is journalled until it is acknowledged: one NUL in it must not bring it back for ever.
result<link::envelope> read_envelope(std::string_view text) {
  auto json = dto::parse_json(text);
  if (!json && text.find("\\u0000") != text.npos) json = dto::parse_json(without_nul(text));
  if (!json) return std::unexpected(std::move(json.error()));
  return read_lenient<link::envelope>(*json);
}

link_item numbered_item(std::string hub, const link::envelope& message, milliseconds skew, instant now) {
  link_item item{std::move(hub), message.n, unreadable{"no such type of message"}, now};
  const auto read = [&]<class T>(T, auto use) {
    auto said = read_lenient<T>(message.body);
    if (said)
      use(std::move(*said));
    else
      item.body = unreadable{message.t + ": " + why_not(said.error())};
  };
  if (message.t == "status") {
    read(link::status{}, [&](link::status said) { take(item, std::move(said), skew, now); });
  } else if (message.t == "event") {
    read(link::hub_event{}, [&](link::hub_event said) { take(item, std::move(said)); });
  } else if (message.t == "command_done") {
    read(link::command_done{}, [&](link::command_done said) { take(item, std::move(said)); });
  } else if (message.t == "config_state") {
    read(link::config_state{}, [&](link::config_state said) { take(item, std::move(said)); });
  }
  return item;
}

std::string frame(std::string_view type, std::int64_t n, const dto::json::value& body) {
  return "{\"t\":" + json_text(type) + ",\"n\":" + std::to_string(n) + ",\"body\":" + dto::json::serialize(body) + "}";
}

std::string ack_frame(std::int64_t upto) {
  return "{\"t\":\"ack\",\"n\":0,\"body\":{\"upto\":" + std::to_string(upto) + "}}";
}

}  // namespace vss::ottb
