#include "net/pg_pool.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/backoff.hpp"

namespace vss::net {
namespace asio = boost::asio;

pg_lease::pg_lease(std::shared_ptr<pg_pool::state> pool, std::unique_ptr<pg_connection> one)
    : pool_(std::move(pool)), one_(std::move(one)) {}

pg_lease::~pg_lease() {
  if (one_) pool_->give_back(std::move(one_));
}

pg_pool::state::state(executor e, pg_options o) : on(e), options(std::move(o)), work(std::move(e), "postgres") {}

task<result<pg_lease>> pg_pool::state::acquire() {
  auto self = shared_from_this();
  if (closed) co_return fail(errc::unavailable, "the database pool is closed");
  while (!idle.empty()) {
    auto one = std::move(idle.back());
    idle.pop_back();
    if (one->usable()) co_return pg_lease(self, std::move(one));
    --open;
  }
  if (waiting.size() >= options.waiting) co_return fail(errc::too_many, "too many wait for the database");
  const auto mine = std::make_shared<waiter>(on);
  mine->timer.expires_after(options.acquire);
  waiting.push_back(mine);
  open_more();
  co_await mine->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  std::erase(waiting, mine);
  // From here on a granted connection goes back by itself, also when the caller was cancelled meanwhile.
  std::optional<pg_lease> got;
  if (mine->granted) got.emplace(self, std::move(mine->granted));
  const auto stopped = co_await asio::this_coro::cancellation_state;
  if (stopped.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  if (!got) co_return fail(errc::unavailable, "no connection to the database was free in time");
  co_return std::move(*got);
}

void pg_pool::state::give_back(std::unique_ptr<pg_connection> one) {
  if (closed || !one->usable() || one->in_transaction()) {
    one.reset();
    --open;
    if (!closed && (open == 0 || !waiting.empty())) open_more();
    return;
  }
  if (waiting.empty()) {
    idle.push_back(std::move(one));
    return;
  }
  const auto next = std::move(waiting.front());
  waiting.pop_front();
  next->granted = std::move(one);
  next->timer.cancel();
}

void pg_pool::state::open_more() {
  while (!closed && open < options.connections && opening < std::max<std::size_t>(1, waiting.size())) {
    ++open;
    ++opening;
    work.spawn("open", opener(shared_from_this()));
  }
}

// Opens one connection, however long it takes: the server may be restarting.
task<void> pg_pool::state::opener(std::shared_ptr<state> self) {
  struct count {
    std::shared_ptr<state> of;
    bool opened = false;
    ~count() {
      --of->opening;
      if (!opened) --of->open;
    }
  } counted{self};
  backoff later;
  while (!self->closed) {
    auto one = std::make_unique<pg_connection>(self->on);
    pg_target target{self->options.conninfo, self->options.application};
    auto made = co_await one->connect(std::move(target), milliseconds(5000));
    if (made) {
      counted.opened = true;
      self->give_back(std::move(one));
      co_return;
    }
    one.reset();
    co_await pause(later.next());
  }
}

void pg_pool::state::close_all() {
  closed = true;
  for (auto& one : waiting) one->timer.cancel();
  open -= idle.size();
  idle.clear();
}

}  // namespace vss::net
