#include "ottb/campaign_store.hpp"

#include <boost/json/serialize.hpp>

namespace vss::ottb {

namespace {

constexpr net::statement insert_campaign{"ottb_campaign_insert", R"(
insert into ottb.campaign (id, name, mode, purpose, profile_id, flow_id, caller_id, slots, trunks, max_attempts,
  ring_seconds, max_call_seconds, calls_per_second, retry, starts_at, ends_at, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::int[], $10, $11, $12, $13, $14, $15, $16, $17))"};
constexpr net::statement update_campaign{"ottb_campaign_update", R"(
with changed as (
  update ottb.campaign set name = $3, mode = $4, purpose = $5, profile_id = $6, flow_id = $7, caller_id = $8, slots = $9,
    trunks = $10::int[], max_attempts = $11, ring_seconds = $12, max_call_seconds = $13, calls_per_second = $14,
    retry = $15, starts_at = $16, ends_at = $17, version = version + 1
  where id = $1 and version = $2 and state in ('draft', 'paused', 'stopped', 'finished') returning id
)
select exists(select 1 from changed), (select version from ottb.campaign where id = $1), pg_notify('ottb_campaign', ($1::uuid)::text))"};
constexpr net::statement move_campaign{"ottb_campaign_move", R"(
with changed as (
  update ottb.campaign set state = $3, version = version + 1,
    started_at = case when $3 = 'running' then coalesce(started_at, now()) else started_at end,
    finished_at = case when $3 in ('stopped', 'finished') then now() when $3 = 'running' then null else finished_at end
  where id = $1::uuid and state = any($2::text[]) and ($4::bigint is null or version = $4) returning id
)
select exists(select 1 from changed), (select version from ottb.campaign where id = $1::uuid), pg_notify('ottb_campaign', ($1::uuid)::text))"};
#define VSS_CAMPAIGN_COLUMNS                                                                                           \
  "id, name, mode, purpose, state, profile_id, flow_id, caller_id, slots, to_jsonb(trunks), max_attempts, "            \
  "ring_seconds, max_call_seconds, calls_per_second, retry, starts_at, ends_at, started_at, finished_at, created_at, " \
  "version"
constexpr net::statement one_campaign{"ottb_campaign_get",
                                      "select " VSS_CAMPAIGN_COLUMNS " from ottb.campaign where id = $1"};
constexpr net::statement list_campaigns{
    "ottb_campaign_list", "select " VSS_CAMPAIGN_COLUMNS
                          " from ottb.campaign where ($1 = '' or id > $1::uuid) and ($3 = '' or state = $3)"
                          " order by id limit $2"};
constexpr net::statement count_leads{"ottb_campaign_count_leads",
                                     "select state, count(*) from ottb.lead where campaign_id = $1 group by state",
                                     milliseconds{5000}};
constexpr net::statement count_attempts{"ottb_campaign_count_attempts", R"(
select coalesce(outcome, ''), count(*), coalesce(sum(length(dtmf)), 0) from ottb.attempt
where campaign_id = $1 and state = 'done' group by 1)",
                                        milliseconds{5000}};
constexpr net::statement count_calls{"ottb_campaign_count_calls", R"(
select count(*), count(*) filter (where state = 'answered') from ottb.attempt
where campaign_id = $1 and state in ('dialling', 'ringing', 'answered') and state not in ('done', 'returned'))"};
constexpr net::statement return_queued{"ottb_campaign_return_queued", R"(
with back as (
  update ottb.attempt set state = 'returned', ended_at = now(), refusal = 'campaign_not_running'
  where campaign_id = $1 and state = 'queued' returning id, lead_id
), leads as (
  update ottb.lead l set state = 'due' from back b where l.id = b.lead_id and l.state = 'queued' returning 1
), unsent as (
  delete from ottb.outbox o using back b where o.body ->> 'attempt' = b.id::text returning 1
)
select count(*) from back)",
                                       milliseconds{10000}};
constexpr net::statement settle_campaign{"ottb_campaign_settle", R"(
with open_leads as (
  select exists(select 1 from ottb.lead where campaign_id = $1 and state = 'queued') as queued,
         exists(select 1 from ottb.lead where campaign_id = $1 and state = 'due') as due,
         exists(select 1 from ottb.lead where campaign_id = $1) as some
)
update ottb.campaign c set version = version + 1, finished_at = now(),
  state = case when o.some and not o.due then 'finished' else 'stopped' end
from open_leads o
where c.id = $1 and not o.queued and ((c.state = 'running' and o.some and not o.due) or c.state = 'draining')
returning c.state)",
                                         milliseconds{5000}};

template <class E>
E read_enum(std::string_view text) {
  E out{};
  boost::describe::enum_from_string(std::string(text).c_str(), out);
  return out;
}

template <class T>
T read_json(std::string_view text) {
  auto read = dto::parse<T>(text);
  return read ? std::move(*read) : T{};
}

template <class V>
V read_value(std::string_view text) {  // of a column that we wrote
  V out{};
  auto tree = dto::parse_json(text);
  dto::problems bad;
  if (tree) dto::read_into(*tree, out, "", bad);
  return out;
}

