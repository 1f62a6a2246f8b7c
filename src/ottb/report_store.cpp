#include "ottb/report_store.hpp"

#include "base/dto.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement read_attempts{"ottb_report_read", R"(
select a.id, a.trail, a.state, a.hub_id, a.slot, a.campaign_id, a.lead_id, a.n, l.attempts, c.max_attempts, c.retry,
  coalesce(a.outcome, ''), coalesce(a.hub_outcome, ''), coalesce(a.pbx_outcome, ''), coalesce(p.state, '')
from unnest($1::uuid[]) as g(id)
join ottb.attempt a on a.id = g.id
join ottb.lead l on l.id = a.lead_id
join ottb.campaign c on c.id = a.campaign_id
left join lateral (select state from ottb.permit where attempt_id = a.id order by issued_at desc limit 1) p on true)"};
constexpr net::statement write_ends{"ottb_report_write", R"(
with g as materialized (
  select id, kind, source, outcome, sip, q850, nullif(trunk, 0) as trunk, nullif(dtmf, '') as dtmf, nullif(call_id, '') as call_id,
    nullif(dialled, '')::timestamptz as dialled, nullif(ringing, '')::timestamptz as ringing,
    nullif(answered, '')::timestamptz as answered, ended::timestamptz as ended, finished::boolean as finished,
    next_at::timestamptz as next_at
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[],
    $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
    as g(id, kind, source, outcome, sip, q850, trunk, dtmf, call_id, dialled, ringing, answered, ended, finished, next_at)
), ended as (
  update ottb.attempt a set
    state = case g.kind when 'first' then 'done' when 'give_back' then 'returned' else a.state end,
    outcome = case when g.kind in ('first', 'correct') then g.outcome else a.outcome end,
    hub_outcome = case when g.source = 'hub' then coalesce(a.hub_outcome, g.outcome) else a.hub_outcome end,
    pbx_outcome = case when g.source = 'pbx' then coalesce(a.pbx_outcome, g.outcome) else a.pbx_outcome end,
    hub_reported_at = case when g.source = 'hub' then coalesce(a.hub_reported_at, now()) else a.hub_reported_at end,
    pbx_ended_at = case when g.source = 'pbx' then coalesce(a.pbx_ended_at, g.ended) else a.pbx_ended_at end,
    sip_code = case when g.source = 'pbx' or a.sip_code is null then nullif(g.sip, 0) else a.sip_code end,
    q850 = coalesce(nullif(g.q850, 0), a.q850), trunk_id = coalesce(g.trunk, a.trunk_id), dtmf = coalesce(g.dtmf, a.dtmf),
    lead_call_id = coalesce(a.lead_call_id, g.call_id),
    dialled_at = case when g.kind = 'give_back' or a.state = 'returned' then a.dialled_at else coalesce(a.dialled_at, g.dialled) end,
    ringing_at = case when g.source = 'pbx' then coalesce(g.ringing, a.ringing_at) else coalesce(a.ringing_at, g.ringing) end,
    answered_at = case when g.source = 'pbx' then coalesce(g.answered, a.answered_at) else coalesce(a.answered_at, g.answered) end,
    ended_at = case when g.kind = 'note' then a.ended_at else g.ended end
  from g
  where a.id = g.id and case g.kind
    when 'first' then a.state not in ('done', 'returned')
    when 'give_back' then a.state in ('queued', 'permitted')
    when 'correct' then a.state = 'done' and a.pbx_outcome is null
    else a.state in ('done', 'returned') and (g.source <> 'hub' or a.hub_outcome is null) end
  returning a.id, a.lead_id, a.n, g.kind, g.outcome, g.finished, g.next_at
), leads as (
  update ottb.lead l set
    state = case when e.kind <> 'give_back' and e.finished then 'finished' else 'due' end,
    outcome = case when e.kind = 'give_back' then l.outcome else e.outcome end,
    attempts = l.attempts + case when e.kind = 'first' then 1 else 0 end,
    next_at = e.next_at
  from ended e
  where l.id = e.lead_id and ((e.kind in ('first', 'give_back') and l.state = 'queued')
    or (e.kind = 'correct' and l.last_n = e.n and l.state <> 'queued' and l.refusal is null))
)
select id from ended)",
                                    milliseconds{5000}};
