#pragma once
// F-14. A hub's whole desired configuration, as the server pushes it over the link (link/message.hpp, config_push). Its
// hash is sha256 hex of its canonical JSON (link/config_hash.hpp).
#include "base/dto.hpp"
#include "link/slot_state.hpp"

namespace vss::link {

struct slot_config {
  std::string number;
  slot_kind kind = slot_kind::MF;
  std::string sip_user;
  std::string sip_password;    // random, short-lived; travels only inside the mutually authenticated link
  std::string media = "tone";  // tone, silence
  bool enabled = true;
};
BOOST_DESCRIBE_STRUCT(slot_config, (), (number, kind, sip_user, sip_password, media, enabled))

struct hub_config {
  std::string realm;
  std::string proxy;      // "127.0.0.1:24060"
  std::string rtp_ports;  // "28000-31999"
  std::int32_t register_expires = 120;
  std::int32_t registrations_per_second = 50;
  std::int32_t permit_seconds = 3;
  std::string rest;  // base URL of the link listener
  std::string rabbit_host;
  std::int32_t rabbit_port = 0;
  std::string rabbit_user;
  std::string rabbit_password;
  std::string rabbit_vhost;
  std::string lead_queue;
  std::string cdr_conninfo;  // libpq keywords without password file; role hub_<id>, sslmode=verify-ca
  std::string cdr_password;
  std::vector<slot_config> slots;
};
BOOST_DESCRIBE_STRUCT(hub_config, (),
                      (realm, proxy, rtp_ports, register_expires, registrations_per_second, permit_seconds, rest,
                       rabbit_host, rabbit_port, rabbit_user, rabbit_password, rabbit_vhost, lead_queue, cdr_conninfo,
                       cdr_password, slots))

}  // namespace vss::link
