#include "ottb/pbx_event.hpp"

#include <boost/json/array.hpp>
#include <charconv>

namespace vss::ottb {
namespace json = boost::json;

std::string text_at(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t whole_at(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  if (!found) return 0;
  if (found->is_int64()) return found->get_int64();
  if (found->is_uint64()) return static_cast<std::int64_t>(found->get_uint64());
  return 0;
}

namespace {

// A code or an id of the engines; what does not fit into one is no such thing.
int small_at(const json::object& from, std::string_view key) {
  const auto whole = whole_at(from, key);
  return std::in_range<int>(whole) ? static_cast<int>(whole) : 0;
}

// The trunk's id is a number in trunk_result and a text in the dialog events.
int trunk_of(const json::object& event) {
  const std::string text = text_at(event, "trunk");
  int id = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), id);
  return !text.empty() && wrong == std::errc{} && end == text.data() + text.size() ? id : small_at(event, "trunk");
}

void take_channel(const json::object& channel, pbx_event& out) {
  out.channel = text_at(channel, "id");
  out.state = text_at(channel, "state");
  out.protocol_id = text_at(channel, "protocol_id");
  if (const auto* variables = channel.if_contains("channelvars"); variables && variables->is_object()) {
    for (const auto& item : variables->get_object()) {
      if (item.value().is_string()) out.variables[item.key()] = std::string(item.value().get_string());
    }
  }
}

// "ssrc=1;themssrc=2;lp=0;rxjitter=0.1;rxcount=150;txjitter=0.2;txcount=152;..."
std::int64_t count_at(std::string_view quality, std::string_view key) {
  auto at = quality.find(key);
  if (at == std::string_view::npos) return -1;
  quality.remove_prefix(at + key.size());
  std::int64_t out = -1;
  std::from_chars(quality.data(), quality.data() + quality.size(), out);
  return out;
}

}  // namespace

pbx_event from_channel(const json::object& channel) {
  pbx_event out;
  out.type = "Channel";
  take_channel(channel, out);
  return out;
}

pbx_event from_ari(const json::object& event) {
  pbx_event out;
  out.type = text_at(event, "type");
  const char* about = out.type == "Dial" ? "peer" : "channel";
  if (const auto* channel = event.if_contains(about); channel && channel->is_object()) {
    take_channel(channel->get_object(), out);
  }
  if (const auto* args = event.if_contains("args"); args && args->is_array()) {
    for (const auto& arg : args->get_array()) out.args.emplace_back(arg.is_string() ? arg.get_string().c_str() : "");
  }
  out.dial_status = text_at(event, "dialstatus");
  out.digit = text_at(event, "digit");
  out.cause = small_at(event, "cause");
  out.tech_cause = small_at(event, "tech_cause");
  if (out.type == "ChannelVarset" && text_at(event, "variable") == "RTPAUDIOQOS") {
    const std::string quality = text_at(event, "value");
    out.sent = count_at(quality, ";txcount=");
    out.received = count_at(quality, ";rxcount=");
  }
  if (const auto* playback = event.if_contains("playback"); playback && playback->is_object()) {
    out.playback = text_at(playback->get_object(), "id");
    const std::string target = text_at(playback->get_object(), "target_uri");
    if (target.starts_with("channel:")) out.channel = target.substr(8);
  }
  return out;
}

pbx_event from_edge(const json::object& event) {
  pbx_event out;
  const std::string what = text_at(event, "ev");
  if (what == "blocked" || what == "trunk_result") {
    out.type = "edge." + what;
  } else if (text_at(event, "leg") == "lead") {
    if (what == "dlg_start") out.type = "edge.answered";
    if (what == "dlg_failed" || what == "dlg_end") out.type = "edge.over";
  }
  if (out.type.empty()) return out;
  out.trunk = trunk_of(event);
  out.saw = small_at(event, "saw");
  out.silent = whole_at(event, "timeout") != 0;
  out.final_word = whole_at(event, "more") == 0;
  return out;
}

std::vector<json::object> dialogs_of(const json::value& answer) {
  std::vector<json::object> out;
  if (answer.is_object()) out.push_back(answer.get_object());
  if (answer.is_array()) {
    for (const auto& item : answer.get_array()) {
      if (item.is_object()) out.push_back(item.get_object());
    }
  }
  std::erase_if(out, [](const json::object& dialog) { return !dialog.contains("h_entry"); });
  return out;
}

}  // namespace vss::ottb
