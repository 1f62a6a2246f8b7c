#pragma once
// The opening handshake of RFC 6455 section 4, without I/O.
#include <optional>

#include "net/http_parse.hpp"

namespace vss::net {

std::string ws_accept(std::string_view key);  // sec-websocket-accept
std::optional<http_fault> upgrade_fault(const http_request& request);
// The 101 answer. `subprotocol` is named when the client offers it.
std::string upgrade_answer(const http_request& request, const std::string& subprotocol);
// The client's request, and whether the server's answer fits it.
std::string upgrade_request(std::string_view target, std::string_view host, std::string_view key,
                            const http_headers& headers);
result<void> upgrade_accepted(const http_response& answer, std::string_view key);

}  // namespace vss::net
