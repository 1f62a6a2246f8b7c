#include "workspace/live_frame.hpp"

#include "base/dto.hpp"
#include "base/json_text.hpp"

namespace vss::workspace {
namespace {

std::string text_of(const dto::json::object& from, std::string_view member) {
  const auto* found = from.if_contains(member);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::string frame(std::string_view kind, std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  std::string out = R"({"t":)" + json_text(kind);
  for (const auto& [name, value] : members) out += ',' + json_text(name) + ':' + json_text(value);
  return out + '}';
}

}  // namespace

result<client_frame> read_client_frame(std::string_view text) {
  const auto tree = dto::parse_json(text);
  if (!tree || !tree->is_object()) return fail(errc::invalid, "a frame is a JSON object");
  const auto& from = tree->get_object();
  const std::string kind = text_of(from, "t");
  if (kind == "hello") return client_frame{live_verb::hello, text_of(from, "ticket")};
  if (kind == "sub") return client_frame{live_verb::sub, text_of(from, "topic")};
  if (kind == "unsub") return client_frame{live_verb::unsub, text_of(from, "topic")};
  return fail(errc::invalid, "t is hello, sub or unsub");
}

std::string welcome_frame(std::string_view server, std::string_view run, instant now) {
  return frame("welcome", {{"server", server}, {"run", run}, {"now", to_text(now)}});
}
std::string refused_frame(std::string_view topic, std::string_view permission) {
  return frame("refused", {{"topic", topic}, {"permission", permission}});
}
std::string stale_frame(std::string_view topic, instant since) {
  return frame("stale", {{"topic", topic}, {"since", to_text(since)}});
}
std::string beat_frame(instant now) { return frame("beat", {{"now", to_text(now)}}); }
std::string end_frame(std::string_view why) { return frame("end", {{"why", why}}); }

}  // namespace vss::workspace
