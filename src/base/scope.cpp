#include "base/scope.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <list>

#include "base/log.hpp"

namespace vss {
namespace asio = boost::asio;

struct scope::state {
  state(executor e, std::string n) : on(e), name(std::move(n)), ended(e) {}
  executor on;
  std::string name;
  bool stopping = false;
  wakeup ended;
  std::list<asio::cancellation_signal> children;
};

scope::scope(executor on, std::string name) : state_(std::make_shared<state>(std::move(on), std::move(name))) {}
scope::~scope() = default;

void scope::spawn(std::string name, task<void> body) {
  if (state_->stopping) return;
  auto& shared = state_;
  const auto child = shared->children.emplace(shared->children.end());
  const auto done = [shared, child, name = std::move(name)](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const boost::system::system_error& e) {
      if (e.code() != asio::error::operation_aborted) {
        log::error("base", "coroutine_failed", {{"scope", shared->name}, {"coroutine", name}, {"why", e.what()}});
      }
    } catch (const std::exception& e) {
      log::error("base", "coroutine_failed", {{"scope", shared->name}, {"coroutine", name}, {"why", e.what()}});
    }
    shared->children.erase(child);
    shared->ended.notify();
  };
  asio::co_spawn(shared->on, std::move(body), asio::bind_cancellation_slot(child->slot(), done));
}

task<bool> scope::stop(milliseconds limit) {
  const auto shared = state_;
  shared->stopping = true;
  for (auto& child : shared->children) {
    asio::post(shared->on, [shared, signal = &child] {
      for (auto& alive : shared->children) {
        if (&alive == signal) {
          alive.emit(asio::cancellation_type::terminal);
          return;
        }
      }
    });
  }
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!shared->children.empty()) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) co_return false;
    co_await shared->ended.wait(left);
  }
  co_return true;
}

bool scope::stopping() const { return state_->stopping; }
std::size_t scope::running() const { return state_->children.size(); }
executor scope::on() const { return state_->on; }

}  // namespace vss
