#pragma once
// Slots as REST shows them, and what its routes take.
#include "base/dto.hpp"

namespace vss::ottb {

struct slot_device_view {
  std::string id;
  std::string serial;
  bool is_virtual = false;
  std::optional<std::string> shelf_label;
};
BOOST_DESCRIBE_STRUCT(slot_device_view, (), (id, serial, is_virtual, shelf_label))

struct slot_view {
  std::string number;
  std::string kind;  // AUTO, MF, LS
  std::string hub;   // label
  std::string hub_id;
  std::string state;  // IDLE, ASSIGNED, REGISTERING, READY, CALLING, ACTIVE_CALL, POSTCALL, FAULT
  instant since{};
  bool registered = false;
  bool unreachable = false;  // the hub's link is cut; the state is the last one known
  bool drain = false;
  std::optional<instant> drain_since;
  bool locked = false;
  std::optional<std::string> lock_reason;
  bool quarantine = false;
  std::optional<std::string> fault_code;
  std::int32_t rung = 0;  // of the recovery ladder
  std::int64_t epoch = 0;
  std::optional<instant> lease_until;
  std::optional<std::string> attempt;
  std::optional<std::string> campaign;
  std::optional<std::string> call_id;
  std::optional<slot_device_view> device;
  std::string media;  // tone, silence
  bool retired = false;
};
BOOST_DESCRIBE_STRUCT(slot_view, (),
                      (number, kind, hub, hub_id, state, since, registered, unreachable, drain, drain_since, locked,
                       lock_reason, quarantine, fault_code, rung, epoch, lease_until, attempt, campaign, call_id,
                       device, media, retired))

struct slot_page {
  std::vector<slot_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(slot_page, (), (items, next))

// One thing that happened to a slot: a transition, a command, a device change or an event.
struct slot_moment {
  instant at{};
  std::string what;  // transition, command, device, event
  std::string text;  // "READY -> CALLING", "drain", the device's serial, the event's kind
  std::optional<std::string> detail;
  std::optional<std::string> trail;
  std::optional<std::string> attempt;
  std::optional<std::string> call_id;
  std::optional<bool> stale;  // of a transition: the word came from an assignment that was over
};
BOOST_DESCRIBE_STRUCT(slot_moment, (), (at, what, text, detail, trail, attempt, call_id, stale))

struct slot_timeline {
  std::vector<slot_moment> items;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(slot_timeline, (), (items, next))

struct slot_reason {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(slot_reason, (), (reason))
inline auto dto_rules(const slot_reason*) { return dto::rules(dto::length<&slot_reason::reason>(1, 300)); }

struct slot_dial {
  std::string to;  // internal numbers only: 1001, 7002
};
BOOST_DESCRIBE_STRUCT(slot_dial, (), (to))
inline auto dto_rules(const slot_dial*) { return dto::rules(dto::format<&slot_dial::to>("[12678][0-9]{3,5}")); }

struct slot_dtmf {
  std::string digits;
};
BOOST_DESCRIBE_STRUCT(slot_dtmf, (), (digits))
inline auto dto_rules(const slot_dtmf*) { return dto::rules(dto::format<&slot_dtmf::digits>("[0-9*#A-D]{1,32}")); }

struct slot_credentials_view {
  std::string number;
  std::string realm;
  std::string proxy;
  std::string user;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(slot_credentials_view, (), (number, realm, proxy, user, password))

struct slot_swap {
  std::string device;  // uuid of an approved device of the same kind
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(slot_swap, (), (device, reason))
inline auto dto_rules(const slot_swap*) {
  return dto::rules(dto::format<&slot_swap::device>("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
                    dto::length<&slot_swap::reason>(1, 300));
}

}  // namespace vss::ottb
