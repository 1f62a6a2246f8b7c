#include "ottb/dnc_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement insert_entry{"ottb_dnc_add", R"(
with listed as (
  insert into ottb.dnc (phone_index, scope, edge_hash, source, reason, added_by)
  values ($1::bytea, $2, $3, $4, nullif($5, ''), $6) on conflict do nothing returning 1
), cancelled as (
  update ottb.attempt set state = 'done', outcome = 'refused', refusal = 'do_not_call', ended_at = now()
  where phone_index = $1::bytea and state in ('queued', 'permitted') and ($2 in ('global', 'national') or campaign_id::text = $2)
  returning lead_id
), closed as (
  update ottb.lead set state = 'finished', outcome = 'refused', refusal = 'do_not_call', refused_until = null
  where phone_index = $1::bytea and ($2 in ('global', 'national') or campaign_id::text = $2)
    and (state = 'due' or (state = 'queued' and id in (select lead_id from cancelled)))
)
select exists(select 1 from listed), pg_notify('ottb_dnc', '+' || $3 || ' ' || $2))"};
constexpr net::statement delete_entry{"ottb_dnc_remove", R"(
with gone as (delete from ottb.dnc where phone_index = $1::bytea and scope = $2 returning edge_hash)
select edge_hash, pg_notify('ottb_dnc', '-' || edge_hash || ' ' || $2) from gone)"};
constexpr net::statement entries_of{"ottb_dnc_of", R"(
select phone_index, scope, source, coalesce(reason, ''), coalesce(added_by, ''), added_at from ottb.dnc
where phone_index = $1::bytea order by scope)"};
constexpr net::statement list_entries{"ottb_dnc_list", R"(
select phone_index, scope, source, coalesce(reason, ''), coalesce(added_by, ''), added_at from ottb.dnc
where scope = $1 and ($2 = '' or phone_index > nullif($2, '')::bytea) order by phone_index limit $3)"};

dnc_entry read_entry(const net::row& row) {
  return {net::from_bytea(row.text(0)), row.string(1), row.string(2), row.string(3), row.string(4), row.time(5)};
}

result<std::vector<dnc_entry>> entries(const result<net::rows>& found) {
  if (!found) return fail(found.error());
  std::vector<dnc_entry> out;
  for (const auto row : *found) out.push_back(read_entry(row));
  return out;
}

}  // namespace

task<result<bool>> dnc_store::add(dnc_entry entry, std::string edge_hash) {
  net::params with{net::bytea(entry.index), entry.scope, edge_hash, entry.source, entry.reason, entry.added_by};
  auto done = co_await db_.run(insert_entry, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].yes(0);
}

task<result<std::string>> dnc_store::remove(std::string index, std::string scope) {
  net::params with{net::bytea(index), scope};
  auto done = co_await db_.run(delete_entry, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return fail(errc::not_found, "the number is not on that list");
  co_return (*done)[0].string(0);
}

task<result<std::vector<dnc_entry>>> dnc_store::of(std::string index) {
  net::params with{net::bytea(index)};
  const auto found = co_await db_.run(entries_of, std::move(with));
  co_return entries(found);
}

task<result<std::vector<dnc_entry>>> dnc_store::list(std::string scope, std::string after_index, int limit) {
  net::params with{scope, after_index.empty() ? std::string() : net::bytea(after_index), limit};
  const auto found = co_await db_.run(list_entries, std::move(with));
  co_return entries(found);
}

}  // namespace vss::ottb
