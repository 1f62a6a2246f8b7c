#include "point/audit_log.hpp"

#include <algorithm>

#include "base/json_text.hpp"
#include "base/log.hpp"
#include "point/canonical.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr std::size_t queue_bound = 4096;
constexpr std::size_t batch_bound = 256;
constexpr std::size_t detail_bound = 16 * 1024;
constexpr std::size_t text_bound = 500;
constexpr milliseconds append_limit{8000};
constexpr milliseconds find_out_limit{6000};

// PostgreSQL takes UTF-8 without NUL; a text that is neither is kept as hexadecimal.
std::string storable(std::string text) {
  if (text.size() > text_bound) text = text.substr(0, text_bound / 2) + "~" + sha256_hex(text);
  const bool sound = is_utf8(text) && text.find('\0') == std::string::npos;
  return sound ? text : "hex:" + to_hex(text);
}

result<audit_row> row_of(audit_entry entry, instant now) {
  auto detail = canonical(std::move(entry.detail));
  if (!detail) return std::unexpected(std::move(detail.error()));
  if (detail->size() > detail_bound) return fail(errc::invalid, "the detail of an audit entry is too long");
  if (detail->find("\\u0000") != std::string::npos)
    return fail(errc::invalid, "the detail of an audit entry holds NUL");
  audit_row row;
  row.at = now;
  row.actor = storable(std::move(entry.actor));
  row.action = storable(std::move(entry.action));
  row.object = storable(std::move(entry.object));
  row.allowed = entry.allowed;
  row.trail = storable(std::move(entry.trail));
  row.detail = std::move(*detail);
  return row;
}

net::pg_options own_line(net::pg_options where) {
  where.connections = 1;
  where.application += ":audit";
  return where;
}

}  // namespace

struct audit_log::ticket {
  ticket(executor on, audit_row what) : row(std::move(what)), done(std::move(on)) {}
  audit_row row;
  wakeup done;
  std::optional<result<void>> outcome;
};

audit_log::audit_log(scope& work, net::pg_options where, const clock& time)
    : work_(work), db_(work.on(), own_line(std::move(where))), store_(db_), time_(time), queued_(work.on()) {}

audit_log::~audit_log() = default;

void audit_log::start() { spawn(work_, "audit_writer", write_loop()); }

task<result<void>> audit_log::append(audit_entry entry) {
  if (queue_.size() >= queue_bound) co_return fail(errc::too_many, "the audit log is busy");
  auto row = row_of(std::move(entry), time_.now());
  if (!row) co_return fail(std::move(row.error()));
  const auto mine = std::make_shared<ticket>(work_.on(), std::move(*row));
  queue_.push_back(mine);
  queued_.notify();
  const auto until = time_.steady() + append_limit;
  while (!mine->outcome) {
    const auto left = std::chrono::ceil<milliseconds>(until - time_.steady());
    if (left.count() <= 0) co_return fail(errc::timeout, "the audit log did not answer in time");
    co_await mine->done.wait(left);
  }
  co_return *mine->outcome;
}

task<void> audit_log::write_loop() {
  while (true) {
    if (queue_.empty()) {
      co_await queued_.wait(seconds(60));
      continue;
    }
    const auto count = std::min(queue_.size(), batch_bound);
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<std::shared_ptr<ticket>> batch(queue_.begin(), end);
    queue_.erase(queue_.begin(), end);
    co_await write_batch(std::move(batch));
  }
}

task<void> audit_log::write_batch(std::vector<std::shared_ptr<ticket>> batch) {
  std::vector<audit_row> rows;
  rows.reserve(batch.size());
  for (const auto& one : batch) rows.push_back(one->row);
  const auto outcome = co_await write(std::move(rows));
  if (!outcome) {
    log::failed("point", "audit_not_written", outcome.error(), {{"rows", static_cast<std::int64_t>(batch.size())}});
  }
  for (const auto& one : batch) {
    one->outcome = outcome;
    one->done.notify();
  }
}

task<result<void>> audit_log::write(std::vector<audit_row> rows) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto head = co_await store_.lock_head(*work);
  if (!head) co_return fail(std::move(head.error()));
  link_rows(head->chain, head->last, rows);
  const audit_row last = rows.back();
  auto inserted = co_await store_.insert(*work, std::move(rows));
  if (!inserted) co_return inserted;
  auto committed = co_await work->commit();
  if (committed) co_return committed;

  const bool unknown = committed.error().kind == errc::unavailable || committed.error().kind == errc::timeout;
  if (!unknown) co_return committed;
  const auto until = time_.steady() + find_out_limit;
  while (time_.steady() < until) {
    const auto written = co_await was_written(last);
    if (written) {
      if (*written) co_return result<void>{};
      co_return committed;
    }
    co_await pause(milliseconds(200));
  }
  co_return committed;
}

// Behind the head's lock: a transaction of ours that is still under way in the server has ended by then.
task<result<bool>> audit_log::was_written(audit_row last) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto head = co_await store_.lock_head(*work);
  if (!head) co_return fail(std::move(head.error()));
  co_return co_await store_.holds(*work, last.seq, last.hash);
}

}  // namespace vss::point
