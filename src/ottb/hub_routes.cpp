// The endpoint table of hubs.
#include "ottb/hub_desk.hpp"

namespace vss::ottb {

void add_routes(net::router& to, hub_desk& desk) {
  to.path_parameter({"hub", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a hub's id"});

  to.add({.method = "GET",
          .path = "/ottb/hubs",
          .permission = "ottb.hub.read",
          .summary = "hubs, by label",
          .query = page_parameters("[a-z0-9-]{1,63}")},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/hubs",
          .permission = "ottb.hub.write",
          .summary = "approve an archont as a hub, with virtual slots",
          .status = 201,
          .audit = "ottb.hub.approve"},
         [&desk](net::call asked, hub_input input) { return desk.make(std::move(asked), std::move(input)); });
  to.add({.method = "GET", .path = "/ottb/hubs/{hub}", .permission = "ottb.hub.read", .summary = "one hub"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/hubs/{hub}/slots",
          .permission = "ottb.hub.write",
          .summary = "approve virtual slots until the hub has so many",
          .audit = "ottb.hub.slots"},
         [&desk](net::call asked, hub_slots_input input) { return desk.add_slots(std::move(asked), input); });
  for (const std::string verb : {"drain", "undrain", "lock", "unlock"}) {
    const bool lock = verb == "lock" || verb == "unlock";
    to.add(
        {.method = "POST",
         .path = "/ottb/hubs/{hub}/" + verb,
         .permission = lock ? "ottb.hub.lock" : "ottb.hub.control",
         .summary = lock ? "lock ends the hub's link; unlock lets one of its copies in again"
                         : "drain gives no new calls to any of the hub's slots",
         .audit = "ottb.hub." + verb},
        [&desk, verb](net::call asked, hub_reason why) { return desk.order(std::move(asked), std::move(why), verb); });
  }
  to.add({.method = "GET",
          .path = "/ottb/hubs/{hub}/config",
          .permission = "ottb.hub.read",
          .summary = "the hub's desired configuration without its secrets, and whether the hub runs it"},
         [&desk](net::call asked) { return desk.config(std::move(asked)); });
  to.add({.method = "GET",
          .path = "/ottb/hubs/{hub}/events",
          .permission = "ottb.hub.read",
          .summary = "what the hub reported and what was noticed about it, newest first",
          .query = page_parameters("[0-9]{1,18}")},
         [&desk](net::call asked) { return desk.events(std::move(asked)); });
}

}  // namespace vss::ottb
