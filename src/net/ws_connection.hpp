#pragma once
// WebSocket connections on our streams; see net/websocket.hpp for what they promise. What is sent within one turn of
// the loop leaves in one write. An idle connection keeps neither a read nor a write buffer.
#include "net/tls_stream.hpp"
#include "net/websocket.hpp"
#include "net/ws_codec.hpp"

namespace vss::net {

// `left`: bytes that came right behind the handshake.
std::shared_ptr<ws_connection> make_ws(std::shared_ptr<stream> link, ws_role role, ws_options options,
                                       std::string left);
// Reads and drops until the close handshake ends, at most `limit`; then the socket is closed.
task<void> drain_ws(std::shared_ptr<ws_connection> ws, milliseconds limit);

}  // namespace vss::net
