#pragma once
// The endpoints of leads, imports, searches, attempts, do-not-call lists, and of profiles and flows.
#include "net/router.hpp"
#include "ottb/campaign_service.hpp"
#include "ottb/dnc_service.hpp"
#include "ottb/lead_service.hpp"

namespace vss::ottb {

// What the endpoints share: query and path, read once in one way.
std::string asked(const net::call& from, const char* name);
int limit_of(const net::call& from);
std::int64_t number_of(std::string_view digits);
net::parameter limit_parameter();

void add_routes(net::router& routes, lead_service& leads);
void add_routes(net::router& routes, import_service& imports);
void add_routes(net::router& routes, dnc_service& dnc);
void add_document_routes(net::router& routes, campaign_service& campaigns);

}  // namespace vss::ottb
