#pragma once
// Hubs as REST shows them, and what their routes take.
#include "base/dto.hpp"
#include "link/hub_config.hpp"

namespace vss::ottb {

struct hub_slots_view {
  std::int64_t total = 0;
  std::int64_t registered = 0;
  std::int64_t idle = 0;  // IDLE or READY
  std::int64_t busy = 0;  // in any other state but FAULT
  std::int64_t fault = 0;
};
BOOST_DESCRIBE_STRUCT(hub_slots_view, (), (total, registered, idle, busy, fault))

struct hub_config_state {
  std::optional<std::string> desired_hash;
  std::optional<std::string> running_hash;
  bool in_sync = false;
  std::vector<std::string> drift;  // JSON pointers that the hub runs differently
  std::optional<instant> at;
};
BOOST_DESCRIBE_STRUCT(hub_config_state, (), (desired_hash, running_hash, in_sync, drift, at))

struct hub_view {
  std::string id;
  std::string short_id;
  std::string label;
  std::string kind;     // AUTO, MF, LS
  std::string network;  // lan, vpn
  bool linked = false;
  std::optional<std::string> server;  // the process that holds the link
  bool unreachable = true;
  bool locked = false;
  std::optional<std::string> lock_reason;
  bool drain = false;
  std::optional<std::string> software;
  std::optional<std::string> run_id;
  std::int64_t generation = 0;
  std::int64_t journal_depth = 0;  // messages that wait on the hub for their ack
  std::optional<std::int64_t> clock_skew_ms;
  std::optional<instant> last_seen;
  hub_slots_view slots;
  hub_config_state config;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(hub_view, (),
                      (id, short_id, label, kind, network, linked, server, unreachable, locked, lock_reason, drain,
                       software, run_id, generation, journal_depth, clock_skew_ms, last_seen, slots, config,
                       created_at))

struct hub_page {
  std::vector<hub_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(hub_page, (), (items, next))

// Approves an archont as a hub before or after it enrolled. The id is the archont's.
struct hub_input {
  std::string id;
  std::string label;
  std::string kind;
  std::optional<std::int32_t> virtual_slots;  // as many virtual slots; never fewer than there are
  std::optional<std::string> network;
};
BOOST_DESCRIBE_STRUCT(hub_input, (), (id, label, kind, virtual_slots, network))
inline auto dto_rules(const hub_input*) {
  return dto::rules(dto::format<&hub_input::id>("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
                    dto::format<&hub_input::label>("[a-z0-9][a-z0-9-]{0,62}"),
                    dto::format<&hub_input::kind>("AUTO|MF|LS"), dto::range<&hub_input::virtual_slots>(0, 2000),
                    dto::format<&hub_input::network>("lan|vpn"));
}

struct hub_slots_input {
  std::int32_t virtual_slots = 0;  // how many there shall be in all
};
BOOST_DESCRIBE_STRUCT(hub_slots_input, (), (virtual_slots))
inline auto dto_rules(const hub_slots_input*) {
  return dto::rules(dto::range<&hub_slots_input::virtual_slots>(0, 2000));
}

struct hub_slots_answer {
  std::vector<std::string> made;  // the new slots' numbers
};
BOOST_DESCRIBE_STRUCT(hub_slots_answer, (), (made))

struct hub_reason {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(hub_reason, (), (reason))
inline auto dto_rules(const hub_reason*) { return dto::rules(dto::length<&hub_reason::reason>(1, 300)); }

struct hub_config_view {
  std::string hash;
  hub_config_state state;
  link::hub_config document;  // its secrets are blank
};
BOOST_DESCRIBE_STRUCT(hub_config_view, (), (hash, state, document))

struct hub_event_view {
  std::int64_t id = 0;
  std::optional<std::int64_t> n;  // the hub's number; none: noticed by the server
  std::string kind;
  std::string severity;
  std::optional<std::string> slot;
  std::string detail;
  instant at{};
  instant received_at{};
};
BOOST_DESCRIBE_STRUCT(hub_event_view, (), (id, n, kind, severity, slot, detail, at, received_at))

struct hub_event_page {
  std::vector<hub_event_view> items;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(hub_event_page, (), (items, next))

}  // namespace vss::ottb
