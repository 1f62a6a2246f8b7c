#include "net/tls_stream.hpp"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/ids.hpp"
#include "net/tls.hpp"

namespace vss::net {
namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {
constexpr auto never = steady_point::max();
}

// Deadlines cost nothing while they only move later: one timer is armed for the earliest, and looks again when it
// fires.
struct stream::state : std::enable_shared_from_this<stream::state> {
  state(tcp::socket s, std::shared_ptr<tls_context> t)
      : socket(std::move(s)), timer(socket.get_executor()), tls(std::move(t)) {
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.native_non_blocking(true, ignored);
    socket.set_option(tcp::no_delay(true), ignored);
    if (!tls) return;
    ssl = SSL_new(tls->native());
    SSL_set_fd(ssl, socket.native_handle());
  }
  ~state() {
    if (ssl) SSL_free(ssl);
  }

  void arm(way direction, steady_point until) {
    deadline[static_cast<int>(direction)] = until;
    const auto earliest = std::min(deadline[0], deadline[1]);
    if (earliest == never || armed_for <= earliest) return;
    armed_for = earliest;
    timer.expires_at(earliest);
    timer.async_wait([weak = weak_from_this()](boost::system::error_code ec) {
      const auto self = weak.lock();
      if (!ec && self) self->fired();
    });
  }

  void fired() {
    armed_for = never;
    const auto now = std::chrono::steady_clock::now();
    bool any = false;
    for (int i = 0; i < 2; ++i) {
      if (deadline[i] > now) continue;
      expired[i] = any = true;
      deadline[i] = never;
    }
    boost::system::error_code ignored;
    if (any) socket.cancel(ignored);
    const auto next = deadline[0] <= deadline[1] ? way::read : way::write;
    arm(next, deadline[static_cast<int>(next)]);
  }

  // What an OpenSSL call came to: bytes, 0 (wait for `want`), -1.
  std::ptrdiff_t outcome(way direction, int got) {
    if (got > 0) return got;
    const int why = SSL_get_error(ssl, got);
    broken |= why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
    want[static_cast<int>(direction)] = why == SSL_ERROR_WANT_WRITE ? way::write : way::read;
    return broken ? -1 : 0;
  }
  tcp::socket::wait_type wanted(way direction) const {
    return want[static_cast<int>(direction)] == way::read ? tcp::socket::wait_read : tcp::socket::wait_write;
  }

