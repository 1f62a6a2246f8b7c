#pragma once
// The cookie of a browser's session, as text: `__Host-` (RFC 6265bis) ties it to this host, to TLS and to the path "/";
// scripts cannot read it, and no page of another site makes the browser send it. Pure.
#include <optional>
#include <string>

#include "base/secret.hpp"
#include "net/http.hpp"

namespace vss::point {

// Empty when there is none; unauthorized when there are two, because nobody could say which one counts.
result<std::optional<secret>> cookie_of(const net::http_request& request);

// Values of Set-Cookie.
std::string cookie_with(const secret& token);
std::string cookie_cleared();

}  // namespace vss::point
