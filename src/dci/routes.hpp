#pragma once
// DCI's endpoints; permissions in dci/permissions.hpp.
#include "dci/service.hpp"
#include "net/router.hpp"

namespace vss::dci {

void add_routes(net::router& to, service& dci);

}  // namespace vss::dci
