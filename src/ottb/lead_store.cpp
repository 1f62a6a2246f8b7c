#include "ottb/lead_store.hpp"

#include <charconv>

namespace vss::ottb {

namespace {

#define VSS_LEAD_COLUMNS                                                                                             \
  "l.id, l.campaign_id, l.phone_index, l.phone_sealed, l.attributes_sealed, l.zone, array_to_string(l.zones, ','), " \
  "l.region, l.consent, l.consent_source, l.state, l.outcome, l.attempts, l.next_at, l.priority, l.refusal, "        \
  "l.refused_until, l.import_id, l.trail, l.created_at"
constexpr net::statement one_lead{"ottb_lead_get", "select " VSS_LEAD_COLUMNS " from ottb.lead l where l.id = $1"};
constexpr net::statement list_leads{"ottb_lead_list", "select " VSS_LEAD_COLUMNS R"( from ottb.lead l
where l.id > $1 and ($3 = '' or l.campaign_id = nullif($3, '')::uuid) and ($4 = '' or l.state = $4)
  and ($5 = '' or l.outcome = $5) and ($6 = '' or l.refusal = $6) and ($7 = '' or l.import_id = nullif($7, '')::uuid)
order by l.id limit $2)",
                                    milliseconds{5000}};
constexpr net::statement leads_of_person{"ottb_lead_of_person", "select " VSS_LEAD_COLUMNS R"( from ottb.lead l
where l.phone_index = $1::bytea and l.id > $2 order by l.id limit $3)"};
constexpr net::statement list_decisions{"ottb_decision_list", R"(
select at, allowed, reason, until, inputs from ottb.decision where lead_id = $1 order by id desc limit $2)"};
constexpr net::statement lead_facts{"ottb_lead_snapshot",
                                    "select " VSS_SNAPSHOT_COLUMNS " from ottb.lead l where l.id = $1"};
constexpr net::statement insert_search{"ottb_search_insert", R"(
with old as (delete from ottb.search where expires_at < now())
insert into ottb.search (id, phone_index, asked_by) select $1, $2::bytea, $3
where (select count(*) from ottb.search where asked_by = $3 and expires_at > now() + interval '59 minutes') < 60)"};
constexpr net::statement one_search{
    "ottb_search_get", "select phone_index from ottb.search where id = $1 and asked_by = $2 and expires_at > now()"};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

lead_record read_lead(const net::row& row) {
  lead_record out;
  out.id = row.whole(0);
  out.campaign = row.string(1);
  out.index = net::from_bytea(row.text(2));
  out.phone = net::from_bytea(row.text(3));
  out.attributes = net::from_bytea(row.text(4));
  out.zone = row.string(5);
  out.zones = split(row.text(6));
  out.region = row.string(7);
  out.consent = row.yes(8);
  out.consent_source = row.string(9);
  out.state = row.string(10);
  out.outcome = row.string(11);
  out.attempts = static_cast<int>(row.whole(12));
  out.next_at = row.time(13);
  out.priority = static_cast<int>(row.whole(14));
  out.refusal = row.string(15);
  out.refused_until = row.maybe_time(16);
  out.import_id = row.string(17);
  out.trail = row.string(18);
  out.created_at = row.time(19);
  return out;
}

}  // namespace

lead_snapshot read_snapshot(const net::row& row, int first) {
  lead_snapshot out;
  out.region = row.string(first);
  out.zones = split(row.text(first + 1));
  out.consent = row.yes(first + 2);
  out.attempts = static_cast<int>(row.whole(first + 3));
  const auto listed = row.text(first + 4);
  out.listed_global = listed.find('g') != std::string_view::npos;
  out.listed_national = listed.find('n') != std::string_view::npos;
  out.listed_campaign = listed.find('c') != std::string_view::npos;
  for (const auto& each : split(row.text(first + 5))) {
    std::int64_t micros = 0;
    std::from_chars(each.data(), each.data() + each.size(), micros);
    out.dialled.emplace_back(std::chrono::microseconds(micros));
  }
  return out;
}

task<result<lead_record>> lead_store::get(std::int64_t id) {
  net::params with{id};
  auto found = co_await db_.run(one_lead, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such lead");
  co_return read_lead((*found)[0]);
}

task<result<std::vector<lead_record>>> lead_store::list(lead_filter filter, std::int64_t after, int limit) {
  const bool by_person = !filter.index.empty();
  net::params with{after, limit, filter.campaign, filter.state, filter.outcome, filter.refusal, filter.import_id};
  if (by_person) with = net::params{net::bytea(filter.index), after, limit};
  const auto& what = by_person ? leads_of_person : list_leads;
  auto found = co_await db_.run(what, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<lead_record> out;
  for (const auto row : *found) out.push_back(read_lead(row));
  co_return out;
}

task<result<std::vector<decision_record>>> lead_store::decisions(std::int64_t lead, int limit) {
  net::params with{lead, limit};
  auto found = co_await db_.run(list_decisions, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<decision_record> out;
  for (const auto row : *found) {
    out.push_back({row.time(0), row.yes(1), row.string(2), row.maybe_time(3), row.string(4)});
  }
  co_return out;
}

task<result<lead_snapshot>> lead_store::snapshot(std::int64_t lead) {
  net::params with{lead};
  auto found = co_await db_.run(lead_facts, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such lead");
  co_return read_snapshot((*found)[0], 0);
}

task<result<void>> lead_store::add_search(std::string id, std::string index, std::string by) {
  net::params with{id, net::bytea(index), by};
  auto done = co_await db_.run(insert_search, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->affected() == 0)
    co_return fail(errc::too_many, "sixty numbers were asked for within a minute; wait a little");
  co_return result<void>{};
}

task<result<std::string>> lead_store::search(std::string id, std::string by) {
  net::params with{id, by};
  auto found = co_await db_.run(one_search, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such search, or it is over an hour old");
  co_return net::from_bytea((*found)[0].text(0));
}

}  // namespace vss::ottb
