// After every (re)connect to Asterisk: what it holds against what we know. Three cases: a call in both goes on, a call
// that only we know is ended with what is known of it (and its dialogs are ended at the edge, which got no BYE from a
// dead Asterisk), and a call that only Asterisk knows is adopted from its channel variables or ended.
#include <boost/json/array.hpp>

#include "base/log.hpp"
#include "ottb/pbx_controller.hpp"

namespace vss::ottb {
namespace {

std::string variable(const pbx_event& channel, const char* key) {
  const auto found = channel.variables.find(key);
  return found == channel.variables.end() ? std::string() : found->second;
}

}  // namespace

task<void> pbx_controller::adopt(pbx_event slot_leg, pbx_event lead_leg) {
  const std::string permit = variable(lead_leg, "VSS_PERMIT");
  auto call = std::make_shared<pbx_call>(world_, permit, variable(lead_leg, "VSS_SLOT"), slot_leg.channel,
                                         slot_leg.protocol_id);
  auto known = co_await world_.order_of(variable(lead_leg, "VSS_ATTEMPT"));
  if (!known) {
    log::failed("ottb", "call_not_adopted", known.error(), {{"channel", lead_leg.channel}});
    const auto ended = co_await world_.verbs.hang_up(lead_leg.channel, 16);
    if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", lead_leg.channel}});
    co_return;
  }
  consumed_permit order = std::move(*known);
  call->adopt(std::move(order), lead_leg.channel, lead_leg.protocol_id, lead_leg.state == "Up");
  by_channel_[slot_leg.channel] = call;
  by_channel_[lead_leg.channel] = call;
  by_permit_[permit] = call;
  world_.work.spawn("adopted_call", watch(call));
}

task<void> pbx_controller::reconcile() {
  reconciled_ = false;
  const auto mine = ++reconciliations_;
  auto listed = co_await pbx_.send("GET", "/channels");
  while (!listed || !listed->is_array()) {  // its port is open before it serves
    co_await pause(milliseconds{300});
    if (mine != reconciliations_) co_return;
    listed = co_await pbx_.send("GET", "/channels");
  }
  std::map<std::string, pbx_event> held;
  for (const auto& item : listed->get_array()) {
    if (!item.is_object()) continue;
    pbx_event channel = from_channel(item.get_object());
    const std::string id = channel.channel;
    held.emplace(id, std::move(channel));
  }
  // Ours, but Asterisk lost them.
  std::vector<std::string> lost;
  for (const auto& [id, call] : by_channel_) {
    if (!held.contains(id)) lost.push_back(id);
  }
  for (const auto& [id, call] : services_) {
    if (!held.contains(id)) lost.push_back(id);
  }
  for (const auto& id : lost) {
    pbx_event event;
    event.type = "lost";
    event.channel = id;
    tell(id, std::move(event));
  }
  // Asterisk's, but unknown to us: the previous owner's.
  std::map<std::string, pbx_event> slots;
  for (const auto& [id, channel] : held) {
    if (variable(channel, "VSS_ROLE") == "slot") slots.emplace(variable(channel, "VSS_PERMIT"), channel);
  }
  std::size_t adopted = 0;
  std::set<std::string> paired;
  for (const auto& [id, channel] : held) {
    if (by_channel_.contains(id) || variable(channel, "VSS_ROLE") != "lead") continue;
    const auto partner = slots.find(variable(channel, "VSS_PERMIT"));
    if (partner != slots.end()) {
      paired.insert(partner->second.channel);
      co_await adopt(partner->second, channel);
      ++adopted;
      continue;
    }
    const auto ended = co_await world_.verbs.hang_up(id, 16);
    if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", id}});
  }
  for (const auto& [permit, channel] : slots) {
    if (paired.contains(channel.channel) || by_channel_.contains(channel.channel)) continue;
    const auto ended = co_await world_.verbs.hang_up(channel.channel, 16);
    if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", channel.channel}});
  }
  reconciled_ = true;
  log::info("ottb", "pbx_reconciled", {{"channels", held.size()}, {"adopted", adopted}, {"lost", lost.size()}});
}

}  // namespace vss::ottb
