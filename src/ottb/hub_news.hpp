#pragma once
// A word for every server process on the topic `ottb_fleet`, said in the transaction that makes it true: "config
// <hub>", "edge". Who listens: link_hub.
#include <string>

#include "net/postgres.hpp"

namespace vss::ottb {

inline constexpr net::statement tell_fleet{"tell_fleet", "select pg_notify('ottb_fleet', $1)"};

inline net::step told(const std::string& news) {
  net::params with{news};
  return {&tell_fleet, std::move(with)};
}
inline net::step config_changed(const std::string& hub) { return told("config " + hub); }
inline net::step edge_changed() { return told("edge"); }

}  // namespace vss::ottb
