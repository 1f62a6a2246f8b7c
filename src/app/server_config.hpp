#pragma once
// Every option of `vss server`. config/server.example.toml names each with a comment; a test loads it. Secrets are
// files.
#include "base/config.hpp"

namespace vss::app {

struct site_section {
  std::string name;          // shown to people
  std::string zone;          // IANA zone of the site
  std::optional<bool> test;  // a test site: `vss admin permit` may mint permits of every state
};
BOOST_DESCRIBE_STRUCT(site_section, (), (name, zone, test))

struct api_section {
  std::string listen;
  std::optional<std::string> certificate;
  std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(api_section, (), (listen, certificate, key))

struct link_section {
  std::string listen;
  std::string url;  // what archonts are told to use for REST
  std::string certificate;
  std::string key;
  std::string ca;  // the CA that signs archonts' certificates
  std::string ca_key;
};
BOOST_DESCRIBE_STRUCT(link_section, (), (listen, url, certificate, key, ca, ca_key))

struct postgres_section {
  std::string conninfo;
  std::optional<std::int32_t> connections;
  std::string hub_conninfo;  // what archonts are told for CDRs (TLS)
};
BOOST_DESCRIBE_STRUCT(postgres_section, (), (conninfo, connections, hub_conninfo))

struct rabbitmq_section {
  std::string host;
  std::int32_t port = 5672;
  std::string vhost;
  std::string user;
  std::string password_file;
};
BOOST_DESCRIBE_STRUCT(rabbitmq_section, (), (host, port, vhost, user, password_file))

struct redis_section {
  std::string address;
};
BOOST_DESCRIBE_STRUCT(redis_section, (), (address))

struct kamailio_section {
  std::string evapi;
  std::string rpc;
  std::string sip;  // what slots register with
  std::string realm;
  std::string key_file;  // what proves us to the edge (evapi, rpc)
  std::string dnc_key_file;
  std::optional<std::string> snapshot;  // program that copies the edge's tables; absent: another machine feeds the edge
};
BOOST_DESCRIBE_STRUCT(kamailio_section, (), (evapi, rpc, sip, realm, key_file, dnc_key_file, snapshot))

struct asterisk_section {
  std::string node;  // name of this PBX node: its ARI and evapi have one owner among all servers
  std::string ari;
  std::string user;
  std::string password_file;
  std::string application;
};
BOOST_DESCRIBE_STRUCT(asterisk_section, (), (node, ari, user, password_file, application))

struct security_section {
  std::string kek_file;
  std::string index_key_file;
  std::string audit_checkpoints;  // file outside PostgreSQL that holds the signed checkpoints
};
BOOST_DESCRIBE_STRUCT(security_section, (), (kek_file, index_key_file, audit_checkpoints))

struct hub_section {
  std::string rtp_ports;
  std::int32_t permit_seconds = 3;
  std::int32_t virtual_auto = 0;  // virtual slots that a hub of that kind gets when it enrols
  std::int32_t virtual_mf = 0;
  std::int32_t virtual_ls = 0;
};
BOOST_DESCRIBE_STRUCT(hub_section, (), (rtp_ports, permit_seconds, virtual_auto, virtual_mf, virtual_ls))
inline auto dto_rules(const hub_section*) {
  return dto::rules(dto::range<&hub_section::permit_seconds>(1, 60), dto::range<&hub_section::virtual_auto>(0, 2000),
                    dto::range<&hub_section::virtual_mf>(0, 2000), dto::range<&hub_section::virtual_ls>(0, 2000));
}

struct console_section {
  std::optional<std::string> folder;  // the built console (web/dist); absent: no console
};
BOOST_DESCRIBE_STRUCT(console_section, (), (folder))

struct log_section {
  std::string level;
  std::optional<std::string> file;
};
BOOST_DESCRIBE_STRUCT(log_section, (), (level, file))

struct server_config {
  site_section site;
  api_section api;
  link_section link;
  postgres_section postgres;
  rabbitmq_section rabbitmq;
  redis_section redis;
  kamailio_section kamailio;
  asterisk_section asterisk;
  security_section security;
  hub_section hub;
  console_section console;
  log_section log;
};
BOOST_DESCRIBE_STRUCT(server_config, (),
                      (site, api, link, postgres, rabbitmq, redis, kamailio, asterisk, security, hub, console, log))

}  // namespace vss::app
