#include "net/migration.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <map>

#include "base/ids.hpp"
#include "base/log.hpp"
#include "net/postgres.hpp"

namespace vss::net {
namespace {

constexpr auto make_table =
    "select pg_advisory_xact_lock(5770921);"
    "create table if not exists public.schema_step ("
    " module text not null, name text not null, checksum text not null, applied_at timestamptz not null default now(),"
    " primary key (module, name))";
constexpr statement lock_steps{"migration_lock", "select 1 from pg_advisory_xact_lock(5770921)", milliseconds{60000}};
constexpr statement find_step{"migration_find",
                              "select checksum from public.schema_step where module = $1 and name = $2"};
constexpr statement note_step{"migration_note",
                              "insert into public.schema_step (module, name, checksum) values ($1, $2, $3)"};

std::string checksum(std::string_view sql) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(sql.data(), sql.size(), digest, &size, EVP_sha256(), nullptr) != 1) std::abort();
  return hex({digest, size});
}

// Modules keep the order in which they first appear; within one, the name decides.
void put_in_order(std::vector<migration>& steps) {
  std::map<std::string, std::size_t> rank;
  for (const auto& one : steps) rank.emplace(one.module, rank.size());
  const auto earlier = [&rank](const migration& a, const migration& b) {
    return std::pair(rank.at(a.module), a.name) < std::pair(rank.at(b.module), b.name);
  };
  std::sort(steps.begin(), steps.end(), earlier);
}

error at_step(const migration& step, error why) {
  why.message = "schema step " + step.module + "/" + step.name + ": " + why.message;
  return why;
}

// true: it ran now; false: it had run before.
task<result<bool>> apply(pg_pool& db, const migration& step) {
  const std::string sum = checksum(step.sql);
  auto work = co_await db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto locked = co_await work->run(lock_steps, {});
  if (!locked) co_return fail(std::move(locked.error()));
  params which{step.module, step.name};
  auto known = co_await work->run(find_step, std::move(which));
  if (!known) co_return fail(std::move(known.error()));
  if (!known->empty()) {
    if ((*known)[0].text(0) == sum) co_return false;
    co_return fail(errc::conflict, "it changed after it ran here; add a new step instead");
  }
  auto ran = co_await work->script(step.sql, milliseconds(600000));
  if (!ran) co_return fail(std::move(ran.error()));
  params done{step.module, step.name, sum};
  auto noted = co_await work->run(note_step, std::move(done));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  log::info("net", "schema_step", {{"step", step.module + "/" + step.name}});
  co_return true;
}

}  // namespace

task<result<int>> migrate(pg_pool& db, std::vector<migration> steps) {
  auto made = co_await db.script(make_table, milliseconds(60000));
  if (!made) co_return fail(std::move(made.error()));
  put_in_order(steps);
  int count = 0;
  for (const auto& step : steps) {
    auto ran = co_await apply(db, step);
    if (!ran) co_return fail(at_step(step, std::move(ran.error())));
    if (*ran) ++count;
  }
  co_return count;
}

}  // namespace vss::net
