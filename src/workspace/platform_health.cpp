#include "workspace/platform_health.hpp"

namespace vss::workspace {
namespace {

// From which value on something is worth a look, and from which it is wrong.
struct measure {
  const char* kind;
  const char* name;
  std::int64_t ottb::fleet_waits::* value;
  std::int64_t warn;
  std::int64_t bad;
  const char* unit;
};

constexpr measure measures[] = {
    {"queue", "outbox", &ottb::fleet_waits::outbox, 500, 5000, nullptr},
    {"lag", "outbox", &ottb::fleet_waits::outbox_seconds, 5, 30, "s"},
    {"queue", "hub_messages", &ottb::fleet_waits::hub_messages, 500, 5000, nullptr},
    {"lag", "attempts", &ottb::fleet_waits::attempts_late, 1, 100, nullptr},
    {"fleet", "hubs_unreachable", &ottb::fleet_waits::hubs_unreachable, 1, 1, nullptr},
    {"fleet", "slots_fault", &ottb::fleet_waits::slots_fault, 1, 50, nullptr},
    {"fleet", "trunks_down", &ottb::fleet_waits::trunks_down, 1, 1, nullptr},
};

health_item item(std::string_view kind, std::string_view name, std::string state) {
  health_item out;
  out.id = std::string(kind) + ':' + std::string(name);
  out.kind = kind;
  out.name = name;
  out.state = std::move(state);
  return out;
}

health_item judge(const measure& by, const std::optional<ottb::fleet_waits>& waits) {
  if (!waits) return item(by.kind, by.name, "unknown");
  const auto value = (*waits).*by.value;
  auto out = item(by.kind, by.name, value >= by.bad ? "bad" : value >= by.warn ? "warn" : "ok");
  out.value = value;
  if (by.unit) out.unit = by.unit;
  return out;
}

}  // namespace

std::vector<health_item> judge_health(const std::vector<engine_state>& engines,
                                      const std::optional<ottb::fleet_waits>& waits) {
  std::vector<health_item> out;
  for (const auto& one : engines)
    if (one.needed) out.push_back(item("engine", one.name, one.good ? "ok" : "bad"));
  for (const auto& one : measures) out.push_back(judge(one, waits));
  return out;
}

void health_memory::date(std::vector<health_item>& items, instant now) {
  for (auto& one : items) {
    auto& known = spells_[one.id];
    if (known.state != one.state) known = {one.state, now};
    one.since = known.since;
  }
}

}  // namespace vss::workspace
