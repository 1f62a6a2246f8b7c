#pragma once
// Coroutines without the weight of all of Asio: `task<T>`, a pause, a one-to-many wake-up and a bounded channel.
// Everything here belongs to the one thread of its process; other threads come in by `post` with values only.
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace vss {

template <class T>
using task = boost::asio::awaitable<T>;
using executor = boost::asio::any_io_executor;

// The executor of the calling coroutine.
task<executor> this_executor();

// Waits `length`. Ends early by exception only when the owning scope is cancelled.
task<void> pause(milliseconds length);

// Runs `work` on `on`, from any thread.
void post(executor on, std::function<void()> work);

// A wake-up: `notify()` ends all current waits; a wait after it waits for the next one.
class wakeup {
 public:
  explicit wakeup(executor on);
  ~wakeup();
  wakeup(wakeup&&) noexcept;
  wakeup& operator=(wakeup&&) noexcept;
  void notify();
  // false: `limit` passed first.
  task<bool> wait(milliseconds limit);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

// A queue with a bound and a named overflow: `push` answers false when it is full and the caller decides what is lost.
template <class T>
class channel {
 public:
  channel(executor on, std::size_t bound) : ready_(on), bound_(bound) {}

  bool push(T value) {
    if (closed_ || items_.size() >= bound_) return false;
    items_.push_back(std::move(value));
    ready_.notify();
    return true;
  }
  std::size_t size() const { return items_.size(); }
  void close() {
    closed_ = true;
    ready_.notify();
  }
  bool closed() const { return closed_; }

  // The next item; empty when `limit` passed first or the channel was closed and drained.
  task<std::optional<T>> pop(milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (items_.empty()) {
      const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
      if (closed_ || left.count() <= 0) co_return std::nullopt;
      co_await ready_.wait(left);
    }
    T value = std::move(items_.front());
    items_.pop_front();
    co_return std::optional<T>(std::move(value));
  }

 private:
  wakeup ready_;
  std::deque<T> items_;
  std::size_t bound_;
  bool closed_ = false;
};

// A bounded pool of threads for work that blocks (argon2, files). `run` answers too_many when `bound` jobs wait.
class worker_pool {
 public:
  worker_pool(std::string name, std::size_t threads, std::size_t bound);
  ~worker_pool();
  task<result<void>> run(std::function<void()> work);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace vss
