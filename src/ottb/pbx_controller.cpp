#include "ottb/pbx_controller.hpp"

#include <boost/json/array.hpp>

#include "base/log.hpp"

namespace vss::ottb {
namespace json = boost::json;

pbx_controller::pbx_controller(pbx_world& world, net::ari& pbx, net::evapi& edge, pbx_edge& kamailio)
    : world_(world), pbx_(pbx), edge_(edge), kamailio_(kamailio) {
  world_.route_channel = [this](std::string channel, std::shared_ptr<pbx_call> call) {
    by_channel_[std::move(channel)] = std::move(call);
  };
}

bool pbx_controller::alive(const std::string& attempt) const { return by_channel_.contains("lead-" + attempt); }

bool pbx_controller::hang_up(const std::string& attempt, const std::string& reason) {
  const auto found = by_channel_.find("lead-" + attempt);
  if (found == by_channel_.end()) return false;
  pbx_event event;
  event.type = "hang_up";
  event.reason = reason;
  return found->second->tell(std::move(event));
}

void pbx_controller::forget(const std::shared_ptr<pbx_call>& call) {
  std::erase_if(by_channel_, [&call](const auto& entry) { return entry.second == call; });
  std::erase_if(by_permit_, [&call](const auto& entry) { return entry.second == call; });
}

task<void> pbx_controller::watch(std::shared_ptr<pbx_call> call) {
  co_await call->run(call);
  forget(call);
}

void pbx_controller::tell(const std::string& channel, pbx_event event) {
  if (const auto found = by_channel_.find(channel); found != by_channel_.end()) {
    if (!found->second->tell(std::move(event))) log::warn("ottb", "call_inbox_full", {{"channel", channel}});
  } else if (const auto service = services_.find(channel); service != services_.end()) {
    const bool over = event.type == "ChannelDestroyed" || event.type == "StasisEnd" || event.type == "lost";
    if (!service->second->tell(std::move(event))) log::warn("ottb", "call_inbox_full", {{"channel", channel}});
    if (over) services_.erase(service);
  }
}

void pbx_controller::start_slot_call(const pbx_event& event) {
  const auto arg = [&event](std::size_t at) { return at < event.args.size() ? event.args[at] : std::string(); };
  if (arg(0) == "slot") {
    auto call = std::make_shared<pbx_call>(world_, arg(1), arg(2), event.channel, event.protocol_id);
    by_channel_[event.channel] = call;
    by_permit_[arg(1)] = call;
    world_.work.spawn("outbound_call", watch(call));
  } else if (arg(0) == "ivr") {
    auto call = std::make_shared<pbx_service>(world_, event.channel, arg(3), arg(2), event.protocol_id);
    services_[event.channel] = call;
    world_.work.spawn("service_call", call->run(call, "service:" + arg(1)));
  } else if (arg(0) != "lead") {
    // Queues and operators are a later room: nobody is there to answer, so the caller hears it from the dialplan.
    const auto refuse = [](pbx_verbs& verbs, std::string channel) -> task<void> {
      const auto ended = co_await verbs.hang_up(std::move(channel), 34);
      if (!ended) log::failed("ottb", "leg_not_ended", ended.error());
    };
    world_.work.spawn("refuse", refuse(world_.verbs, event.channel));
  }
}

void pbx_controller::on_ari(json::object raw) {
  pbx_event event = from_ari(raw);
  if (event.type == "StasisStart") start_slot_call(event);
  if (event.channel.empty() || (event.type == "ChannelVarset" && event.sent < 0)) return;
  const std::string channel = event.channel;
  tell(channel, std::move(event));
}

void pbx_controller::on_edge(json::object raw) {
  if (text_at(raw, "ev") == "route") {
    world_.work.spawn("decide_route", decide_route(std::move(raw)));
    return;
  }
  pbx_event event = from_edge(raw);
  if (!event.type.empty()) tell_call(text_at(raw, "permit"), std::move(event));
}

void pbx_controller::tell_call(const std::string& permit, pbx_event event) {
  const auto found = by_permit_.find(permit);
  if (found == by_permit_.end()) return;
  if (!found->second->tell(std::move(event))) log::warn("ottb", "call_inbox_full", {{"permit", permit}});
}

// The edge holds the INVITE while we look; it refuses by its own timer when we are late.
task<void> pbx_controller::decide_route(json::object question) {
  const std::string permit = text_at(question, "permit");
  json::object answer{{"cmd", "route"}, {"idx", whole_at(question, "idx")}, {"lbl", whole_at(question, "lbl")}};
  const std::string number = text_at(question, "to");
  auto decided = co_await world_.permits.send(permit, e164(number), text_at(question, "call_id"));
  const auto* decision = decided ? std::get_if<edge_decision>(&*decided) : nullptr;
  if (decision) {
    std::string trunks;
    for (const int trunk : decision->trunks) trunks += (trunks.empty() ? "" : ",") + std::to_string(trunk);
    pbx_event routed;
    routed.type = "edge.routed";
    routed.trunks = decision->trunks;
    tell_call(permit, std::move(routed));
    answer["ok"] = 1;
    answer["user"] = number;
    answer["trunks"] = trunks;
    answer["cli"] = decision->caller_id;
  } else {
    pbx_event ours;  // the lead leg is about to end with our code; the carrier has not said a word
    ours.type = "edge.blocked";
    if (decided) tell_call(permit, std::move(ours));
    answer["ok"] = 0;
    answer["code"] = decided ? 403 : 503;
    answer["reason"] = decided ? name(std::get<permit_refusal>(*decided)) : "Control plane unavailable";
    log::warn("ottb", "edge_refused",
              {{"permit", permit}, {"why", decided ? name(std::get<permit_refusal>(*decided)) : "unavailable"}});
  }
  if (!edge_.send(std::move(answer))) log::warn("ottb", "edge_not_answered", {{"permit", permit}});
}

}  // namespace vss::ottb