constexpr net::statement find_stale{"ottb_report_stale", R"(
select a.id, a.state, coalesce(p.state, ''), extract(epoch from now() - greatest(a.queued_at, a.permitted_at, a.dialled_at, a.ringing_at, a.answered_at))
from ottb.attempt a
left join lateral (select state, expires_at from ottb.permit where attempt_id = a.id order by issued_at desc limit 1) p on true
where a.state not in ('done', 'returned') and a.queued_at < now() - interval '2 seconds' and (
  (a.state = 'queued' and a.queued_at < now() - make_interval(secs => $1::int))
  or (a.state = 'permitted' and p.state in ('issued', 'expired', 'void') and p.expires_at < now() - make_interval(secs => $2::int))
  or (a.state in ('dialling', 'ringing', 'answered')
      and greatest(a.permitted_at, a.dialled_at, a.ringing_at, a.answered_at) < now() - make_interval(secs => $3::int)))
order by a.queued_at limit 1000)",
                                    milliseconds{5000}};
constexpr net::statement find_one{"ottb_report_one", R"(
select a.id, a.state, coalesce(p.state, ''), extract(epoch from now() - greatest(a.queued_at, a.permitted_at, a.dialled_at, a.ringing_at, a.answered_at))
from ottb.attempt a
left join lateral (select state from ottb.permit where attempt_id = a.id order by issued_at desc limit 1) p on true where a.id = $1)"};
constexpr net::statement return_attempts{"ottb_report_give_back", R"(
with back as (
  update ottb.attempt set state = 'returned', ended_at = now(), refusal = $2
  where id = any($1::uuid[]) and state in ('queued', 'permitted') returning id, lead_id, campaign_id
), leads as (
  update ottb.lead l set state = 'due', next_at = greatest(l.next_at, now() + make_interval(secs => $3::int))
  from back b where l.id = b.lead_id and l.state = 'queued'
), slots as (
  update ottb.slot s set lease_until = null, lease_attempt = null, campaign_id = null, version = version + 1
  from back b where $4::boolean and s.lease_attempt = b.id
), unsent as (
  delete from ottb.outbox o using back b where o.body ->> 'attempt' = b.id::text
)
select distinct campaign_id from back)",
                                         milliseconds{5000}};
constexpr net::statement old_permits{"ottb_permit_expire", R"(
update ottb.permit set state = 'expired' where state = 'issued' and expires_at < now() - interval '1 minute')",
                                     milliseconds{10000}};

const char* text(end_source source) {
  return source == end_source::hub ? "hub" : source == end_source::pbx ? "pbx" : "desk";
}
const char* text(end_kind kind) {
  static constexpr const char* names[] = {"first", "give_back", "correct", "note"};
  return names[static_cast<std::size_t>(kind)];
}
std::string maybe(const std::optional<instant>& when) { return when ? to_text(*when) : std::string(); }

struct end_columns {
  std::vector<std::string> id, kind, source, outcome, dtmf, call_id, dialled, ringing, answered, ended, finished,
      next_at;
  std::vector<std::int64_t> sip, q850, trunk;

  void add(const attempt_end& end) {
    id.push_back(end.id);
    kind.emplace_back(text(end.kind));
    source.emplace_back(text(end.source));
    outcome.emplace_back(name(end.outcome));
    sip.push_back(end.sip_code);
    q850.push_back(end.q850);
    trunk.push_back(end.trunk.value_or(0));
    dtmf.push_back(end.dtmf);
    call_id.push_back(end.lead_call_id);
    dialled.push_back(maybe(end.dialled_at));
    ringing.push_back(maybe(end.ringing_at));
    answered.push_back(maybe(end.answered_at));
    ended.push_back(to_text(end.ended_at));
    finished.emplace_back(end.finished ? "t" : "f");
    next_at.push_back(to_text(end.next_at));
  }
};

