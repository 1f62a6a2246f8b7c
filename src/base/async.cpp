#include "base/async.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vss {
namespace asio = boost::asio;

task<executor> this_executor() { co_return co_await asio::this_coro::executor; }

task<void> pause(milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  co_await timer.async_wait(asio::use_awaitable);
}

void post(executor on, std::function<void()> work) { asio::post(on, std::move(work)); }

// A timer that never fires by itself; notify() moves the waiters on. Shared with the waits, which may outlive the
// owner.
struct wakeup::state {
  explicit state(executor on) : on(std::move(on)) {}
  executor on;
  std::vector<std::weak_ptr<asio::steady_timer>> waiting;
};

wakeup::wakeup(executor on) : state_(std::make_unique<state>(std::move(on))) {}
wakeup::~wakeup() {
  if (state_) notify();
}
wakeup::wakeup(wakeup&&) noexcept = default;
wakeup& wakeup::operator=(wakeup&&) noexcept = default;

void wakeup::notify() {
  for (auto& weak : std::exchange(state_->waiting, {})) {
    if (const auto timer = weak.lock()) timer->cancel();
  }
}

task<bool> wakeup::wait(milliseconds limit) {
  const auto timer = std::make_shared<asio::steady_timer>(state_->on, limit);
  std::erase_if(state_->waiting, [](const auto& weak) { return weak.expired(); });
  state_->waiting.push_back(timer);
  const auto outcome = co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
  const auto stopped = co_await asio::this_coro::cancellation_state;
  if (stopped.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  co_return std::get<0>(outcome) == asio::error::operation_aborted;
}

struct worker_pool::state {
  state(std::string pool, std::size_t threads, std::size_t most) : name(std::move(pool)), bound(most), pool(threads) {}
  std::string name;
  std::size_t bound;
  std::atomic<std::size_t> waiting{0};
  asio::thread_pool pool;
};

worker_pool::worker_pool(std::string name, std::size_t threads, std::size_t bound)
    : state_(std::make_unique<state>(std::move(name), threads, bound)) {}
worker_pool::~worker_pool() { state_->pool.join(); }

task<result<void>> worker_pool::run(std::function<void()> work) {
  if (state_->waiting >= state_->bound) co_return fail(errc::too_many, state_->name + " is busy; try again later");
  // The place is given back with the job's frame, however the job ends, and also when it never begins.
  struct leave {
    void operator()(std::atomic<std::size_t>* waiting) const { --*waiting; }
  };
  using place = std::unique_ptr<std::atomic<std::size_t>, leave>;
  ++state_->waiting;
  place mine(&state_->waiting);
  // The job runs to its end even if the caller is cancelled, so it owns what it uses.
  const auto job = [](std::function<void()> body, place) -> task<void> {
    body();
    co_return;
  };
  co_await asio::co_spawn(state_->pool.get_executor(), job(std::move(work), std::move(mine)), asio::use_awaitable);
  co_return result<void>{};
}

}  // namespace vss
