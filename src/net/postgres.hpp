#pragma once
// PostgreSQL over asynchronous libpq: a bounded pool, named prepared statements with a timeout each, pipelines and
// transactions. A lost connection is replaced in the background; multi-host conninfo follows the primary
// (target_session_attrs=read-write). Errors: unavailable (no server, no free connection), timeout (statement or wait),
// conflict (unique, exclusion, serialization, foreign key; message = constraint name), forbidden, invalid (check, null,
// bad input), internal (everything else; the SQLSTATE is in the log).
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"

namespace vss::net {

// A statement has a name (log), its SQL with $1.. and a timeout. Declare them as constants in store.cpp.
struct statement {
  std::string_view name;
  std::string_view sql;
  milliseconds timeout{2000};
};

// A parameter in PostgreSQL's text form, or NULL.
class param {
 public:
  param(std::nullopt_t) {}
  param(std::string text) : text_(std::move(text)) {}
  param(std::string_view text) : text_(text) {}
  param(const char* text) : text_(text) {}
  param(bool yes) : text_(yes ? "t" : "f") {}
  param(instant when) : text_(to_text(when)) {}
  template <std::integral I>
  param(I whole) : text_(std::to_string(whole)) {}
  param(double real);
  template <class T>
  param(const std::optional<T>& maybe) {
    if (maybe) *this = param(*maybe);
  }
  const std::optional<std::string>& text() const { return text_; }

 private:
  std::optional<std::string> text_;
};
using params = std::vector<param>;

std::string bytea(std::string_view raw);               // raw bytes -> \x...
std::string from_bytea(std::string_view text);         // \x... -> raw bytes
std::string text_array(std::span<const std::string>);  // {"a","b"} quoted
std::string bigint_array(std::span<const std::int64_t>);

class row {
 public:
  std::string_view text(int column) const;  // "" when NULL
  bool null(int column) const;
  std::string string(int column) const { return std::string(text(column)); }
  std::int64_t whole(int column) const;
  double real(int column) const;
  bool yes(int column) const { return text(column) == "t"; }
  instant time(int column) const;
  std::optional<std::string> maybe(int column) const;
  std::optional<instant> maybe_time(int column) const;

 private:
  friend class rows;
  row(const void* result, int index) : result_(result), index_(index) {}
  const void* result_;
  int index_;
};

class rows {
 public:
  rows() = default;
  explicit rows(std::shared_ptr<void> result);
  int size() const { return size_; }
  bool empty() const { return size_ == 0; }
  row operator[](int index) const { return row(result_.get(), index); }
  std::int64_t affected() const { return affected_; }
  struct iterator {
    const rows* all;
    int at;
    row operator*() const { return (*all)[at]; }
    iterator& operator++() { return ++at, *this; }
    bool operator!=(const iterator& o) const { return at != o.at; }
  };
  iterator begin() const { return {this, 0}; }
  iterator end() const { return {this, size_}; }

 private:
  std::shared_ptr<void> result_;
  int size_ = 0;
  std::int64_t affected_ = 0;
};

class pg_lease;  // a connection on loan from the pool; see pg_pool.hpp

// One transaction. Rolled back when destroyed before `commit`. `commit` answering unavailable or timeout means the
// outcome is unknown: the caller must find out before it repeats.
class transaction {
 public:
  transaction(transaction&&) noexcept;
  ~transaction();
  task<result<rows>> run(const statement& what, params with);
  task<result<void>> script(std::string sql, milliseconds limit);  // text that cannot be prepared (migrations)
  task<result<void>> commit();

 private:
  friend class pg_pool;
  struct state;
  explicit transaction(std::unique_ptr<state> s);
  std::unique_ptr<state> state_;
};

// One statement with its parameters, for `pipeline`.
struct step {
  const statement* what;
  params with;
};

struct pg_options {
  std::string conninfo;  // libpq keywords; several hosts allowed
  std::size_t connections = 4;
  std::size_t waiting = 1000;  // callers that may wait for a connection; more: too_many
  milliseconds acquire{2000};  // how long one waits
  std::string application = "vss";
};

class pg_pool {
 public:
  pg_pool(executor on, pg_options options);
  ~pg_pool();
  task<result<rows>> run(const statement& what, params with);
  // One round trip, one implicit transaction: all commit or none.
  task<result<std::vector<rows>>> pipeline(std::vector<step> steps);
  task<result<transaction>> begin();
  // Runs text that cannot be prepared (migrations). Several statements allowed, one transaction.
  task<result<void>> script(std::string sql, milliseconds limit);
  // Calls `heard(payload)` for each NOTIFY on `topic` and once with "" after every (re)connect. Ends with the scope.
  task<void> listen(std::string topic, std::function<void(std::string)> heard);
  task<bool> ready();
  task<void> close();

 private:
  friend class pg_lease;
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace vss::net
