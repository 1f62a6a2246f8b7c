#pragma once
// WORKSPACE over REST: tickets for the live socket.
#include "net/router.hpp"
#include "workspace/service.hpp"

namespace vss::workspace {

void add_routes(net::router& to, service& workspace);

}  // namespace vss::workspace
