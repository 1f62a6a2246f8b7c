#include "ottb/hub_config.hpp"

namespace vss::ottb {

namespace {

constexpr std::int32_t remote_permit_seconds = 10;

void hide(boost::json::object& object, const char* member) {
  if (auto* value = object.if_contains(member)) *value = "***";
}

}  // namespace

link::hub_config desired_config(const hub_site& site, const hub_facts& hub, const std::vector<slot_facts_row>& slots) {
  link::hub_config out;
  out.realm = site.realm;
  out.proxy = site.proxy;
  out.rtp_ports = site.rtp_ports;
  out.register_expires = site.register_expires;
  out.registrations_per_second = site.registrations_per_second;
  out.permit_seconds =
      hub.network == "vpn" ? std::max(site.permit_seconds, remote_permit_seconds) : site.permit_seconds;
  out.rest = site.rest;
  out.rabbit_host = site.rabbit_host;
  out.rabbit_port = site.rabbit_port;
  out.rabbit_user = site.rabbit_user;
  out.rabbit_password = site.rabbit_password.reveal();
  out.rabbit_vhost = site.rabbit_vhost;
  out.lead_queue = "hub." + hub.short_id + ".leads";
  out.cdr_conninfo = site.cdr_conninfo;  // the hub adds its own role, hub_<short id>
  out.cdr_password = hub.cdr_password.reveal();
  for (const auto& slot : slots) {
    out.slots.push_back({slot.number, slot.kind, slot.number, slot.sip_password.reveal(), slot.media, slot.enabled});
  }
  return out;
}

boost::json::value without_secrets(boost::json::value document) {
  auto* object = document.if_object();
  if (!object) return document;
  hide(*object, "rabbit_password");
  hide(*object, "cdr_password");
  auto* slots = object->if_contains("slots");
  if (!slots || !slots->is_array()) return document;
  for (auto& slot : slots->get_array()) {
    if (slot.is_object()) hide(slot.get_object(), "sip_password");
  }
  return document;
}

}  // namespace vss::ottb
