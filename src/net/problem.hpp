#pragma once
// Problem details (RFC 9457) and the one table from error kinds to HTTP, and the headers that every response carries.
#include "base/trail.hpp"
#include "net/http.hpp"

namespace vss::net {

int status_of(errc kind);
// The answer to a failed request: type, title, status, detail, trail, problems. The type is the kind's URN, or
// /problems/<type> when the error names one. The text of `internal` stays in the log.
http_response problem(const error& what, const trail& story);
// The same for what has no error kind of ours (405, 415, 428, 431 ...).
http_response problem(int status, std::string_view type, std::string detail, const trail& story);
// Adds the security headers that are not set yet.
void secure(http_response& response);

}  // namespace vss::net