  tcp::socket socket;
  asio::steady_timer timer;
  std::shared_ptr<tls_context> tls;
  SSL* ssl = nullptr;
  std::array<way, 2> want{way::read, way::write};  // a TLS read may have to write first, and the reverse
  bool broken = false;
  bool finished = false;
  std::array<bool, 2> expired{};
  std::array<steady_point, 2> deadline{never, never};
  steady_point armed_for = never;
};

stream::~stream() { close(); }

std::ptrdiff_t stream::read_now(std::span<char> into) {
  if (!state_->socket.is_open() || state_->broken) return -1;
  if (state_->ssl) {
    ERR_clear_error();
    return state_->outcome(way::read, SSL_read(state_->ssl, into.data(), static_cast<int>(into.size())));
  }
  const auto got = ::recv(state_->socket.native_handle(), into.data(), into.size(), 0);
  if (got > 0) return got;
  return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

std::ptrdiff_t stream::write_now(std::string_view bytes) {
  if (!state_->socket.is_open() || state_->broken || state_->finished) return -1;
  if (state_->ssl) {
    ERR_clear_error();
    return state_->outcome(way::write, SSL_write(state_->ssl, bytes.data(), static_cast<int>(bytes.size())));
  }
  const auto put = ::send(state_->socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (put >= 0) return put;
  return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

bool stream::has_pending() const { return state_->ssl && SSL_has_pending(state_->ssl) == 1; }

task<waited> stream::wait(way direction, steady_point until) {
  const auto self = state_;
  const auto index = static_cast<int>(direction);
  const auto type = self->wanted(direction);
  self->expired[index] = false;
  self->arm(direction, until);
  while (self->socket.is_open()) {
    const auto outcome = co_await self->socket.async_wait(type, asio::as_tuple(asio::use_awaitable));
    const auto failed = std::get<0>(outcome);
    if (!failed || self->expired[index]) {
      self->deadline[index] = never;
      co_return failed ? waited::timeout : waited::ready;
    }
  }
  self->deadline[index] = never;
  co_return waited::closed;
}

void stream::when_writable(std::function<void()> then) {
  state_->socket.async_wait(state_->wanted(way::write), [keep = state_, then = std::move(then)](auto) { then(); });
}
void stream::when_readable(std::function<void()> then) {
  state_->socket.async_wait(state_->wanted(way::read), [keep = state_, then = std::move(then)](auto) { then(); });
}

task<result<std::size_t>> stream::read(std::span<char> into, steady_point until) {
  while (true) {
    const auto got = read_now(into);
    if (got > 0) co_return static_cast<std::size_t>(got);
    if (got < 0) co_return fail(errc::unavailable, "the peer closed the connection");
    const auto how = co_await wait(way::read, until);
    if (how == waited::timeout) co_return fail(errc::timeout, "nothing came in time");
    if (how == waited::closed) co_return fail(errc::unavailable, "the connection is closed");
  }
}

task<result<void>> stream::write(std::string_view bytes, steady_point until) {
  while (!bytes.empty()) {
    const auto put = write_now(bytes);
    if (put < 0) co_return fail(errc::unavailable, "the peer closed the connection");
    bytes.remove_prefix(static_cast<std::size_t>(put));
    if (put > 0) continue;
    const auto how = co_await wait(way::write, until);
    if (how == waited::timeout) co_return fail(errc::timeout, "the peer does not read");
    if (how == waited::closed) co_return fail(errc::unavailable, "the connection is closed");
  }
  co_return result<void>{};
}

void stream::finish() {
  if (!state_->socket.is_open() || state_->finished) return;
  state_->finished = true;
  if (state_->ssl && !state_->broken && SSL_is_init_finished(state_->ssl)) SSL_shutdown(state_->ssl);
  boost::system::error_code ignored;
  state_->socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void stream::close() {
  if (!state_->socket.is_open()) return;
  if (state_->ssl && !state_->broken && !state_->finished && SSL_is_init_finished(state_->ssl))
    SSL_shutdown(state_->ssl);
  boost::system::error_code ignored;
  state_->timer.cancel();
  state_->socket.close(ignored);
}

bool stream::open() const { return state_->socket.is_open(); }
bool stream::encrypted() const { return state_->ssl != nullptr; }
executor stream::on() const { return state_->socket.get_executor(); }

void stream::quick_ack() {
  const int yes = 1;
  ::setsockopt(state_->socket.native_handle(), IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
}

std::string stream::peer_address() const {
  boost::system::error_code ec;
  const auto end = state_->socket.remote_endpoint(ec);
  return ec ? std::string() : end.address().to_string();
}

std::string stream::peer_certificate() const {
  if (!state_->ssl || SSL_get_verify_result(state_->ssl) != X509_V_OK) return {};
  const X509* shown = SSL_get0_peer_certificate(state_->ssl);
  if (!shown) return {};
  X509_NAME* subject = X509_get_subject_name(shown);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (length < 0) return {};
  std::string out(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
  OPENSSL_free(text);
  return out;
}

std::string stream::peer_fingerprint() const {
  if (!state_->ssl || SSL_get_verify_result(state_->ssl) != X509_V_OK) return {};
  const X509* shown = SSL_get0_peer_certificate(state_->ssl);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (!shown || X509_digest(shown, EVP_sha256(), digest.data(), &length) != 1) return {};
  return hex(std::span(digest).first(length));
}

namespace {

task<result<void>> handshake(stream::state* self, stream* with, bool server, steady_point until) {
  while (true) {
    ERR_clear_error();
    const int got = server ? SSL_accept(self->ssl) : SSL_connect(self->ssl);
    if (got == 1) co_return result<void>{};
    const int why = SSL_get_error(self->ssl, got);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
      self->broken = true;
      const auto verdict = SSL_get_verify_result(self->ssl);
      const std::string reason = verdict == X509_V_OK ? tls_reasons() : X509_verify_cert_error_string(verdict);
      co_return fail(errc::unavailable, "TLS handshake failed: " + reason);
    }
    self->want[0] = why == SSL_ERROR_WANT_READ ? way::read : way::write;
    const auto how = co_await with->wait(way::read, until);
    if (how == waited::timeout) co_return fail(errc::timeout, "TLS handshake took too long");
    if (how == waited::closed) co_return fail(errc::unavailable, "the connection is closed");
  }
}

// The certificate must name the host we asked for.
void expect_name(SSL* ssl, const std::string& host) {
  boost::system::error_code not_an_address;
  asio::ip::make_address(host, not_an_address);
  if (!not_an_address) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    return;
  }
  SSL_set_tlsext_host_name(ssl, host.c_str());
  SSL_set1_host(ssl, host.c_str());
}

// One deadline for a resolver or a connect: when it passes, what is under way is cancelled.
template <class Object>
class cancel_at {
 public:
  cancel_at(Object& object, steady_point until) : timer_(object.get_executor(), until) {
    timer_.async_wait([&object, how = how_](boost::system::error_code ec) {
      if (ec || how->over) return;
      how->fired = true;
      object.cancel();
    });
  }
  ~cancel_at() { how_->over = true; }
  bool fired() const { return how_->fired; }

 private:
  struct progress {
    bool fired = false;
    bool over = false;
  };
  std::shared_ptr<progress> how_ = std::make_shared<progress>();
  asio::steady_timer timer_;
};

task<result<std::vector<tcp::endpoint>>> resolve(std::string host, std::uint16_t port, steady_point until) {
  boost::system::error_code not_an_address;
  const auto address = asio::ip::make_address(host, not_an_address);
  if (!not_an_address) co_return std::vector{tcp::endpoint(address, port)};
  tcp::resolver resolver(co_await asio::this_coro::executor);
  const cancel_at limit(resolver, until);
  const std::string service = std::to_string(port);
  const auto outcome = co_await resolver.async_resolve(host, service, asio::as_tuple(asio::use_awaitable));
  if (limit.fired()) co_return fail(errc::timeout, host + " was not resolved in time");
  if (std::get<0>(outcome)) co_return fail(errc::unavailable, host + ": " + std::get<0>(outcome).message());
  std::vector<tcp::endpoint> all;
  for (const auto& found : std::get<1>(outcome)) all.push_back(found.endpoint());
  co_return all;
}

}  // namespace

task<result<std::shared_ptr<stream>>> connect_stream(std::string address, std::uint16_t port,
                                                     std::shared_ptr<tls_context> tls, steady_point until) {
  const auto ends = co_await resolve(address, port, until);
  if (!ends) co_return std::unexpected(ends.error());
  tcp::socket socket(co_await asio::this_coro::executor);
  {
    const cancel_at limit(socket, until);
    const auto outcome = co_await asio::async_connect(socket, *ends, asio::as_tuple(asio::use_awaitable));
    if (limit.fired()) co_return fail(errc::timeout, address + " did not answer in time");
    if (const auto ec = std::get<0>(outcome)) co_return fail(errc::unavailable, address + ": " + ec.message());
  }
  const auto state = std::make_shared<stream::state>(std::move(socket), tls);
  const auto made = std::make_shared<stream>(state);
  if (!tls) co_return made;
  expect_name(state->ssl, address);
  const auto shaken = co_await handshake(state.get(), made.get(), false, until);
  if (!shaken) co_return std::unexpected(shaken.error());
  co_return made;
}

std::shared_ptr<stream> adopt_stream(executor on, int descriptor, std::shared_ptr<tls_context> tls) {
  tcp::socket socket(on);
  socket.assign(tcp::v4(), descriptor);
  return std::make_shared<stream>(std::make_shared<stream::state>(std::move(socket), std::move(tls)));
}

task<result<void>> stream::accept_tls(steady_point until) {
  if (!state_->ssl) co_return result<void>{};
  co_return co_await handshake(state_.get(), this, true, until);
}

std::span<char> read_buffer() {
  thread_local std::array<char, 65536> bytes;
  return bytes;
}

}  // namespace vss::net
