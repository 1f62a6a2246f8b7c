#pragma once
// F-14: a hub's desired configuration as one document and its name, the hash (link/config_hash.hpp). Pure: the same
// rows always give the same document, so a hash that differs means a configuration that differs.
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "link/hub_config.hpp"

namespace vss::ottb {

// What is the same for every hub of this site.
struct hub_site {
  std::string realm;
  std::string proxy;      // where slots register: "127.0.0.1:24060"
  std::string rtp_ports;  // "28000-31999"
  std::string rest;       // base URL of the link listener
  std::string rabbit_host;
  std::int32_t rabbit_port = 5672;
  std::string rabbit_user;
  secret rabbit_password;
  std::string rabbit_vhost;
  std::string cdr_conninfo;  // libpq keywords without user and password
  std::int32_t permit_seconds = 3;
  std::int32_t register_expires = 120;
  std::int32_t registrations_per_second = 50;
};

struct hub_facts {
  std::string id;
  std::string short_id;
  std::string network;  // lan, vpn
  std::string cdr_role;
  secret cdr_password;
};

struct slot_facts_row {
  std::string number;
  link::slot_kind kind = link::slot_kind::MF;
  secret sip_password;
  std::string media;
  bool enabled = true;
};

// A permit lives long enough for the hub's network (3 s on a LAN, 10 s over a VPN).
link::hub_config desired_config(const hub_site& site, const hub_facts& hub, const std::vector<slot_facts_row>& slots);

// The document as people may see it: every secret is "***".
boost::json::value without_secrets(boost::json::value document);

}  // namespace vss::ottb
