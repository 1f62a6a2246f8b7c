#pragma once
// Devices as REST shows them: the thing on the shelf, apart from the number it carries now.
#include "base/dto.hpp"

namespace vss::ottb {

struct device_mount {
  std::string slot;
  instant since{};
  std::optional<instant> until;
};
BOOST_DESCRIBE_STRUCT(device_mount, (), (slot, since, until))

struct device_view {
  std::string id;
  std::string serial;
  std::string kind;  // AUTO, MF, LS
  std::optional<std::string> hub_id;
  std::optional<std::string> hub_port;
  std::optional<std::string> shelf_label;
  std::string state;  // plugged, discovered, approved, retired
  bool is_virtual = false;
  std::optional<bool> adb_authorised;
  std::optional<std::int32_t> battery_percent;
  std::optional<double> temperature_c;
  std::optional<std::string> slot;    // the number it carries now
  std::vector<device_mount> history;  // newest first; in lists empty
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(device_view, (),
                      (id, serial, kind, hub_id, hub_port, shelf_label, state, is_virtual, adb_authorised,
                       battery_percent, temperature_c, slot, history, created_at))

struct device_page {
  std::vector<device_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(device_page, (), (items, next))

struct device_input {
  std::string serial;
  std::string kind;
  std::string hub;  // uuid
  std::optional<std::string> hub_port;
  std::optional<std::string> shelf_label;
};
BOOST_DESCRIBE_STRUCT(device_input, (), (serial, kind, hub, hub_port, shelf_label))
inline auto dto_rules(const device_input*) {
  return dto::rules(dto::format<&device_input::serial>("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}"),
                    dto::format<&device_input::kind>("AUTO|MF|LS"),
                    dto::format<&device_input::hub>("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
                    dto::length<&device_input::hub_port>(1, 50), dto::length<&device_input::shelf_label>(1, 100));
}

struct device_shelf {
  std::optional<std::string> hub_port;
  std::optional<std::string> shelf_label;
};
BOOST_DESCRIBE_STRUCT(device_shelf, (), (hub_port, shelf_label))
inline auto dto_rules(const device_shelf*) {
  return dto::rules(dto::length<&device_shelf::hub_port>(1, 50), dto::length<&device_shelf::shelf_label>(1, 100));
}

}  // namespace vss::ottb
