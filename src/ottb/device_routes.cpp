// The endpoint table of devices.
#include "ottb/device_desk.hpp"

namespace vss::ottb {

void add_routes(net::router& to, device_desk& desk) {
  to.path_parameter({"device", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a device's id"});

  to.add({.method = "GET",
          .path = "/ottb/devices",
          .permission = "ottb.device.read",
          .summary = "devices, by serial",
          .query = page_parameters("[A-Za-z0-9._:-]{1,100}",
                                   {{"state", "plugged|discovered|approved|retired", "only in this state"},
                                    {"kind", "AUTO|MF|LS", "only of this kind"},
                                    {"hub", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "only at this hub"}})},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/devices",
          .permission = "ottb.device.write",
          .summary = "register a device that stands at a hub",
          .status = 201,
          .audit = "ottb.device.register"},
         [&desk](net::call asked, device_input input) { return desk.make(std::move(asked), std::move(input)); });
  to.add({.method = "GET",
          .path = "/ottb/devices/{device}",
          .permission = "ottb.device.read",
          .summary = "one device and the numbers it has carried"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "PATCH",
          .path = "/ottb/devices/{device}",
          .permission = "ottb.device.write",
          .summary = "where the device stands",
          .if_match = true,
          .audit = "ottb.device.place"},
         [&desk](net::call asked, device_shelf where) { return desk.place(std::move(asked), std::move(where)); });
  to.add({.method = "POST",
          .path = "/ottb/devices/{device}/approve",
          .permission = "ottb.device.write",
          .summary = "give the device a number, a slot and SIP credentials",
          .audit = "ottb.device.approve"},
         [&desk](net::call asked) { return desk.approve(std::move(asked)); });
  to.add({.method = "DELETE",
          .path = "/ottb/devices/{device}",
          .permission = "ottb.device.write",
          .summary = "retire a device that carries no number",
          .if_match = true,
          .audit = "ottb.device.retire"},
         [&desk](net::call asked) { return desk.retire(std::move(asked)); });
}

}  // namespace vss::ottb
