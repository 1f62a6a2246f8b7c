#pragma once
// The inside of pg_pool: idle connections, those who wait for one, and the coroutines that open new ones. A lease gives
// its connection back when it ends, or drops it when it is not usable any more.
#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "base/scope.hpp"
#include "net/pg_connection.hpp"

namespace vss::net {

class pg_lease;

struct pg_pool::state : std::enable_shared_from_this<pg_pool::state> {
  state(executor on, pg_options o);

  struct waiter {
    explicit waiter(executor on) : timer(std::move(on)) {}
    boost::asio::steady_timer timer;
    std::unique_ptr<pg_connection> granted;
  };

  task<result<pg_lease>> acquire();
  void give_back(std::unique_ptr<pg_connection> one);
  void close_all();

  executor on;
  pg_options options;
  scope work;
  std::vector<std::unique_ptr<pg_connection>> idle;
  std::deque<std::shared_ptr<waiter>> waiting;
  std::size_t open = 0;  // idle, lent and being opened
  std::size_t opening = 0;
  bool closed = false;

 private:
  void open_more();
  static task<void> opener(std::shared_ptr<state> self);
};

class pg_lease {
 public:
  pg_lease(std::shared_ptr<pg_pool::state> pool, std::unique_ptr<pg_connection> one);
  pg_lease(pg_lease&&) noexcept = default;
  pg_lease& operator=(pg_lease&&) = delete;
  ~pg_lease();
  pg_connection& operator*() { return *one_; }
  pg_connection* operator->() { return one_.get(); }
  const std::shared_ptr<pg_pool::state>& pool() const { return pool_; }

 private:
  std::shared_ptr<pg_pool::state> pool_;
  std::unique_ptr<pg_connection> one_;
};

}  // namespace vss::net
