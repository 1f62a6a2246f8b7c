#include "net/pg_connection.hpp"

#include <poll.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "net/pg_error.hpp"

namespace vss::net {
namespace asio = boost::asio;
using descriptor = asio::posix::stream_descriptor;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// The socket and the one timer of a call. The timer's function may run after the connection is gone, so it holds this
// weakly, and after its call has ended, so it knows its call's number.
struct pg_connection::watch {
  explicit watch(executor on) : socket(on), timer(on) {}
  ~watch() {
    if (socket.is_open()) socket.release();  // libpq owns the descriptor
  }
  descriptor socket;
  asio::steady_timer timer;
  std::uint64_t call = 0;
  bool expired = false;
};

pg_connection::pg_connection(executor on) : watch_(std::make_shared<watch>(std::move(on))) {}

pg_connection::~pg_connection() {
  ++watch_->call;
  watch_->timer.cancel();
  if (watch_->socket.is_open()) watch_->socket.release();
  if (libpq_ != nullptr) PQfinish(libpq_);
}

void pg_connection::begin_call(milliseconds limit) {
  busy_ = true;
  watch_->expired = false;
  watch_->timer.expires_after(limit);
  const auto fire = [weak = std::weak_ptr(watch_), call = ++watch_->call](boost::system::error_code stopped) {
    const auto alive = weak.lock();
    if (stopped || !alive || alive->call != call) return;
    alive->expired = true;
    if (alive->socket.is_open()) alive->socket.cancel();
  };
  watch_->timer.async_wait(fire);
}

void pg_connection::end_call() {
  ++watch_->call;
  watch_->timer.cancel();
  busy_ = false;
}

void pg_connection::attach() {
  const int fd = PQsocket(libpq_);
  auto& socket = watch_->socket;
  if (socket.is_open() && socket.native_handle() == fd) return;
  if (socket.is_open()) socket.release();
  if (fd >= 0) socket.assign(fd);
}

namespace {
void leave_if(const asio::cancellation_state& state) {
  if (state.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}
}  // namespace

// false: the time of the call is up. Any other failure shows when libpq reads.
task<bool> pg_connection::wait(bool for_write) {
  if (watch_->expired) co_return false;
  const auto direction = for_write ? descriptor::wait_write : descriptor::wait_read;
  co_await watch_->socket.async_wait(direction, as_result);
  leave_if(co_await asio::this_coro::cancellation_state);
  co_return !watch_->expired;
}

task<bool> pg_connection::wait_either() {
  using namespace asio::experimental::awaitable_operators;
  if (watch_->expired) co_return false;
  auto writable = watch_->socket.async_wait(descriptor::wait_write, as_result);
  auto readable = watch_->socket.async_wait(descriptor::wait_read, as_result);
  co_await (std::move(writable) || std::move(readable));
  leave_if(co_await asio::this_coro::cancellation_state);
  co_return !watch_->expired;
}

error pg_connection::broken(std::string_view doing) {
  ended_ = true;
  return pg_lost(doing);
}

task<result<void>> pg_connection::connect(pg_target target, milliseconds limit) {
  // Values before `dbname` are defaults that the conninfo may replace.
  const char* keys[] = {"target_session_attrs",
                        "client_encoding",
                        "tcp_user_timeout",
                        "keepalives_idle",
                        "options",
                        "dbname",
                        "application_name",
                        nullptr};
  const char* values[] = {"read-write",
                          "UTF8",
                          "10000",
                          "10",
                          "-c timezone=UTC -c datestyle=ISO -c client_connection_check_interval=1000"
                          " -c idle_in_transaction_session_timeout=10000",  // a frozen process lets go of its locks
                          target.conninfo.c_str(),
                          target.application.c_str(),
                          nullptr};
  begin_call(limit);
  libpq_ = PQconnectStartParams(keys, values, 1);
  if (libpq_ == nullptr || PQstatus(libpq_) == CONNECTION_BAD) co_return fail(errc::unavailable, "no such database");
  PQsetNoticeProcessor(libpq_, [](void*, const char*) {}, nullptr);
  auto made = co_await handshake(target.application);
  if (!made) ended_ = true;
  co_return made;
}

task<result<void>> pg_connection::handshake(std::string_view application) {
  for (auto poll = PGRES_POLLING_WRITING;;) {
    attach();  // with several hosts libpq changes its socket between two polls
    if (!watch_->socket.is_open()) co_return fail(errc::unavailable, "the database is not available");
    if (!co_await wait(poll == PGRES_POLLING_WRITING)) {
      co_return fail(errc::timeout, "the database did not answer in time");
    }
    watch_->socket.release();  // and may close it inside the poll
    poll = PQconnectPoll(libpq_);
    if (poll == PGRES_POLLING_OK) break;
    if (poll == PGRES_POLLING_FAILED) {
      log::warn("net", "postgres_unavailable", {{"application", application}, {"why", PQerrorMessage(libpq_)}});
      co_return fail(errc::unavailable, "the database is not available");
    }
  }
  attach();
  PQsetnonblocking(libpq_, 1);
  end_call();
  co_return result<void>{};
}

// Sending may need reading: the server stops taking input while its answers fill the pipe.
task<result<void>> pg_connection::flush(std::string_view doing) {
  for (;;) {
    const int left = PQflush(libpq_);
    if (left == 0) co_return result<void>{};
    if (left < 0) co_return fail(broken(doing));
    if (!co_await wait_either()) co_return fail(errc::timeout, std::string(doing) + " took too long");
    if (PQconsumeInput(libpq_) == 0) co_return fail(broken(doing));
  }
}

// The next result, or nullptr at the end of one statement's results.
task<result<PGresult*>> pg_connection::next(std::string_view doing) {
  while (PQisBusy(libpq_) != 0) {
    if (!co_await wait(false)) co_return fail(errc::timeout, std::string(doing) + " took too long");
    if (PQconsumeInput(libpq_) == 0) co_return fail(broken(doing));
  }
  co_return PQgetResult(libpq_);
}

namespace {
bool is_failure(const PGresult* one) {
  const auto status = PQresultStatus(one);
  return status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_PIPELINE_SYNC;
}
}  // namespace

// Reads all results of what was sent; the first error wins, else the last result.
task<result<rows>> pg_connection::finish(std::string_view doing) {
  auto sent = co_await flush(doing);
  if (!sent) co_return fail(std::move(sent.error()));
  std::optional<error> failed;
  answer last(nullptr, &PQclear);
  for (;;) {
    auto got = co_await next(doing);
    if (!got) co_return fail(std::move(got.error()));
    if (*got == nullptr) break;
    answer one(*got, &PQclear);
    if (is_failure(one.get()) && !failed) {
      const char* sqlstate = PQresultErrorField(one.get(), PG_DIAG_SQLSTATE);
      ended_ |= sqlstate == nullptr || ends_connection(sqlstate);
      failed = pg_error(one.get(), doing);
    }
    const auto status = PQresultStatus(one.get());
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
      ended_ = true;
      co_return fail(errc::internal, "COPY is not spoken here");
    }
    last = std::move(one);
  }
  end_call();
  if (PQstatus(libpq_) != CONNECTION_OK) ended_ = true;
  if (failed) co_return fail(std::move(*failed));
  if (!last) co_return fail(broken(doing));
  rolled_back_ = std::string_view(PQcmdStatus(last.get())) == "ROLLBACK";
  co_return rows(std::shared_ptr<void>(last.release(), [](void* held) { PQclear(static_cast<PGresult*>(held)); }));
}

task<result<void>> pg_connection::prepare(const statement& what) {
  const auto known = prepared_.find(what.name);
  if (known != prepared_.end()) {
    if (known->second == what.sql) co_return result<void>{};
    co_return fail(errc::internal, "two statements are named " + std::string(what.name));
  }
  const std::string called(what.name);
  const std::string sql(what.sql);
  begin_call(what.timeout);
  if (PQsendPrepare(libpq_, called.c_str(), sql.c_str(), 0, nullptr) == 0) co_return fail(broken(what.name));
  auto done = co_await finish(what.name);
  if (!done) co_return fail(std::move(done.error()));
  prepared_.emplace(called, sql);
  co_return result<void>{};
}

bool pg_connection::send(const statement& what, const params& with) {
  std::vector<const char*> values;
  values.reserve(with.size());
  for (const auto& one : with) values.push_back(one.text() ? one.text()->c_str() : nullptr);
  const std::string called(what.name);
  return PQsendQueryPrepared(libpq_, called.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr,
                             0) == 1;
}

namespace {
// libpq takes C strings: text after a NUL would be lost without a word.
bool holds_nul(const params& with) {
  for (const auto& one : with) {
    if (one.text() && one.text()->find('\0') != std::string::npos) return true;
  }
  return false;
}
}  // namespace

task<result<rows>> pg_connection::run(const statement& what, params with) {
  if (holds_nul(with)) co_return fail(errc::invalid, "text must not contain U+0000");
  auto ready = co_await prepare(what);
  if (!ready) co_return fail(std::move(ready.error()));
  begin_call(what.timeout);
  if (!send(what, with)) co_return fail(broken(what.name));
  co_return co_await finish(what.name);
}

task<result<std::vector<rows>>> pg_connection::pipeline(std::vector<step> steps) {
  if (steps.empty()) co_return std::vector<rows>{};
  milliseconds limit{0};
  for (const auto& one : steps) {
    if (holds_nul(one.with)) co_return fail(errc::invalid, "text must not contain U+0000");
    auto ready = co_await prepare(*one.what);
    if (!ready) co_return fail(std::move(ready.error()));
    limit = std::max(limit, one.what->timeout);
  }
  begin_call(limit);
  if (PQenterPipelineMode(libpq_) == 0) co_return fail(broken("pipeline"));
  for (const auto& one : steps) {
    if (!send(*one.what, one.with)) co_return fail(broken(one.what->name));
  }
  if (PQpipelineSync(libpq_) == 0) co_return fail(broken("pipeline"));
  auto sent = co_await flush("pipeline");
  if (!sent) co_return fail(std::move(sent.error()));
  co_return co_await collect(steps);
}

// One result and one end mark per step, then the mark of the whole; after an error the rest answers "aborted".
task<result<std::vector<rows>>> pg_connection::collect(const std::vector<step>& steps) {
  std::vector<rows> all;
  all.reserve(steps.size());
  std::optional<error> failed;
  std::size_t at = 0;
  for (bool synced = false; !synced;) {
    const auto doing = at < steps.size() ? steps[at].what->name : std::string_view("pipeline");
    auto got = co_await next(doing);
    if (!got) co_return fail(std::move(got.error()));
    if (*got == nullptr) {
      if (PQstatus(libpq_) != CONNECTION_OK || at > steps.size()) co_return fail(broken(doing));
      ++at;
      continue;
    }
    answer one(*got, &PQclear);
    synced = PQresultStatus(one.get()) == PGRES_PIPELINE_SYNC;
    if (!is_failure(one.get())) {
      const auto clear = [](void* held) { PQclear(static_cast<PGresult*>(held)); };
      if (!synced) all.emplace_back(std::shared_ptr<void>(one.release(), clear));
    } else if (!failed) {
      const char* sqlstate = PQresultErrorField(one.get(), PG_DIAG_SQLSTATE);
      ended_ |= sqlstate == nullptr || ends_connection(sqlstate);
      failed = pg_error(one.get(), doing);
    }
  }
  if (PQexitPipelineMode(libpq_) == 0) co_return fail(broken("pipeline"));
  end_call();
  if (failed) co_return fail(std::move(*failed));
  co_return all;
}

task<result<void>> pg_connection::script(std::string sql, milliseconds limit) {
  begin_call(limit);
  if (PQsendQuery(libpq_, sql.c_str()) == 0) co_return fail(broken("script"));
  auto done = co_await finish("script");
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> pg_connection::listen(std::string topic, milliseconds limit) {
  char* quoted = PQescapeIdentifier(libpq_, topic.data(), topic.size());
  if (quoted == nullptr) co_return fail(errc::invalid, "not a topic");
  std::string sql = std::string("listen ") + quoted;
  PQfreemem(quoted);
  co_return co_await script(std::move(sql), limit);
}

task<result<std::vector<std::string>>> pg_connection::heard(milliseconds limit) {
  std::vector<std::string> all;
  begin_call(limit);
  for (;;) {
    if (PQconsumeInput(libpq_) == 0) co_return fail(broken("listen"));
    for (PGnotify* one = PQnotifies(libpq_); one != nullptr; one = PQnotifies(libpq_)) {
      all.emplace_back(one->extra);
      PQfreemem(one);
    }
    if (!all.empty()) break;
    if (!co_await wait(false)) break;
  }
  end_call();
  co_return all;
}

bool pg_connection::usable() {
  if (libpq_ == nullptr || busy_ || ended_ || PQstatus(libpq_) != CONNECTION_OK) return false;
  pollfd seen{PQsocket(libpq_), POLLIN, 0};
  // A server that left says so in a message before the end of the stream: it takes two reads to see the end.
  for (int reads = 0; reads < 4 && ::poll(&seen, 1, 0) > 0; ++reads) {
    if (PQconsumeInput(libpq_) == 0) {
      ended_ = true;
      break;
    }
  }
  return !ended_ && PQstatus(libpq_) == CONNECTION_OK;
}

bool pg_connection::in_transaction() const { return PQtransactionStatus(libpq_) != PQTRANS_IDLE; }

}  // namespace vss::net
