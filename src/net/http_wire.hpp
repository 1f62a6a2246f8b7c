#pragma once
// Messages to bytes, and the small tables of HTTP: reason phrases, dates, case.
#include <string>

#include "net/http.hpp"

namespace vss::net {

bool same_name(std::string_view a, std::string_view b);  // ASCII, case-insensitive
// True when the comma-separated header value has this token (RFC 9110 section 5.6.1).
bool lists_token(std::string_view value, std::string_view token);
std::string_view reason_phrase(int status);

// Appends the answer to `out`; `head_only` leaves the body out but keeps its length. `keep_alive` decides `connection`.
void write_response(std::string& out, const http_response& response, bool keep_alive, bool head_only);
void write_request(std::string& out, std::string_view method, std::string_view target, std::string_view host,
                   const http_headers& headers, std::string_view body);

struct url_parts {
  std::string scheme;
  std::string host;  // without brackets
  std::uint16_t port = 0;
  std::string target;
  std::string authority() const;  // for the host header
};
result<url_parts> read_url(std::string_view url);  // http, https, ws, wss

}  // namespace vss::net
