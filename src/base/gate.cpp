#include "base/gate.hpp"

#include <list>

namespace vss {

struct gate::pass::state {
  executor on;
  std::size_t free;
  std::list<wakeup*> line{};

  void call_first() {
    if (free > 0 && !line.empty()) line.front()->notify();
  }
};

// Whoever leaves the line, served or not, lets the next look: a free place wakes one, however many wait.
struct gate::turn {
  explicit turn(std::shared_ptr<pass::state> s) : of(std::move(s)), mine(of->on) {
    at = of->line.insert(of->line.end(), &mine);
  }
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;
  ~turn() {
    of->line.erase(at);
    of->call_first();
  }
  bool mine_is_next() const { return of->free > 0 && of->line.front() == &mine; }

  std::shared_ptr<pass::state> of;
  wakeup mine;
  std::list<wakeup*>::iterator at;
};

gate::gate(executor on, std::size_t places) : state_(std::make_shared<pass::state>(std::move(on), places)) {}
std::size_t gate::waiting() const { return state_->line.size(); }

gate::pass::~pass() {
  if (!of_) return;
  ++of_->free;
  of_->call_first();
}

task<std::optional<gate::pass>> gate::enter(milliseconds limit) {
  const auto all = state_;
  if (all->free == 0 || !all->line.empty()) {
    const auto until = std::chrono::steady_clock::now() + limit;
    turn next(all);
    while (!next.mine_is_next()) {
      const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) co_return std::nullopt;
      co_await next.mine.wait(left);
    }
    --all->free;
    co_return pass(all);
  }
  --all->free;
  co_return pass(all);
}

}  // namespace vss
