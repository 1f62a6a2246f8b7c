#pragma once
// POINT's endpoint table, in four parts. add_routes of service.hpp calls them all.
#include "point/service.hpp"

namespace vss::point {

void add_session_routes(net::router& to, service& point);  // login, refresh, logout, one's own account
void add_browser_routes(net::router& to, service& point);  // a browser's login and logout, the second factor
void add_people_routes(net::router& to, service& point);   // people, sessions of others, roles
void add_site_routes(net::router& to, service& point);     // hubs' identities, keys, the audit log

// Who one is: what GET /point/me and a browser's login answer.
task<result<own_account>> account_of(service& point, net::principal who);

// Query parameters of a page and their reading.
net::parameter limit_parameter();
net::parameter after_parameter();
int limit_of(const net::call& from);  // 1..500, 50 when absent
std::string query_of(const net::call& from, const std::string& name);
// The row version of If-Match; precondition when it is no number.
result<std::int64_t> version_of(const net::call& from);

}  // namespace vss::point
