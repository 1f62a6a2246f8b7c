#include "net/rabbit.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

#include "net/rabbit_thread.hpp"

namespace vss::net {
namespace asio = boost::asio;

// The side of the executor: who waits for which number, and who consumes which queue.
struct rabbit::state : std::enable_shared_from_this<rabbit::state> {
  state(executor e, std::size_t most) : on(std::move(e)), bound(most) {}

  struct waiter {
    explicit waiter(executor e) : timer(std::move(e)) {}
    asio::steady_timer timer;
    std::optional<result<std::int64_t>> answer;
  };

  void answered(std::uint64_t number, result<std::int64_t> answer);
  void heard(std::vector<rabbit_event> news);
  task<result<std::int64_t>> wait(std::uint64_t number, milliseconds limit);

  executor on;
  std::size_t bound;
  std::uint64_t numbers = 0;
  std::map<std::uint64_t, std::shared_ptr<waiter>> waiting;
  std::map<std::string, std::function<void(rabbit_message)>> consumers;
  std::unique_ptr<rabbit_thread> thread;
};

void rabbit::state::answered(std::uint64_t number, result<std::int64_t> answer) {
  const auto found = waiting.find(number);
  if (found == waiting.end()) return;
  found->second->answer = std::move(answer);
  found->second->timer.cancel();
}

void rabbit::state::heard(std::vector<rabbit_event> news) {
  using kind = rabbit_event::kind;
  for (auto& one : news) {
    switch (one.what) {
      case kind::confirmed:
        answered(one.number, 0);
        break;
      case kind::refused:
        answered(one.number, fail(errc::too_many, "the queue is full"));
        break;
      case kind::unroutable:
        answered(one.number, fail(errc::not_found, "no such queue"));
        break;
      case kind::delivered: {
        const auto found = consumers.find(one.queue);
        if (found != consumers.end() && thread) found->second(std::move(one.message));
        break;
      }
    }
  }
}

task<result<std::int64_t>> rabbit::state::wait(std::uint64_t number, milliseconds limit) {
  const auto self = shared_from_this();
  const auto mine = std::make_shared<waiter>(on);
  mine->timer.expires_after(limit);
  waiting.emplace(number, mine);
  co_await mine->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  waiting.erase(number);
  if (mine->answer) co_return std::move(*mine->answer);
  if (thread) thread->order(rabbit_forget{number});
  const auto stopped = co_await asio::this_coro::cancellation_state;
  if (stopped.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  co_return fail(errc::timeout, "the message broker did not confirm in time");
}

rabbit::rabbit(executor on, rabbit_options options) : state_(std::make_shared<state>(on, options.unconfirmed)) {
  // The thread knows the state weakly: news that arrives after the end is nobody's.
  const std::weak_ptr<state> weak = state_;
  const auto news = [weak, on](std::vector<rabbit_event> events) {
    post(on, [weak, events = std::move(events)]() mutable {
      if (const auto alive = weak.lock()) alive->heard(std::move(events));
    });
  };
  const auto answered = [weak, on](std::uint64_t number, result<std::int64_t> answer) {
    post(on, [weak, number, answer = std::move(answer)]() mutable {
      if (const auto alive = weak.lock()) alive->answered(number, std::move(answer));
    });
  };
  state_->thread = std::make_unique<rabbit_thread>(std::move(options), rabbit_thread::outlet{news, answered});
}

rabbit::~rabbit() { close(); }

void rabbit::close() {
  state_->thread.reset();
  for (auto& [number, one] : state_->waiting) {
    if (!one->answer) one->answer = fail(errc::unavailable, "the message broker's connection was closed");
    one->timer.cancel();
  }
}

void rabbit::declare(rabbit_queue queue) {
  if (state_->thread) state_->thread->order(std::move(queue));
}

task<result<void>> rabbit::publish(std::string exchange, std::string key, std::string body, milliseconds limit) {
  if (!state_->thread) co_return fail(errc::unavailable, "the message broker's connection was closed");
  if (state_->waiting.size() >= state_->bound) co_return fail(errc::too_many, "too many messages wait for the broker");
  const auto number = ++state_->numbers;
  state_->thread->order(rabbit_publish{number, std::move(exchange), std::move(key), std::move(body)});
  auto done = co_await state_->wait(number, limit);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

void rabbit::consume(std::string queue, std::function<void(rabbit_message)> deliver) {
  state_->consumers.insert_or_assign(queue, std::move(deliver));
  if (state_->thread) state_->thread->order(rabbit_consume{std::move(queue)});
}

void rabbit::ack(const rabbit_message& message) {
  if (state_->thread) state_->thread->order(rabbit_settle{message.tag, message.connection, true, false});
}

void rabbit::reject(const rabbit_message& message, bool requeue) {
  if (state_->thread) state_->thread->order(rabbit_settle{message.tag, message.connection, false, requeue});
}

task<result<std::int64_t>> rabbit::depth(std::string queue) {
  if (!state_->thread) co_return fail(errc::unavailable, "the message broker's connection was closed");
  const auto number = ++state_->numbers;
  state_->thread->order(rabbit_question{number, std::move(queue), false});
  co_return co_await state_->wait(number, milliseconds(6000));
}

task<result<void>> rabbit::purge(std::string queue) {
  if (!state_->thread) co_return fail(errc::unavailable, "the message broker's connection was closed");
  const auto number = ++state_->numbers;
  state_->thread->order(rabbit_question{number, std::move(queue), true});
  auto done = co_await state_->wait(number, milliseconds(6000));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

bool rabbit::connected() const { return state_->thread && state_->thread->connected(); }

}  // namespace vss::net
