#include "workspace/platform_health.hpp"

#include <algorithm>
#include <sstream>

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
    {"queue", "hub_journals", &ottb::fleet_waits::hub_journals, 1000, 20000, nullptr},
    {"lag", "database", &ottb::fleet_waits::database_ms, 250, 2000, "ms"},
    {"lag", "hub_clocks", &ottb::fleet_waits::clock_skew_ms, 1000, 5000, "ms"},
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

// "vm:22602:server:a811" is "server@vm": a new run of the same server is the same process.
std::string process_name(std::string_view owner) {
  const auto host = owner.substr(0, owner.find(':'));
  const auto after_pid = owner.find(':', std::min(host.size() + 1, owner.size()));
  if (after_pid == std::string_view::npos) return std::string(owner);
  const auto name = owner.substr(after_pid + 1);
  return std::string(name.substr(0, name.find(':'))) + '@' + std::string(host);
}

constexpr auto remembered = std::chrono::minutes(15);

}  // namespace

std::vector<health_item> judge_health(const std::vector<engine_state>& engines,
                                      const std::optional<ottb::fleet_waits>& waits) {
  std::vector<health_item> out;
  for (const auto& one : engines)
    if (one.needed) out.push_back(item("engine", one.name, one.good ? "ok" : "bad"));
  for (const auto& one : measures) out.push_back(judge(one, waits));
  return out;
}

std::vector<health_item> server_roll::call(const std::optional<std::string>& owners, instant now) {
  const std::string self = process_name(self_);
  if (owners) {
    std::istringstream all(*owners);
    for (std::string owner; all >> owner;) seen_[process_name(owner)] = now;
  }
  seen_[self] = now;
  std::erase_if(seen_, [now](const auto& one) { return now - one.second > remembered; });
  std::vector<health_item> out;
  for (const auto& [name, last] : seen_)
    out.push_back(item("process", name, last == now ? "ok" : owners ? "bad" : "unknown"));
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
