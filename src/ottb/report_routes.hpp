#pragma once
// The machine routes that archonts call on the link listener: permits (F-01 step 3) and reports (F-11). The hub is the
// one behind the client certificate, never one that a message names.
#include "net/metrics.hpp"
#include "net/router.hpp"
#include "ottb/permit.hpp"
#include "ottb/report_service.hpp"

namespace vss::ottb {

void add_link_routes(net::router& routes, permit_desk& permits, report_service& reports, net::metrics& meters);

}  // namespace vss::ottb
