#include "net/evapi.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>

#include "base/dto_read.hpp"
#include "base/log.hpp"
#include "base/scope.hpp"
#include "net/netstring.hpp"

namespace vss::net {
namespace asio = boost::asio;
namespace json = boost::json;
using tcp = asio::ip::tcp;

namespace {

constexpr std::size_t message_bound = 64 * 1024;
constexpr std::size_t queue_bound = 1000;
constexpr milliseconds heartbeat{1000};
constexpr milliseconds reconnect{300};
constexpr milliseconds connect_limit{3000};
constexpr auto token = asio::as_tuple(asio::use_awaitable);

tcp::endpoint endpoint_of(const std::string& address) {
  const auto colon = address.rfind(':');
  return {asio::ip::make_address(address.substr(0, colon)),
          static_cast<unsigned short>(std::stoi(address.substr(colon + 1)))};
}

std::string_view word(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found && found->is_string() ? std::string_view(found->get_string()) : std::string_view();
}

}  // namespace

struct evapi::state {
  state(executor e, std::string a, secret k) : on(e), address(std::move(a)), key(std::move(k)), out(e, queue_bound) {}
  executor on;
  std::string address;
  secret key;
  channel<std::string> out;
  std::unique_ptr<tcp::socket> socket;
  bool welcome = false;
  bool displaced = false;

  static task<void> write_loop(std::shared_ptr<state> self);  // may outlive a reader that was cancelled
  task<void> read_loop(evapi_events& events);
};

evapi::evapi(executor on, std::string address, secret key)
    : state_(std::make_shared<state>(std::move(on), std::move(address), std::move(key))) {}
evapi::~evapi() = default;

bool evapi::connected() const { return state_->welcome; }

bool evapi::send(json::object message) {
  return state_->welcome && state_->out.push(netstring(json::serialize(message)));
}

task<void> evapi::state::write_loop(std::shared_ptr<state> self) {
  for (;;) {
    auto next = co_await self->out.pop(heartbeat);
    std::string bytes = next ? std::move(*next) : std::string();
    while (bytes.size() < message_bound && self->out.size() > 0) {
      auto more = co_await self->out.pop(milliseconds{1});
      if (more) bytes += *more;
    }
    bytes += netstring(R"({"cmd":"hb"})");
    const auto written = co_await asio::async_write(*self->socket, asio::buffer(bytes), token);
    if (std::get<0>(written)) co_return;
  }
}

task<void> evapi::state::read_loop(evapi_events& events) {
  netstring_reader reader(message_bound);
  std::array<char, 16384> bytes;
  for (;;) {
    const auto got = co_await socket->async_read_some(asio::buffer(bytes), token);
    if (std::get<0>(got)) co_return;
    const int yes = 1;
    ::setsockopt(socket->native_handle(), IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
    reader.feed({bytes.data(), std::get<1>(got)});
    while (auto text = reader.next()) {
      auto message = dto::parse_json(*text);
      if (!message || !message->is_object()) {
        log::warn("net", "evapi_not_json", {{"bytes", text->size()}});
        continue;
      }
      const auto event = word(message->get_object(), "ev");
      if (event == "welcome") {
        welcome = true;
        if (events.up) events.up();
      } else if (event == "superseded" || event == "denied") {
        displaced = true;
        co_return;
      }
      if (events.heard) events.heard(std::move(message->get_object()));
    }
    if (reader.broken()) {
      log::error("net", "evapi_broken_framing");
      co_return;
    }
  }
}

task<void> evapi::run(std::int64_t epoch, evapi_events events) {
  const auto shared = state_;
  shared->displaced = false;
  // Also when the owner is cancelled in the middle of a wait.
  struct ending {
    state& of;
    ~ending() {
      of.welcome = false;
      if (of.socket) of.socket->close();
    }
  } ends{*shared};
  while (!shared->displaced) {
    shared->socket = std::make_unique<tcp::socket>(shared->on);
    asio::steady_timer limit(shared->on, connect_limit);
    limit.async_wait([socket = shared->socket.get()](boost::system::error_code ec) {
      if (!ec) socket->close();
    });
    const auto opened = co_await shared->socket->async_connect(endpoint_of(shared->address), token);
    limit.cancel();
    if (!std::get<0>(opened)) {
      shared->socket->set_option(tcp::no_delay(true));
      json::object hello{{"cmd", "hello"}, {"key", shared->key.reveal()}, {"epoch", epoch}};
      const std::string bytes = netstring(json::serialize(hello));
      const auto written = co_await asio::async_write(*shared->socket, asio::buffer(bytes), token);
      if (!std::get<0>(written)) {
        scope writing(shared->on, "evapi");
        writing.spawn("write", state::write_loop(shared));
        co_await shared->read_loop(events);
        shared->socket->close();
        co_await writing.stop(milliseconds{1000});
      }
    }
    if (std::exchange(shared->welcome, false) && events.down) events.down();
    if (!shared->displaced) co_await pause(reconnect);
  }
  log::warn("net", "evapi_displaced", {{"epoch", epoch}});
}

}  // namespace vss::net
