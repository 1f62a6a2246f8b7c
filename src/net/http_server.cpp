// Accepting connections: SO_REUSEPORT, a bound below the descriptor limit, and a pause when descriptors run out.
#include <sys/resource.h>
#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "net/http_connection.hpp"
#include "net/http_wire.hpp"
#include "net/tls.hpp"
#include "net/websocket.hpp"

namespace vss::net {
namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct http_server::state {
  state(executor e, listen_options o, http_service s)
      : shared(std::make_shared<http_listener>(e, std::move(o), std::move(s))), acceptor(e) {}
  std::shared_ptr<http_listener> shared;
  tcp::acceptor acceptor;
  std::size_t most = 0;

  void listen();
  static task<void> accept_all(std::shared_ptr<state> self);
  int accept_some();  // 0, or the errno that stopped it
};

namespace {

// Some descriptors stay free for the database, the broker and files.
std::size_t below_descriptor_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  const std::size_t all = limit.rlim_cur;
  return std::min(wanted, all > 512 ? all - 256 : all / 2);
}

}  // namespace

void http_server::state::listen() {
  std::string address = shared->options.address;
  const bool any_port = address.ends_with(":0");
  if (any_port) address.back() = '1';
  const auto where = read_url("http://" + address);
  if (!where) throw std::runtime_error(where.error().message);
  const tcp::endpoint end(asio::ip::make_address(where->host), any_port ? std::uint16_t{0} : where->port);
  acceptor.open(end.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  const int yes = 1;
  ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
  acceptor.bind(end);
  acceptor.listen(4096);
  acceptor.non_blocking(true);
  acceptor.native_non_blocking(true);
  most = below_descriptor_limit(shared->options.connections);
}

int http_server::state::accept_some() {
  for (int i = 0; i < 64 && shared->open.size() < most; ++i) {
    const int got = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (got >= 0) {
      shared->children.spawn("connection", serve_connection(shared, adopt_stream(shared->on, got, shared->tls)));
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return errno == EAGAIN ? 0 : errno;
    }
  }
  return 0;
}

task<void> http_server::state::accept_all(std::shared_ptr<state> self) {
  auto& of = *self->shared;
  while (!of.draining && self->acceptor.is_open()) {
    if (of.open.size() >= self->most) {
      log::warn("net", "accept_paused", {{"address", of.options.address}, {"open", of.open.size()}});
      while (of.open.size() >= self->most && !of.draining) co_await of.freed.wait(seconds(1));
      continue;
    }
    co_await self->acceptor.async_wait(tcp::acceptor::wait_read, asio::as_tuple(asio::use_awaitable));
    const int stopped = of.draining || !self->acceptor.is_open() ? 0 : self->accept_some();
    if (stopped == 0) continue;
    // Out of descriptors or memory: the queue in the kernel waits while connections end.
    log::warn("net", "accept_failed", {{"address", of.options.address}, {"errno", stopped}, {"open", of.open.size()}});
    co_await pause(milliseconds(100));
  }
}

http_server::http_server(executor on, listen_options options, http_service service)
    : state_(std::make_shared<state>(on, std::move(options), std::move(service))) {
  if (state_->shared->options.tls) state_->shared->tls = tls_context::server(*state_->shared->options.tls);
  state_->listen();
  state_->shared->children.spawn("accept", state::accept_all(state_));
}

http_server::~http_server() {
  boost::system::error_code ignored;
  state_->shared->draining = true;
  state_->acceptor.close(ignored);
  for (auto& one : state_->shared->open) one.link->close();
}

task<void> http_server::stop(milliseconds limit) {
  const auto self = state_;
  auto& of = *self->shared;
  const auto until = from_now(limit);
  boost::system::error_code ignored;
  of.draining = true;
  self->acceptor.close(ignored);
  of.freed.notify();
  for (auto& one : of.open) {
    if (const auto ws = one.ws.lock())
      ws->close(1001, "the server stops");
    else if (one.idle)
      one.link->close();
  }
  while (!of.open.empty() && std::chrono::steady_clock::now() < until) co_await of.freed.wait(milliseconds(50));
  for (auto& one : of.open) one.link->close();
  co_await of.children.stop(seconds(1));
}

std::size_t http_server::open_connections() const { return state_->shared->open.size(); }
std::uint16_t http_server::port() const { return state_->acceptor.local_endpoint().port(); }

}  // namespace vss::net
