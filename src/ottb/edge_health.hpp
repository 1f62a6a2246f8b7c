#pragma once
// Which trunks answer OPTIONS, read from the edge's dispatcher list. Destinations of trunk N stand in set 1000 + N
// (engines/kamailio/snapshot.sql). Pure.
#include <boost/json/value.hpp>
#include <map>

namespace vss::ottb {

// Trunk id -> up. A destination that has missed once (flag T) is left out: it is neither.
std::map<int, bool> trunk_health(const boost::json::value& dispatcher_list);

}  // namespace vss::ottb