campaign_view read_view(const net::row& row) {
  campaign_view out;
  out.id = row.string(0);
  out.name = row.string(1);
  out.mode = read_enum<campaign_mode>(row.text(2));
  out.purpose = read_enum<campaign_purpose>(row.text(3));
  out.state = read_enum<campaign_state>(row.text(4));
  out.profile = row.string(5);
  out.flow = row.maybe(6);
  out.caller_id = row.string(7);
  out.slots = read_json<slot_choice>(row.text(8));
  out.trunks = read_value<std::vector<std::int32_t>>(row.text(9));
  out.max_attempts = static_cast<std::int32_t>(row.whole(10));
  out.ring_seconds = static_cast<std::int32_t>(row.whole(11));
  out.max_call_seconds = static_cast<std::int32_t>(row.whole(12));
  out.calls_per_second = static_cast<std::int32_t>(row.whole(13));
  out.retry = read_value<std::map<std::string, std::int64_t>>(row.text(14));
  out.starts_at = row.maybe_time(15);
  out.ends_at = row.maybe_time(16);
  out.started_at = row.maybe_time(17);
  out.finished_at = row.maybe_time(18);
  out.created_at = row.time(19);
  out.version = row.whole(20);
  return out;
}

std::string trunk_array(const std::vector<std::int32_t>& trunks) {
  return net::bigint_array(std::vector<std::int64_t>(trunks.begin(), trunks.end()));
}

void add_input(net::params& with, const campaign_input& input) {
  with.emplace_back(input.name);
  with.emplace_back(dto::describe::enum_to_string(input.mode, ""));
  with.emplace_back(dto::describe::enum_to_string(input.purpose, ""));
  with.emplace_back(input.profile);
  with.emplace_back(input.flow);
  with.emplace_back(input.caller_id);
  with.emplace_back(dto::write(input.slots));
  with.emplace_back(trunk_array(input.trunks));
  with.emplace_back(input.max_attempts);
  with.emplace_back(input.ring_seconds);
  with.emplace_back(input.max_call_seconds);
  with.emplace_back(input.calls_per_second);
  with.emplace_back(boost::json::serialize(dto::to_json(input.retry)));
  with.emplace_back(input.starts_at);
  with.emplace_back(input.ends_at);
}

}  // namespace

task<result<campaign_view>> campaign_store::get(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(one_campaign, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such campaign");
  co_return read_view((*found)[0]);
}

task<result<campaign_view>> campaign_store::create(std::string id, campaign_input input, std::string by) {
  net::params with{id};
  add_input(with, input);
  with.emplace_back(by);
  auto done = co_await db_.run(insert_campaign, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return co_await get(id);
}

namespace {

// What a compare-and-set that answers (changed, present version) means.
result<void> verdict(const net::rows& answer, std::optional<std::int64_t> wanted) {
  const auto row = answer[0];
  if (row.yes(0)) return {};
  if (row.null(1)) return fail(errc::not_found, "no such campaign");
  if (wanted && row.whole(1) != *wanted) return fail(errc::precondition, "the campaign has changed meanwhile");
  return fail(errc::conflict, "the campaign's state does not allow it");
}

}  // namespace

task<result<campaign_view>> campaign_store::change(std::string id, std::int64_t version, campaign_input input) {
  net::params with{id, version};
  add_input(with, input);
  auto done = co_await db_.run(update_campaign, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (auto ok = verdict(*done, version); !ok) co_return fail(std::move(ok.error()));
  co_return co_await get(id);
}

task<result<std::vector<campaign_view>>> campaign_store::list(std::string after, int limit, std::string state) {
  net::params with{after, limit, state};
  auto found = co_await db_.run(list_campaigns, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<campaign_view> out;
  for (const auto row : *found) out.push_back(read_view(row));
  co_return out;
}

task<result<campaign_view>> campaign_store::move(std::string id, std::vector<campaign_state> from, campaign_state to,
                                                 std::optional<std::int64_t> version) {
  std::vector<std::string> names;
  for (const auto each : from) names.emplace_back(name(each));
  net::params with{id, net::text_array(names), name(to), version};
  auto done = co_await db_.run(move_campaign, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (auto ok = verdict(*done, version); !ok) co_return fail(std::move(ok.error()));
  co_return co_await get(id);
}

task<result<campaign_counts>> campaign_store::counts(std::string id) {
  const net::params with{id};
  std::vector<net::step> steps{{&count_leads, with}, {&count_attempts, with}, {&count_calls, with}};
  auto got = co_await db_.pipeline(std::move(steps));
  if (!got) co_return fail(std::move(got.error()));
  campaign_counts out;
  for (const auto row : (*got)[0]) {
    out.leads += row.whole(1);
    if (row.text(0) == "due") out.due = row.whole(1);
    if (row.text(0) == "queued") out.queued = row.whole(1);
    if (row.text(0) == "finished") out.finished = row.whole(1);
  }
  for (const auto row : (*got)[1]) {
    out.attempts += row.whole(1);
    out.outcomes[row.string(0)] = row.whole(1);
    out.dtmf += row.whole(2);
  }
  out.calls_now = (*got)[2][0].whole(0);
  out.answered_now = (*got)[2][0].whole(1);
  co_return out;
}

task<result<std::int64_t>> campaign_store::take_back(std::string id) {
  net::params with{id};
  auto done = co_await db_.run(return_queued, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].whole(0);
}

task<result<std::optional<campaign_state>>> campaign_store::settle(std::string id) {
  net::params with{id};
  auto done = co_await db_.run(settle_campaign, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  std::optional<campaign_state> now;
  if (!done->empty()) now = read_enum<campaign_state>((*done)[0].text(0));
  co_return now;
}

}  // namespace vss::ottb
