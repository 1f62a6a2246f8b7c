#include "net/redis.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/log.hpp"
#include "net/backoff.hpp"
#include "net/redis_line.hpp"

namespace vss::net {
namespace asio = boost::asio;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

namespace {

redis_reply copy(const redisReply& from) {
  redis_reply out;
  out.null = from.type == REDIS_REPLY_NIL;
  out.whole = from.type == REDIS_REPLY_INTEGER ? from.integer : 0;
  if (from.str != nullptr) out.text.assign(from.str, from.len);
  for (std::size_t i = 0; i < from.elements; ++i) out.items.push_back(copy(*from.element[i]));
  return out;
}

// The words of Redis stay in the message: callers know them (NOSCRIPT, BUSYGROUP).
error refusal(std::string text) {
  auto kind = errc::internal;
  for (const auto* word : {"LOADING", "READONLY", "MASTERDOWN", "BUSY "}) {
    if (text.starts_with(word)) kind = errc::unavailable;
  }
  if (text.starts_with("OOM")) kind = errc::too_many;
  return {kind, std::move(text)};
}

}  // namespace

redis::state::state(executor e, redis_options o)
    : on(e), options(std::move(o)), work(e, "redis"), up(e), socket(e), reader(nullptr, &redisReaderFree) {}

task<void> redis::state::live(std::shared_ptr<state> self) {
  backoff later;
  while (!self->closed) {
    const bool there = co_await self->connect();
    self->tried = true;
    self->connected = there;
    self->up.notify();
    if (there) {
      later.reset();
      co_await self->read();
    }
    self->hang_up();
    if (self->closed) break;
    log::warn("net", there ? "redis_lost" : "redis_unavailable", {{"address", self->options.address}});
    co_await pause(later.next());
  }
}

task<bool> redis::state::connect() {
  asio::steady_timer timer(on, milliseconds(3000));
  timer.async_wait([weak = weak_from_this()](boost::system::error_code stopped) {
    const auto self = weak.lock();
    if (!stopped && self) self->socket.close();
  });
  reader.reset(redisReaderCreate());
  co_return co_await reach();
}

task<bool> redis::state::reach() {
  const auto& where = options.address;
  if (where.starts_with("unix:")) {
    const asio::local::stream_protocol::endpoint there(where.substr(5));
    const asio::generic::stream_protocol::endpoint any(there);
    const auto done = co_await socket.async_connect(any, as_result);
    co_return !std::get<0>(done);
  }
  const auto colon = where.rfind(':');
  if (colon == std::string::npos) co_return false;
  asio::ip::tcp::resolver resolver(on);
  const auto found = co_await resolver.async_resolve(where.substr(0, colon), where.substr(colon + 1), as_result);
  if (std::get<0>(found)) co_return false;
  for (const auto& one : std::get<1>(found)) {
    if (socket.is_open()) socket.close();
    const asio::generic::stream_protocol::endpoint any(one.endpoint());
    const auto done = co_await socket.async_connect(any, as_result);
    if (std::get<0>(done)) continue;
    socket.set_option(asio::ip::tcp::no_delay(true));
    co_return true;
  }
  co_return false;
}

task<void> redis::state::read() {
  const auto block = std::make_unique<std::array<char, 16384>>();
  for (;;) {
    const auto got = co_await socket.async_read_some(asio::buffer(*block), as_result);
    if (std::get<0>(got) || !take(block->data(), std::get<1>(got))) co_return;
  }
}

// false: what came is not the protocol, or nobody asked.
bool redis::state::take(const char* bytes, std::size_t size) {
  if (redisReaderFeed(reader.get(), bytes, size) != REDIS_OK) return false;
  for (;;) {
    void* got = nullptr;
    if (redisReaderGetReply(reader.get(), &got) != REDIS_OK) return false;
    if (got == nullptr) return true;
    const std::unique_ptr<redisReply, decltype(&freeReplyObject)> reply(static_cast<redisReply*>(got),
                                                                        &freeReplyObject);
    if (waiting.empty()) return false;
    const auto who = std::move(waiting.front());
    waiting.pop_front();
    auto answer = copy(*reply);
    if (reply->type == REDIS_REPLY_ERROR)
      who->answer = fail(refusal(std::move(answer.text)));
    else
      who->answer = std::move(answer);
    who->timer.cancel();
  }
}

void redis::state::write() {
  if (writing || out.empty() || !connected) return;
  writing = true;
  sending = std::exchange(out, {});
  const auto done = [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
    self->writing = false;
    if (failed)
      self->hang_up();
    else
      self->write();
  };
  asio::async_write(socket, asio::buffer(sending), done);
}

// Ends the connection; its reader ends too and a new one is made.
void redis::state::hang_up() {
  connected = false;
  boost::system::error_code ignored;
  socket.close(ignored);
  out.clear();
  end({errc::unavailable, "the cache is not available"});
}

void redis::state::end(const error& why) {
  for (const auto& one : std::exchange(waiting, {})) {
    one->answer = fail(why);
    one->timer.cancel();
  }
}

redis::redis(executor on, redis_options options) : state_(std::make_shared<state>(std::move(on), std::move(options))) {
  state_->work.spawn("line", state::live(state_));
}

redis::~redis() { close(); }

void redis::close() {
  state_->closed = true;
  state_->hang_up();
}

bool redis::connected() const { return state_->connected; }

task<result<redis_reply>> redis::command(std::vector<std::string> argv) {
  const auto self = state_;
  if (!self->tried && !self->closed) co_await self->up.wait(self->options.timeout);
  if (!self->connected) co_return fail(errc::unavailable, "the cache is not available");
  if (self->waiting.size() >= self->options.waiting) co_return fail(errc::too_many, "too many wait for the cache");
  std::vector<const char*> words;
  std::vector<std::size_t> sizes;
  for (const auto& one : argv) {
    words.push_back(one.data());
    sizes.push_back(one.size());
  }
  char* formatted = nullptr;
  const auto size = redisFormatCommandArgv(&formatted, static_cast<int>(argv.size()), words.data(), sizes.data());
  if (size < 0) co_return fail(errc::internal, "the command cannot be written");
  self->out.append(formatted, static_cast<std::size_t>(size));
  redisFreeCommand(formatted);
  const auto mine = std::make_shared<state::waiter>(self->on);
  mine->timer.expires_after(self->options.timeout);
  self->waiting.push_back(mine);
  self->write();
  co_await mine->timer.async_wait(as_result);
  const auto stopped = co_await asio::this_coro::cancellation_state;
  if (stopped.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  if (mine->answer) co_return std::move(*mine->answer);
  // The answer may still come and then finds nobody. A server that is silent for long is left.
  const auto oldest = self->waiting.empty() ? mine->since : self->waiting.front()->since;
  if (std::chrono::steady_clock::now() - oldest > 4 * self->options.timeout) self->hang_up();
  co_return fail(errc::timeout, "the cache did not answer in time");
}

}  // namespace vss::net
