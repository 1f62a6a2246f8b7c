#include "net/websocket.hpp"

#include <openssl/evp.h>

#include <array>

#include "base/ids.hpp"
#include "net/http_wire.hpp"
#include "net/tls.hpp"
#include "net/ws_connection.hpp"
#include "net/ws_handshake.hpp"

namespace vss::net {
namespace {

std::string fresh_key() {
  std::array<std::uint8_t, 16> raw{};
  system_random().fill(raw);
  std::array<unsigned char, 32> out{};
  const int size = EVP_EncodeBlock(out.data(), raw.data(), raw.size());
  return {reinterpret_cast<const char*>(out.data()), static_cast<std::size_t>(size)};
}

// Reads the answer's head; what came behind it is the first of the frames.
task<result<std::string>> read_answer(std::shared_ptr<stream> link, http_reader& reader, steady_point until) {
  std::string left;
  while (!reader.done()) {
    const auto got = co_await link->read(read_buffer(), until);
    if (!got) co_return std::unexpected(got.error());
    std::string_view bytes(read_buffer().data(), *got);
    while (!bytes.empty() && !reader.done() && !reader.fault()) bytes.remove_prefix(reader.feed(bytes));
    if (reader.fault()) co_return fail(errc::unavailable, "not an HTTP answer: " + reader.fault()->why);
    left = bytes;
  }
  co_return left;
}

result<std::shared_ptr<tls_context>> context_for(const client_options& client, bool safe) {
  if (!safe) return nullptr;
  try {
    return tls_context::client(client);
  } catch (const std::exception& e) {
    return fail(errc::unavailable, e.what());
  }
}

}  // namespace

task<result<std::shared_ptr<ws_connection>>> ws_connect(std::string url, client_options client, http_headers headers,
                                                        ws_options options, milliseconds limit) {
  const auto until = from_now(limit);
  const auto parts = read_url(url);
  if (!parts) co_return std::unexpected(parts.error());
  const auto tls = context_for(client, parts->scheme == "wss" || parts->scheme == "https");
  if (!tls) co_return std::unexpected(tls.error());
  auto link = co_await connect_stream(parts->host, parts->port, *tls, until);
  if (!link) co_return std::unexpected(link.error());
  const std::string key = fresh_key();
  const std::string request = upgrade_request(parts->target, parts->authority(), key, headers);
  const auto sent = co_await (*link)->write(request, until);
  if (!sent) co_return std::unexpected(sent.error());
  http_reader reader(http_reader::kind::response, 64 * 1024);
  auto left = co_await read_answer(*link, reader, until);
  if (!left) co_return std::unexpected(left.error());
  const auto accepted = upgrade_accepted(reader.response(), key);
  if (!accepted) co_return std::unexpected(accepted.error());
  co_return make_ws(*link, ws_role::client, options, std::move(*left));
}

}  // namespace vss::net
