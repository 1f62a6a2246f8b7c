#include "archont/journal.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <map>
#include <stdexcept>

#include "base/log.hpp"

namespace vss::archont {
namespace {

constexpr std::int64_t bound = 200'000;  // of a table's rows; max and min are each one step only when asked apart
constexpr const char* schema = R"(
pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;
create table if not exists value (key text primary key, value text not null) without rowid;
create table if not exists message (n integer primary key autoincrement, t text not null, body text not null);
create table if not exists report (seq integer primary key, id text unique not null, body text not null);
create table if not exists cdr (seq integer primary key, id text unique not null, body text not null);
create table if not exists attempt (id text primary key, slot text not null, epoch integer not null, trail text not null,
  ended integer not null default 0, at integer not null default (unixepoch()));
create table if not exists answer (id text primary key, body text not null, at integer not null default (unixepoch()));
delete from attempt where ended = 1 and at < unixepoch() - 604800;
delete from answer where at < unixepoch() - 604800;
)";

// One run of a prepared statement: binds in order, steps, resets at its end. A full disk or a broken file is a broken
// invariant: the archont must not go on as if it remembered.
class query {
 public:
  query(sqlite3* db, std::map<std::string, sqlite3_stmt*, std::less<>>& prepared, std::string_view sql) : db_(db) {
    auto found = prepared.find(sql);
    if (found == prepared.end()) {
      sqlite3_stmt* made = nullptr;
      if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &made, nullptr) != SQLITE_OK) broken();
      found = prepared.emplace(std::string(sql), made).first;
    }
    statement_ = found->second;
  }
  ~query() { sqlite3_reset(statement_); }
  query(const query&) = delete;
  query& operator=(const query&) = delete;

  query& with(const std::string& text) {
    sqlite3_bind_text(statement_, ++bound_, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
  }
  query& with(std::int64_t whole) {
    sqlite3_bind_int64(statement_, ++bound_, whole);
    return *this;
  }
  bool next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) broken();
    return false;
  }
  std::string text(int column) const {
    const auto* raw = sqlite3_column_text(statement_, column);
    return raw ? reinterpret_cast<const char*>(raw) : "";
  }
  std::int64_t whole(int column) const { return sqlite3_column_int64(statement_, column); }

 private:
  // A disk that is full or gone: an exception would end one coroutine and leave the others as if all were remembered.
  // The process ends at once; its supervisor starts it again, and it resumes from what the journal holds.
  [[noreturn]] void broken() const {
    log::error("archont", "journal_broken", {{"why", sqlite3_errmsg(db_)}});
    std::_Exit(1);
  }
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

const char* table(journal::spool where) { return where == journal::spool::report ? "report" : "cdr"; }

}  // namespace

struct journal::state {
  sqlite3* db = nullptr;
  std::map<std::string, sqlite3_stmt*, std::less<>> prepared;

  ~state() {
    for (auto& [sql, statement] : prepared) sqlite3_finalize(statement);
    sqlite3_close(db);
  }
  query ask(std::string_view sql) { return query(db, prepared, sql); }
  [[noreturn]] void broken() const { throw std::runtime_error(std::string("journal: ") + sqlite3_errmsg(db)); }
};

