#include "ottb/slot_fence.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <map>

namespace vss::ottb {

namespace {

bool at_rest(link::slot_state state) { return state == link::slot_state::IDLE || state == link::slot_state::FAULT; }

// A lease is lost when the hub has taken the assignment and holds nothing of it any more. A hub that has not reached
// the epoch yet may still find the lead in its queue.
bool lease_lost(const slot_mark& slot, const link::slot_picture& picture) {
  if (!slot.leased || picture.epoch < slot.epoch) return false;
  return at_rest(picture.state) || picture.attempt.value_or("") != slot.attempt;
}

bool differs(const slot_mark& slot, const link::slot_picture& picture) {
  return slot.state != boost::describe::enum_to_string(picture.state, "") || slot.registered != picture.registered ||
         slot.fault_code != picture.fault_code.value_or("") || slot.rung != picture.rung ||
         picture.epoch > slot.seen_epoch || (!slot.leased && picture.epoch < slot.seen_epoch);
}

void want(reconcile_plan& plan, const std::string& slot, bool ours, bool theirs, const char* set, const char* unset) {
  if (ours != theirs) plan.commands.push_back({slot, ours ? set : unset});
}

}  // namespace

fence_verdict judge(const slot_mark& slot, std::int64_t n, std::int64_t epoch) {
  if (epoch < slot.seen_epoch || (slot.leased && epoch < slot.epoch)) return fence_verdict::stale;
  return n <= slot.state_n ? fence_verdict::seen : fence_verdict::apply;
}

reconcile_plan reconcile(const std::vector<slot_mark>& ours, const std::vector<link::slot_picture>& pictures,
                         std::int64_t last_sent) {
  reconcile_plan plan;
  std::map<std::string, const link::slot_picture*> by_number;
  for (const auto& picture : pictures) by_number[picture.slot] = &picture;
  for (const auto& slot : ours) {
    const auto found = by_number.find(slot.number);
    if (found == by_number.end()) {
      plan.absent.push_back(slot.number);
      if (slot.leased && slot.seen_epoch >= slot.epoch) plan.lost.push_back(slot.number);
      continue;
    }
    const auto& picture = *found->second;
    by_number.erase(found);
    want(plan, slot.number, slot.drain, picture.drain, "drain", "undrain");
    want(plan, slot.number, slot.locked, picture.locked, "lock", "unlock");
    if (slot.state_n > last_sent) continue;
    if (lease_lost(slot, picture)) plan.lost.push_back(slot.number);
    if (!differs(slot, picture)) continue;
    const bool state_differs = slot.state != boost::describe::enum_to_string(picture.state, "");
    plan.corrections.push_back({picture, state_differs});
  }
  for (const auto& [number, picture] : by_number) plan.foreign.push_back(number);
  return plan;
}

}  // namespace vss::ottb
