#pragma once
// Trunks: what people write about them, what REST shows, and the rules that hold. The rules are pure.
#include "base/dto.hpp"

namespace vss::ottb {

// How the carrier wants its numbers and names (engines/kamailio/README.md, sip.trunk). Everything absent: the default.
struct trunk_dialect {
  std::optional<std::int32_t> strip;              // leading characters cut from +E.164
  std::optional<std::string> prefix;              // then put before
  std::optional<std::string> inbound_prefix;      // before an inbound number without +; default "+"
  std::optional<std::string> from_user;           // default: the caller ID
  std::optional<std::string> from_domain;         // default: our realm
  std::optional<std::string> identity;            // pai, rpid, none; default pai
  std::optional<std::int32_t> register_every;     // seconds, mode register; default 600
  std::optional<bool> probe;                      // OPTIONS; default true
  std::optional<std::string> dtmf;                // rfc4733, info; default rfc4733
  std::optional<std::vector<std::string>> peers;  // further addresses that the carrier calls from
};
BOOST_DESCRIBE_STRUCT(trunk_dialect, (),
                      (strip, prefix, inbound_prefix, from_user, from_domain, identity, register_every, probe, dtmf,
                       peers))
inline auto dto_rules(const trunk_dialect*) {
  return dto::rules(dto::range<&trunk_dialect::strip>(0, 4), dto::format<&trunk_dialect::prefix>("[+0-9]{0,12}"),
                    dto::format<&trunk_dialect::inbound_prefix>("[+]?[0-9]{0,4}"),
                    dto::format<&trunk_dialect::from_user>("[A-Za-z0-9+._-]{0,64}"),
                    dto::format<&trunk_dialect::from_domain>("[A-Za-z0-9.-]{0,120}"),
                    dto::format<&trunk_dialect::identity>("pai|rpid|none"),
                    dto::range<&trunk_dialect::register_every>(30, 86400),
                    dto::format<&trunk_dialect::dtmf>("rfc4733|info"), dto::items<&trunk_dialect::peers>(0, 32),
                    dto::format<&trunk_dialect::peers>("[0-9a-f.:]{3,45}"));
}

struct trunk_input {
  std::string name;
  std::string host;
  std::int32_t port = 5060;
  std::string transport = "udp";
  std::string mode = "ip";  // ip, register
  std::optional<std::string> auth_user;
  std::optional<std::string> auth_realm;
  std::optional<secret> auth_secret;  // absent in a change: the old one stays
  std::int32_t cps = 1;               // calls in any second
  std::int32_t channels = 10;
  std::int32_t priority = 0;  // the lowest is tried first
  std::int32_t weight = 50;   // among equals
  std::string prefix;         // least cost: the longest matching prefix of the callee's number wins
  trunk_dialect dialect;
  bool simulated = false;  // stands on the loopback; profiles without calling windows may use only such trunks
  bool enabled = true;
};
BOOST_DESCRIBE_STRUCT(trunk_input, (),
                      (name, host, port, transport, mode, auth_user, auth_realm, auth_secret, cps, channels, priority,
                       weight, prefix, dialect, simulated, enabled))
inline auto dto_rules(const trunk_input*) {
  using t = trunk_input;
  return dto::rules(
      dto::format<&t::name>("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}"), dto::format<&t::host>("[A-Za-z0-9.-]{1,120}"),
      dto::range<&t::port>(1, 65535), dto::has_default<&t::port>(), dto::format<&t::transport>("udp|tcp|tls"),
      dto::has_default<&t::transport>(), dto::format<&t::mode>("ip|register"), dto::has_default<&t::mode>(),
      dto::format<&t::auth_user>("[A-Za-z0-9+._-]{1,64}"), dto::format<&t::auth_realm>("[A-Za-z0-9._-]{1,64}"),
      dto::length<&t::auth_secret>(1, 200), dto::range<&t::cps>(1, 500), dto::has_default<&t::cps>(),
      dto::range<&t::channels>(1, 5000), dto::has_default<&t::channels>(), dto::range<&t::priority>(0, 1000),
      dto::has_default<&t::priority>(), dto::range<&t::weight>(0, 1000), dto::has_default<&t::weight>(),
      dto::format<&t::prefix>("([+][0-9]{0,14})?"), dto::has_default<&t::prefix>(), dto::has_default<&t::dialect>(),
      dto::has_default<&t::simulated>(), dto::has_default<&t::enabled>());
}

struct trunk_view {
  std::int32_t id = 0;
  std::string name;
  std::string host;
  std::int32_t port = 0;
  std::string transport;
  std::string mode;
  std::optional<std::string> auth_user;
  std::optional<std::string> auth_realm;
  bool has_secret = false;
  std::int32_t cps = 0;
  std::int32_t channels = 0;
  std::int32_t priority = 0;
  std::int32_t weight = 0;
  std::string prefix;
  trunk_dialect dialect;
  bool simulated = false;
  bool enabled = true;
  std::string health;  // unknown, up, down
  std::optional<instant> health_at;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(trunk_view, (),
                      (id, name, host, port, transport, mode, auth_user, auth_realm, has_secret, cps, channels,
                       priority, weight, prefix, dialect, simulated, enabled, health, health_at, created_at))

struct trunk_page {
  std::vector<trunk_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(trunk_page, (), (items, next))

// What no single member's rule can say. `has_secret`: one is stored already.
std::vector<problem> check_trunk(const trunk_input& input, bool has_secret);
bool on_loopback(std::string_view host);  // 127.0.0.0/8, written as an address

}  // namespace vss::ottb
