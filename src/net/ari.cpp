#include "net/ari.hpp"

#include <boost/beast/core/detail/base64.hpp>
#include <boost/json/serialize.hpp>

#include "base/dto_read.hpp"
#include "base/log.hpp"
#include "net/http.hpp"
#include "net/websocket.hpp"

namespace vss::net {
namespace json = boost::json;

namespace {

constexpr milliseconds request_limit{3000};
constexpr milliseconds reconnect{300};
constexpr milliseconds silence{30000};

std::string base64(const std::string& text) {
  namespace b64 = boost::beast::detail::base64;
  std::string out(b64::encoded_size(text.size()), '\0');
  out.resize(b64::encode(out.data(), text.data(), text.size()));
  return out;
}

errc kind_of(int status) {
  switch (status) {
    case 404:
      return errc::not_found;
    case 409:
    case 412:
    case 422:
      return errc::conflict;
    case 503:
      return errc::unavailable;
    default:
      return errc::internal;
  }
}

}  // namespace

struct ari::state {
  state(executor e, ari_options o)
      : options(std::move(o)),
        client(e, {.ca_file = {}, .certificate = {}, .key = {}, .connections = 32, .quick_ack = true}),
        authorization("Basic " + base64(options.user + ":" + options.password.reveal())) {}
  ari_options options;
  http_client client;
  std::string authorization;
  bool up = false;
};

ari::ari(executor on, ari_options options) : state_(std::make_shared<state>(std::move(on), std::move(options))) {}
ari::~ari() = default;

bool ari::connected() const { return state_->up; }

task<result<json::value>> ari::send(std::string method, std::string path, json::value body) {
  const auto shared = state_;
  http_headers headers;
  headers.set("authorization", shared->authorization);
  std::string text;
  if (!body.is_null()) {
    headers.set("content-type", "application/json");
    text = json::serialize(body);
  }
  const std::string where = method + " " + path.substr(0, path.find('?'));
  auto answer = co_await shared->client.send(std::move(method), shared->options.base + path, std::move(headers),
                                             std::move(text), request_limit);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  if (answer->status >= 300) {
    co_return fail(kind_of(answer->status),
                   where + " answered " + std::to_string(answer->status) + " " + answer->body.substr(0, 120));
  }
  if (answer->body.empty()) co_return json::value(nullptr);
  co_return dto::parse_json(answer->body);
}

task<void> ari::run(ari_events events) {
  const auto shared = state_;
  std::string url = shared->options.base + "/events?app=" + url_escape(shared->options.application);
  url.replace(0, 4, "ws");
  // Also when the owner is cancelled in the middle of a wait.
  struct ending {
    state& of;
    ~ending() { of.up = false; }
  } ends{*shared};
  for (;;) {
    http_headers headers;
    headers.set("authorization", shared->authorization);
    client_options options;
    auto opened = co_await ws_connect(url, options, std::move(headers), ws_options{}, request_limit);
    if (opened) {
      auto socket = std::move(*opened);
      shared->up = true;
      if (events.up) events.up();
      for (;;) {
        auto text = co_await socket->receive(silence);
        if (!text && text.error().kind == errc::timeout) {
          socket->ping();
          continue;
        }
        if (!text) break;
        auto event = dto::parse_json(*text);
        if (event && event->is_object())
          events.heard(std::move(event->get_object()));
        else
          log::warn("net", "ari_not_json", {{"bytes", text->size()}});
      }
      shared->up = false;
      if (events.down) events.down();
    }
    co_await pause(reconnect);
  }
}

std::string url_escape(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace vss::net
