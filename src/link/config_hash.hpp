#pragma once
// F-14: both ends of the link name a configuration by the SHA-256 of its canonical JSON: members sorted by name at
// every depth, no white space, arrays in their order. `config_drift` names what differs, by JSON pointer.
#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace vss::link {

std::string canonical_json(const boost::json::value& document);
std::string config_hash(const boost::json::value& document);  // 64 lower-case hex digits

// Pointers (RFC 6901) of what `running` lacks, has too much or holds differently; at most 100, sorted. An array's items
// are compared by place.
std::vector<std::string> config_drift(const boost::json::value& desired, const boost::json::value& running);

}  // namespace vss::link