journal::journal(const std::string& path) : state_(std::make_unique<state>()) {
  if (sqlite3_open_v2(path.c_str(), &state_->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    state_->broken();
  }
  if (sqlite3_exec(state_->db, schema, nullptr, nullptr, nullptr) != SQLITE_OK) state_->broken();
}
journal::~journal() = default;

std::optional<std::string> journal::value(const std::string& key) const {
  auto q = state_->ask("select value from value where key = ?");
  if (!q.with(key).next()) return std::nullopt;
  return q.text(0);
}
void journal::set(const std::string& key, const std::string& value) {
  state_->ask("insert into value values (?, ?) on conflict (key) do update set value = excluded.value")
      .with(key)
      .with(value)
      .next();
}
std::int64_t journal::count(const std::string& key) {
  const auto now = value(key);
  const std::int64_t next = (now ? std::stoll(*now) : 0) + 1;
  set(key, std::to_string(next));
  return next;
}

result<std::int64_t> journal::add_message(const std::string& t, const std::string& body) {
  auto size = state_->ask("select coalesce((select max(n) from message) - (select min(n) from message) + 1, 0)");
  size.next();
  if (size.whole(0) >= bound) {
    state_->ask("delete from message where n in (select n from message where t = 'event' order by n limit 1000)")
        .next();
    if (sqlite3_changes(state_->db) == 0) return fail(errc::too_large, "the journal holds 200,000 messages");
  }
  state_->ask("insert into message (t, body) values (?, ?)").with(t).with(body).next();
  return sqlite3_last_insert_rowid(state_->db);
}
std::vector<journal::message> journal::messages_after(std::int64_t n, std::size_t most) const {
  std::vector<message> out;
  auto q = state_->ask("select n, t, body from message where n > ? order by n limit ?");
  q.with(n).with(static_cast<std::int64_t>(most));
  while (q.next()) out.push_back({q.whole(0), q.text(1), q.text(2)});
  return out;
}
void journal::drop_messages(std::int64_t upto) { state_->ask("delete from message where n <= ?").with(upto).next(); }
std::int64_t journal::last_message() const {
  auto q = state_->ask("select seq from sqlite_sequence where name = 'message'");
  return q.next() ? q.whole(0) : 0;
}
void journal::raise_last_message(std::int64_t at_least) {
  if (last_message() >= at_least) return;
  state_->ask("insert into message (n, t, body) values (?, '', '')").with(at_least).next();
  drop_messages(at_least);
}

result<void> journal::put(spool where, const std::string& id, const std::string& body) {
  const std::string from = std::string(" from ") + table(where);
  auto size = state_->ask("select coalesce((select max(seq)" + from + ") - (select min(seq)" + from + ") + 1, 0)");
  size.next();
  if (size.whole(0) >= bound) return fail(errc::too_large, std::string("the journal holds 200,000 of ") + table(where));
  state_->ask(std::string("insert or ignore into ") + table(where) + " (id, body) values (?, ?)")
      .with(id)
      .with(body)
      .next();
  return {};
}
std::vector<journal::item> journal::first(spool where, std::size_t most) const {
  std::vector<item> out;
  auto q = state_->ask(std::string("select id, body from ") + table(where) + " order by seq limit ?");
  q.with(static_cast<std::int64_t>(most));
  while (q.next()) out.push_back({q.text(0), q.text(1)});
  return out;
}
void journal::drop(spool where, const std::vector<std::string>& ids) {
  for (const auto& id : ids) {
    state_->ask(std::string("delete from ") + table(where) + " where id = ?").with(id).next();
  }
}

bool journal::begin_attempt(const std::string& attempt, const std::string& slot, std::int64_t epoch,
                            const std::string& trail) {
  state_->ask("insert or ignore into attempt (id, slot, epoch, trail) values (?, ?, ?, ?)")
      .with(attempt)
      .with(slot)
      .with(epoch)
      .with(trail)
      .next();
  return sqlite3_changes(state_->db) == 1;
}
bool journal::knows_attempt(const std::string& attempt) const {
  return state_->ask("select 1 from attempt where id = ?").with(attempt).next();
}
void journal::end_attempt(const std::string& attempt) {
  state_->ask("update attempt set ended = 1 where id = ?").with(attempt).next();
}
std::vector<journal::intent> journal::open_attempts() const {
  std::vector<intent> out;
  auto q = state_->ask("select id, slot, epoch, trail from attempt where ended = 0");
  while (q.next()) out.push_back({q.text(0), q.text(1), q.whole(2), q.text(3)});
  return out;
}

std::optional<std::string> journal::command_answer(const std::string& id) const {
  auto q = state_->ask("select body from answer where id = ?");
  if (!q.with(id).next()) return std::nullopt;
  return q.text(0);
}
void journal::keep_command_answer(const std::string& id, const std::string& answer) {
  state_->ask("insert or replace into answer (id, body) values (?, ?)").with(id).with(answer).next();
}

std::int64_t journal::depth() const {
  auto q =
      state_->ask("select (select count(*) from message) + (select count(*) from report) + (select count(*) from cdr)");
  q.next();
  return q.whole(0);
}

}  // namespace vss::archont
