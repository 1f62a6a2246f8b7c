#pragma once
// Where a browser says a request comes from (RFC 6454, "Origin"), compared with the server that it reached.
#include "net/http.hpp"

namespace vss::net {

// Origin == scheme://Host, https when the request came over TLS. False without either of the two headers.
bool from_own_origin(const http_request& request);
// A browser said that the page which asks is another server's.
bool from_other_origin(const http_request& request);
// All but GET, HEAD and OPTIONS (RFC 9110 section 9.2.1; we have no TRACE).
bool is_unsafe(std::string_view method);

}  // namespace vss::net
