#pragma once
// Every option of `vss archont`; config/archont.example.toml names each with a comment. What a slot is called and how
// it signs in comes from the server over the link (F-14), not from here.
#include "base/dto.hpp"

namespace vss::archont {

struct server_section {
  std::string api;   // REST base for enrolment: "http://127.0.0.1:24000" or https
  std::string link;  // "wss://127.0.0.1:24001/link"
  std::string ca;    // PEM file of the authority that signed the server's certificate
};
BOOST_DESCRIBE_STRUCT(server_section, (), (api, link, ca))

struct hub_section {
  std::string state;                      // folder: key, certificate, journal
  std::optional<std::string> token_file;  // one-time enrolment token; read once, then the file is removed
  std::string bind;                       // address for SIP and RTP
};
BOOST_DESCRIBE_STRUCT(hub_section, (), (state, token_file, bind))

struct log_section {
  std::string level;
  std::optional<std::string> file;
};
BOOST_DESCRIBE_STRUCT(log_section, (), (level, file))

struct archont_options {
  server_section server;
  hub_section hub;
  log_section log;
};
BOOST_DESCRIBE_STRUCT(archont_options, (), (server, hub, log))

}  // namespace vss::archont
