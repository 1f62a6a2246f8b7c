#include "net/postgres.hpp"

#include "net/backoff.hpp"
#include "net/pg_error.hpp"
#include "net/pg_pool.hpp"

namespace vss::net {
namespace {
constexpr statement begin_work{"begin", "begin"};
constexpr statement commit_work{"commit", "commit", milliseconds{10000}};
constexpr statement undo_work{"rollback", "rollback"};
constexpr statement look{"ready", "select 1", milliseconds{1000}};
}  // namespace

struct transaction::state {
  explicit state(pg_lease held) : lease(std::move(held)) {}
  pg_lease lease;
};

transaction::transaction(std::unique_ptr<state> s) : state_(std::move(s)) {}
transaction::transaction(transaction&&) noexcept = default;

namespace {
task<void> undo(pg_lease lease) { co_await lease->run(undo_work, {}); }
}  // namespace

transaction::~transaction() {
  if (!state_ || !state_->lease->in_transaction()) return;
  if (!state_->lease->usable()) return;  // the lease drops it and the server rolls back
  const auto pool = state_->lease.pool();
  pool->work.spawn("rollback", undo(std::move(state_->lease)));
}

task<result<rows>> transaction::run(const statement& what, params with) {
  if (!state_) co_return fail(errc::internal, "the transaction has ended");
  co_return co_await state_->lease->run(what, std::move(with));
}

task<result<void>> transaction::script(std::string sql, milliseconds limit) {
  if (!state_) co_return fail(errc::internal, "the transaction has ended");
  co_return co_await state_->lease->script(std::move(sql), limit);
}

task<result<void>> transaction::commit() {
  if (!state_) co_return fail(errc::internal, "the transaction has ended");
  const auto ending = std::move(state_);
  auto done = co_await ending->lease->run(commit_work, {});
  if (!done) co_return fail(std::move(done.error()));
  if (ending->lease->rolled_back()) co_return fail(errc::conflict, "rolled back: a statement before had failed");
  co_return result<void>{};
}

pg_pool::pg_pool(executor on, pg_options options)
    : state_(std::make_shared<state>(std::move(on), std::move(options))) {}
pg_pool::~pg_pool() {
  if (state_) state_->close_all();
}

task<result<rows>> pg_pool::run(const statement& what, params with) {
  auto lease = co_await state_->acquire();
  if (!lease) co_return fail(std::move(lease.error()));
  co_return co_await (*lease)->run(what, std::move(with));
}

task<result<std::vector<rows>>> pg_pool::pipeline(std::vector<step> steps) {
  auto lease = co_await state_->acquire();
  if (!lease) co_return fail(std::move(lease.error()));
  co_return co_await (*lease)->pipeline(std::move(steps));
}

task<result<transaction>> pg_pool::begin() {
  auto lease = co_await state_->acquire();
  if (!lease) co_return fail(std::move(lease.error()));
  auto begun = co_await (*lease)->run(begin_work, {});
  if (!begun) co_return fail(std::move(begun.error()));
  co_return transaction(std::make_unique<transaction::state>(std::move(*lease)));
}

task<result<void>> pg_pool::script(std::string sql, milliseconds limit) {
  auto lease = co_await state_->acquire();
  if (!lease) co_return fail(std::move(lease.error()));
  co_return co_await (*lease)->script(std::move(sql), limit);
}

namespace {

// One life of a listening connection: from LISTEN until it breaks. A probe every 30 s finds a server that went
// silently.
task<void> hear(pg_connection& line, std::string topic, std::function<void(std::string)>& heard, backoff& later) {
  auto listening = co_await line.listen(std::move(topic), milliseconds(5000));
  if (!listening) co_return;
  later.reset();
  heard("");
  for (;;) {
    auto news = co_await line.heard(milliseconds(30000));
    if (!news) co_return;
    if (news->empty()) {
      auto alive = co_await line.run(look, {});
      if (!alive) co_return;
    }
    for (auto& one : *news) heard(std::move(one));
  }
}

}  // namespace

task<void> pg_pool::listen(std::string topic, std::function<void(std::string)> heard) {
  const auto self = state_;
  backoff later;
  while (!self->closed) {
    pg_connection line(self->on);
    pg_target target{self->options.conninfo, self->options.application + "-listen"};
    auto made = co_await line.connect(std::move(target), milliseconds(5000));
    if (made) co_await hear(line, topic, heard, later);
    co_await pause(later.next());
  }
}

task<bool> pg_pool::ready() {
  auto seen = co_await run(look, {});
  co_return seen.has_value();
}

task<void> pg_pool::close() {
  const auto self = state_;
  self->close_all();
  co_await self->work.stop(milliseconds(2000));
}

}  // namespace vss::net
