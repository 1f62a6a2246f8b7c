// The part of lead_store that imports: an import's rows come in one transaction, so nothing is ever half-imported.
#include "ottb/lead_store.hpp"
#include "ottb/window_ranges.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement insert_import{"ottb_import_insert", R"(
insert into ottb.import (id, campaign_id, state, filename, mapping, created_by, bytes) values ($1, $2, 'running', $3, $4::jsonb, $5, $6))"};
constexpr net::statement tell_import{"ottb_import_tell", R"(
update ottb.import set rows = $2, accepted = $3, duplicates = $4, rejected = $5, unknown_zone = $6, bytes_read = $7,
  told_at = clock_timestamp() where id = $1 and state = 'running')"};
constexpr net::statement insert_leads{"ottb_import_leads", R"(
insert into ottb.lead (campaign_id, import_id, phone_index, phone_sealed, attributes_sealed, zone, zones, zones_version,
  region, consent, consent_source, consent_at, priority, trail)
select $1::uuid, $2::uuid, i::bytea, p::bytea, nullif(a, '')::bytea, nullif(z, ''), string_to_array(zs, ','), $3,
  nullif(r, ''), c::boolean, nullif(cs, ''), nullif(ca, '')::timestamptz, pr::int, t
from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
  $13::bigint[], $14::text[]) as g(i, p, a, z, zs, r, c, cs, ca, pr, t)
on conflict (campaign_id, phone_index) do nothing returning phone_index)",
                                      milliseconds{30000}};
constexpr net::statement end_import{"ottb_import_end", R"(
update ottb.import set state = $2, rows = $3, accepted = $4, duplicates = $5, rejected = $6, unknown_zone = $7,
  errors_csv = $8, finished_at = clock_timestamp() where id = $1 and state = 'running')",
                                    milliseconds{10000}};
constexpr net::statement wake_pacers{
    "ottb_import_notify", "select pg_notify('ottb_campaign', campaign_id::text) from ottb.import where id = $1"};
#define VSS_IMPORT_COLUMNS                                                                                           \
  "id, campaign_id, state, coalesce(filename, ''), rows, accepted, duplicates, rejected, unknown_zone, created_by, " \
  "created_at, finished_at, case when state = 'running' then bytes_read::float8 / nullif(bytes, 0) end"
constexpr net::statement one_import{"ottb_import_get", "select " VSS_IMPORT_COLUMNS " from ottb.import where id = $1"};
constexpr net::statement list_imports{"ottb_import_list",
                                      "select " VSS_IMPORT_COLUMNS
                                      " from ottb.import where ($1 = '' or campaign_id = nullif($1, '')::uuid)"
                                      " and ($2 = '' or id > nullif($2, '')::uuid) order by id limit $3"};
constexpr net::statement import_errors{
    "ottb_import_errors", "select coalesce(errors_csv, '') from ottb.import where id = $1", milliseconds{10000}};
constexpr net::statement lock_import{"ottb_import_lock", "select state from ottb.import where id = $1 for update"};
constexpr net::statement dialled_of_import{"ottb_import_dialled", R"(
select exists(select 1 from ottb.lead l join ottb.attempt a on a.lead_id = l.id where l.import_id = $1))",
                                           milliseconds{30000}};
constexpr net::statement delete_of_import{"ottb_import_undo", R"(
with gone as (
  delete from ottb.lead where import_id = $1 returning id
), decisions as (
  delete from ottb.decision d using gone g where d.lead_id = g.id
), noted as (
  update ottb.import set state = 'undone' where id = $1
)
select count(*) from gone)",
                                          milliseconds{60000}};
constexpr net::statement orphans{"ottb_import_orphans", R"(
update ottb.import set state = 'failed', accepted = 0, finished_at = now()
where state = 'running' and coalesce(told_at, created_at) < now() - interval '5 minutes')"};

import_record read_import(const net::row& row) {
  import_record out{row.string(0),
                    row.string(1),
                    row.string(2),
                    row.string(3),
                    {},
                    row.string(9),
                    row.time(10),
                    row.maybe_time(11),
                    {}};
  if (!row.null(12)) out.share = row.real(12);
  out.counts = {row.whole(4), row.whole(5), row.whole(6), row.whole(7), row.whole(8)};
  return out;
}

net::params ending(const std::string& id, const char* state, const import_row_counts& counts,
                   const std::string& errors) {
  return {id, state, counts.rows, counts.accepted, counts.duplicates, counts.rejected, counts.unknown_zone, errors};
}

std::string joined(const std::vector<std::string>& zones) {
  std::string out;
  for (const auto& each : zones) out += (out.empty() ? "" : ",") + each;
  return out;
}

struct lead_columns {
  std::vector<std::string> index, phone, attributes, zone, zones, region, consent, source, consent_at, trail;
  std::vector<std::int64_t> priority;