retry_rules read_retry(std::string_view json) {
  retry_rules out;
  const auto tree = dto::parse_json(json);
  if (!tree || !tree->is_object()) return out;
  for (const auto& each : tree->get_object()) {
    if (each.value().is_int64()) out[std::string(each.key())] = each.value().get_int64();
  }
  return out;
}

report_store::stale_attempt read_stale(const net::row& row) {
  return {row.string(0), row.string(1), row.string(2), row.real(3)};
}

}  // namespace

task<result<std::vector<open_attempt>>> report_store::read(std::vector<std::string> attempts) {
  net::params with{net::text_array(attempts)};
  auto found = co_await db_.run(read_attempts, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<open_attempt> out;
  for (const auto row : *found) {
    open_attempt each;
    each.id = row.string(0);
    each.trail = row.string(1);
    each.state = row.string(2);
    each.hub = row.string(3);
    each.slot = row.string(4);
    each.campaign = row.string(5);
    each.lead = row.whole(6);
    each.n = static_cast<int>(row.whole(7));
    each.lead_attempts = static_cast<int>(row.whole(8));
    each.max_attempts = static_cast<int>(row.whole(9));
    each.retry = read_retry(row.text(10));
    each.outcome = row.string(11);
    each.hub_outcome = row.string(12);
    each.pbx_outcome = row.string(13);
    each.permit_state = row.string(14);
    out.push_back(std::move(each));
  }
  co_return out;
}

task<result<std::vector<std::string>>> report_store::write(std::vector<attempt_end> ends) {
  end_columns columns;
  for (const auto& end : ends) columns.add(end);
  net::params with{
      net::text_array(columns.id),      net::text_array(columns.kind),     net::text_array(columns.source),
      net::text_array(columns.outcome), net::bigint_array(columns.sip),    net::bigint_array(columns.q850),
      net::bigint_array(columns.trunk), net::text_array(columns.dtmf),     net::text_array(columns.call_id),
      net::text_array(columns.dialled), net::text_array(columns.ringing),  net::text_array(columns.answered),
      net::text_array(columns.ended),   net::text_array(columns.finished), net::text_array(columns.next_at)};
  auto done = co_await db_.run(write_ends, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  std::vector<std::string> out;
  for (const auto row : *done) out.push_back(row.string(0));
  co_return out;
}

task<result<std::vector<report_store::stale_attempt>>> report_store::stale(int queued_seconds, int permitted_seconds,
                                                                           int live_seconds) {
  net::params with{queued_seconds, permitted_seconds, live_seconds};
  auto found = co_await db_.run(find_stale, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<stale_attempt> out;
  for (const auto row : *found) out.push_back(read_stale(row));
  co_return out;
}

task<result<std::optional<report_store::stale_attempt>>> report_store::one(std::string attempt) {
  net::params with{attempt};
  auto found = co_await db_.run(find_one, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::optional<stale_attempt> out;
  if (!found->empty()) out = read_stale((*found)[0]);
  co_return out;
}

task<result<std::vector<std::string>>> report_store::give_back(std::vector<std::string> attempts, std::string why,
                                                               int pause_seconds, bool free_slots) {
  net::params with{net::text_array(attempts), why, pause_seconds, free_slots};
  auto done = co_await db_.run(return_attempts, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  std::vector<std::string> out;
  for (const auto row : *done) out.push_back(row.string(0));
  co_return out;
}

task<result<std::int64_t>> report_store::expire_permits() {
  auto done = co_await db_.run(old_permits, {});
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected();
}

}  // namespace vss::ottb
