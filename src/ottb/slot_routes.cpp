// The endpoint table of slots and commands.
#include "ottb/slot_desk.hpp"

namespace vss::ottb {

namespace {

struct verb_route {
  const char* verb;
  const char* permission;
  const char* summary;
};

constexpr verb_route verbs[] = {
    {"drain", "ottb.slot.control", "no new calls; the one under way ends by itself"},
    {"undrain", "ottb.slot.control", "calls again"},
    {"lock", "ottb.slot.control", "take the slot out of work until it is unlocked"},
    {"unlock", "ottb.slot.control", "back to work"},
    {"recover", "ottb.slot.recover", "leave FAULT through the recovery ladder"},
    {"clear", "ottb.slot.recover", "an engineer has looked: out of quarantine, then through the recovery ladder"},
    {"hangup", "ottb.slot.control", "end the call under way"},
};

}  // namespace

void add_routes(net::router& to, slot_desk& desk) {
  to.path_parameter({"number", "[678][0-9]{3,5}", "a slot's number"});
  to.path_parameter({"command", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a command's id"});

  to.add({.method = "GET",
          .path = "/ottb/slots",
          .permission = "ottb.slot.read",
          .summary = "slots, by the query language: state:FAULT hub:mf-01 kind:MF number:7001-7010 is:drain",
          .query = page_parameters("[678][0-9]{3,5}", {{"q", "[^]{0,1000}", "what to look for"}})},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "GET", .path = "/ottb/slots/{number}", .permission = "ottb.slot.read", .summary = "one slot"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "GET",
          .path = "/ottb/slots/{number}/timeline",
          .permission = "ottb.slot.read",
          .summary = "transitions, commands, device changes and events of a slot, newest first",
          .query = page_parameters("[0-9]{1,17}[.][0-9a-z-]{1,60}")},
         [&desk](net::call asked) { return desk.timeline(std::move(asked)); });
  for (const auto& each : verbs) {
    const std::string verb = each.verb;
    to.add(
        {.method = "POST",
         .path = "/ottb/slots/{number}/" + verb,
         .permission = each.permission,
         .summary = each.summary,
         .audit = "ottb.slot." + verb},
        [&desk, verb](net::call asked, slot_reason why) { return desk.order(std::move(asked), std::move(why), verb); });
  }
  to.add({.method = "POST",
          .path = "/ottb/slots/{number}/dial",
          .permission = "ottb.slot.test",
          .summary = "a test call to an internal number (1001: the IVR); external numbers need a permit and a campaign",
          .audit = "ottb.slot.dial"},
         [&desk](net::call asked, slot_dial wish) { return desk.dial(std::move(asked), std::move(wish)); });
  to.add({.method = "POST",
          .path = "/ottb/slots/{number}/dtmf",
          .permission = "ottb.slot.test",
          .summary = "send digits (RFC 4733) in the call under way",
          .audit = "ottb.slot.dtmf"},
         [&desk](net::call asked, slot_dtmf wish) { return desk.dtmf(std::move(asked), std::move(wish)); });
  to.add({.method = "GET",
          .path = "/ottb/commands/{command}",
          .permission = "ottb.slot.read",
          .summary = "a command to a hub and its answer"},
         [&desk](net::call asked) { return desk.command(std::move(asked)); });
  to.add({.method = "PUT",
          .path = "/ottb/slots/{number}/device",
          .permission = "ottb.device.write",
          .summary = "another device under this number; both keep their histories",
          .if_match = true,
          .audit = "ottb.slot.swap"},
         [&desk](net::call asked, slot_swap wish) { return desk.swap(std::move(asked), std::move(wish)); });
  to.add({.method = "DELETE",
          .path = "/ottb/slots/{number}",
          .permission = "ottb.device.write",
          .summary = "retire a slot; its number is never given again",
          .if_match = true,
          .audit = "ottb.slot.retire"},
         [&desk](net::call asked) { return desk.retire(std::move(asked)); });
  to.add({.method = "GET",
          .path = "/ottb/slots/{number}/credentials",
          .permission = "ottb.slot.credentials",
          .summary = "the slot's SIP credentials, for an engineer",
          .audit = "ottb.slot.credentials.read"},
         [&desk](net::call asked) { return desk.credentials(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/slots/{number}/credentials",
          .permission = "ottb.slot.credentials",
          .summary = "new SIP credentials; the hub and the edge learn them at once",
          .audit = "ottb.slot.credentials.renew"},
         [&desk](net::call asked) { return desk.renew_credentials(std::move(asked)); });
}

}  // namespace vss::ottb