  void add(const sealed_lead& lead) {
    index.push_back(net::bytea(lead.index));
    phone.push_back(net::bytea(lead.phone));
    attributes.push_back(lead.attributes.empty() ? "" : net::bytea(lead.attributes));
    zone.push_back(lead.zone);
    zones.push_back(joined(lead.zones));
    region.push_back(lead.region);
    consent.push_back(lead.consent ? "t" : "f");
    source.push_back(lead.consent_source);
    consent_at.push_back(lead.consent_at ? to_text(*lead.consent_at) : "");
    priority.push_back(lead.priority);
    trail.push_back(lead.trail);
  }
};

result<void> done(const result<net::rows>& answer) {
  if (!answer) return fail(answer.error());
  return {};
}

}  // namespace

task<result<void>> lead_store::begin_import(std::string id, std::string campaign, std::string filename,
                                            std::string mapping, std::string by, std::int64_t bytes) {
  net::params with{id, campaign, filename, mapping, by, bytes};
  const auto made = co_await db_.run(insert_import, std::move(with));
  if (!made && made.error().kind == errc::conflict) co_return fail(errc::not_found, "no such campaign");
  co_return done(made);
}

task<result<std::vector<std::string>>> lead_store::add(net::transaction& within, std::string import,
                                                       std::string campaign, std::vector<sealed_lead> leads) {
  lead_columns columns;
  for (const auto& lead : leads) columns.add(lead);
  net::params with{campaign,
                   import,
                   zone_table_version(),
                   net::text_array(columns.index),
                   net::text_array(columns.phone),
                   net::text_array(columns.attributes),
                   net::text_array(columns.zone),
                   net::text_array(columns.zones),
                   net::text_array(columns.region),
                   net::text_array(columns.consent),
                   net::text_array(columns.source),
                   net::text_array(columns.consent_at),
                   net::bigint_array(columns.priority),
                   net::text_array(columns.trail)};
  auto made = co_await within.run(insert_leads, std::move(with));
  if (!made) co_return fail(std::move(made.error()));
  std::vector<std::string> out;
  for (const auto row : *made) out.push_back(net::from_bytea(row.text(0)));
  co_return out;
}

task<result<void>> lead_store::finish_import(net::transaction& within, std::string id, import_row_counts counts,
                                             std::string errors_csv) {
  const auto ended = co_await within.run(end_import, ending(id, "done", counts, errors_csv));
  if (!ended) co_return fail(ended.error());
  if (ended->affected() != 1) co_return fail(errc::conflict, "the import was given up meanwhile");
  net::params with{id};
  const auto woken = co_await within.run(wake_pacers, std::move(with));
  co_return done(woken);
}

task<result<void>> lead_store::tell_progress(std::string id, import_row_counts counts, std::int64_t bytes_read) {
  net::params with{id,        counts.rows, counts.accepted, counts.duplicates, counts.rejected, counts.unknown_zone,
                   bytes_read};
  const auto told = co_await db_.run(tell_import, std::move(with));
  co_return done(told);
}

task<result<void>> lead_store::fail_import(std::string id, import_row_counts counts, std::string errors_csv) {
  const auto ended = co_await db_.run(end_import, ending(id, "failed", counts, errors_csv));
  co_return done(ended);
}

task<result<import_record>> lead_store::import(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(one_import, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such import");
  co_return read_import((*found)[0]);
}

task<result<std::vector<import_record>>> lead_store::imports(std::string campaign, std::string after, int limit) {
  net::params with{campaign, after, limit};
  auto found = co_await db_.run(list_imports, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<import_record> out;
  for (const auto row : *found) out.push_back(read_import(row));
  co_return out;
}

task<result<std::string>> lead_store::errors_csv(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(import_errors, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such import");
  co_return (*found)[0].string(0);
}

task<result<std::int64_t>> lead_store::undo_import(std::string id) {
  auto begun = co_await db_.begin();
  if (!begun) co_return fail(std::move(begun.error()));
  net::transaction work = std::move(*begun);
  const net::params with{id};
  auto state = co_await work.run(lock_import, with);
  if (!state) co_return fail(std::move(state.error()));
  if (state->empty()) co_return fail(errc::not_found, "no such import");
  if ((*state)[0].text(0) != "done") co_return fail(errc::conflict, "only a finished import can be undone");
  auto dialled = co_await work.run(dialled_of_import, with);
  if (!dialled) co_return fail(std::move(dialled.error()));
  if ((*dialled)[0].yes(0)) co_return fail(errc::conflict, "dialling has begun: some of its leads have attempts");
  auto gone = co_await work.run(delete_of_import, with);
  if (!gone) co_return fail(std::move(gone.error()));
  const std::int64_t count = (*gone)[0].whole(0);
  auto kept = co_await work.commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return count;
}

task<result<std::int64_t>> lead_store::fail_orphans() {
  auto ended = co_await db_.run(orphans, {});
  if (!ended) co_return fail(std::move(ended.error()));
  co_return ended->affected();
}

}  // namespace vss::ottb
