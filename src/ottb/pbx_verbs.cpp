#include "ottb/pbx_verbs.hpp"

#include "ottb/pbx_event.hpp"

namespace vss::ottb {
namespace json = boost::json;

task<result<void>> pbx_verbs::ask(std::string method, std::string path, json::value body, bool gone_is_fine) {
  auto answer = co_await pbx_.send(std::move(method), std::move(path), std::move(body));
  if (answer || (gone_is_fine && answer.error().kind == errc::not_found)) co_return result<void>{};
  co_return std::unexpected(std::move(answer.error()));
}

task<result<void>> pbx_verbs::create_lead(std::string channel, e164 number, std::string permit, std::string originator,
                                          std::map<std::string, std::string> variables) {
  json::object set;
  for (const auto& [key, value] : variables) set[key] = value;
  set["PJSIP_HEADER(add,X-VSS-Permit)"] = permit;
  // Everything in the body: a number does not belong into a URL.
  json::object body{{"endpoint", "PJSIP/" + number.reveal() + "@lead"},
                    {"app", application_},
                    {"appArgs", "lead," + permit},
                    {"channelId", channel},
                    {"originator", originator},
                    {"variables", std::move(set)}};
  co_return co_await ask("POST", "/channels/create", std::move(body), false);
}

task<result<void>> pbx_verbs::dial(std::string channel, std::string caller, int ring_seconds) {
  std::string path =
      "/channels/" + channel + "/dial?timeout=" + std::to_string(ring_seconds) + "&caller=" + net::url_escape(caller);
  co_return co_await ask("POST", std::move(path), nullptr, false);
}
task<result<void>> pbx_verbs::answer(std::string channel) {
  co_return co_await ask("POST", "/channels/" + channel + "/answer", nullptr, false);
}
task<result<void>> pbx_verbs::silence(std::string channel) {
  co_return co_await ask("POST", "/channels/" + channel + "/silence", nullptr, false);
}
task<result<void>> pbx_verbs::hang_up(std::string channel, int q850) {
  co_return co_await ask("DELETE", "/channels/" + channel + "?reason_code=" + std::to_string(q850), nullptr, true);
}
task<result<void>> pbx_verbs::make_bridge(std::string bridge, std::string type) {
  co_return co_await ask("POST", "/bridges/" + bridge + "?type=" + type, nullptr, false);
}
task<result<void>> pbx_verbs::drop_bridge(std::string bridge) {
  co_return co_await ask("DELETE", "/bridges/" + bridge, nullptr, true);
}
task<result<void>> pbx_verbs::join(std::string bridge, std::string channels) {
  co_return co_await ask("POST", "/bridges/" + bridge + "/addChannel?channel=" + channels, nullptr, false);
}
task<result<void>> pbx_verbs::leave(std::string bridge, std::string channels) {
  co_return co_await ask("POST", "/bridges/" + bridge + "/removeChannel?channel=" + channels, nullptr, true);
}
task<result<void>> pbx_verbs::play(std::string channel, std::string playback, std::string media) {
  std::string path = "/channels/" + channel + "/play?media=" + net::url_escape(media) + "&playbackId=" + playback;
  co_return co_await ask("POST", std::move(path), nullptr, false);
}
task<result<void>> pbx_verbs::stop_playing(std::string playback) {
  co_return co_await ask("DELETE", "/playbacks/" + playback, nullptr, true);
}

task<pbx_verbs::packets> pbx_verbs::count(std::string channel) {
  auto answer = co_await pbx_.send("GET", "/channels/" + channel + "/rtp_statistics");
  if (!answer || !answer->is_object()) co_return packets{};
  const auto& body = answer->get_object();
  co_return packets{whole_at(body, "txcount"), whole_at(body, "rxcount")};
}

}  // namespace vss::ottb
