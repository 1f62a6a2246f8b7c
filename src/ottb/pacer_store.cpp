#include "ottb/pacer_store.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <cmath>

#include "ottb/lead_store.hpp"
#include "ottb/outbox_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement live_campaigns{"ottb_pacer_live",
                                        "select id from ottb.campaign where state in ('running', 'draining')"};
constexpr net::statement read_campaign{"ottb_pacer_campaign", R"(
select c.id, c.state, c.profile_id, c.slots, c.trunks, c.caller_id, c.ring_seconds, c.calls_per_second, c.version,
  c.purpose = 'advertising', c.starts_at, c.ends_at, c.max_attempts, coalesce(i.enabled and i.verified_at is not null, false),
  t.some, t.only_simulated
from ottb.campaign c left join ottb.caller_id i on i.number = c.caller_id
cross join lateral (
  select count(*) > 0 as some, coalesce(bool_and(simulated), false) as only_simulated from ottb.trunk
  where enabled and not retired and (c.trunks = '{}' or id = any(c.trunks))) t
where c.id = $1)"};
constexpr net::statement lock_slots{"ottb_pacer_slots", R"(
select s.number, s.hub_id, h.short_id, s.epoch from ottb.slot s join ottb.hub h on h.id = s.hub_id
where s.state in ('IDLE', 'READY') and s.registered and s.lease_until is null
  and not s.drain and not s.locked and not s.quarantine and not s.retired
  and not h.unreachable and not h.locked and not h.drain and not h.retired and h.reconciled_at is not null
  and h.desired_hash is not null and h.desired_hash = h.running_hash
  and ($1::text[] = '{}' or s.kind = any($1)) and ($2::text[] = '{}' or h.label = any($2)) and ($3::text[] = '{}' or s.number = any($3))
order by s.since limit $4 for no key update of s skip locked)"};
// Tokens fill to a tenth of a second's calls at 0.9 of the rate: together never more than the limit in any second.
constexpr net::statement trunk_tokens{"ottb_pacer_trunks", R"(
with fit as (
  select t.id, t.cps, t.channels, t.priority, t.weight from ottb.trunk t
  where t.enabled and not t.retired and t.health <> 'down' and ($1::int[] = '{}' or t.id = any($1)) and (t.simulated or not $3::boolean)
    and exists (select 1 from ottb.caller_id i where i.number = $2 and (i.trunks = '{}' or t.id = any(i.trunks)))
), paced as (
  insert into ottb.trunk_pace as p (trunk_id, tokens, at) select id, 1, clock_timestamp() from fit order by id
  on conflict (trunk_id) do update set at = clock_timestamp(),
    tokens = (select least(greatest(1, t.cps * 0.1), p.tokens + t.cps * 0.9 * greatest(0, extract(epoch from clock_timestamp() - p.at)))
              from ottb.trunk t where t.id = p.trunk_id)
  returning trunk_id, tokens
), busy as (
  select count(*) as calls from ottb.attempt a join ottb.campaign c on c.id = a.campaign_id
  where a.state not in ('done', 'returned') and (c.trunks = '{}' or c.trunks && array(select id from fit))
)
select fit.id, paced.tokens, fit.channels, busy.calls from fit join paced on paced.trunk_id = fit.id cross join busy
order by fit.priority, fit.weight desc, fit.id)"};
// One priority after the other: an ordered scan would wade through every lead that is due later.
constexpr net::statement lock_leads{"ottb_pacer_leads",
                                    R"(
with recursive ranks as (
  (select priority from ottb.lead where campaign_id = $1 and state = 'due' order by priority desc limit 1)
  union all
  select (select l.priority from ottb.lead l where l.campaign_id = $1 and l.state = 'due' and l.priority < r.priority
          order by l.priority desc limit 1)
  from ranks r where r.priority is not null
)
select l.id, l.trail, )" VSS_SNAPSHOT_COLUMNS R"(
from ranks r cross join lateral (
  select * from ottb.lead d
  where d.campaign_id = $1 and d.state = 'due' and d.priority = r.priority and d.next_at <= now()
  order by d.next_at limit $2 for no key update skip locked) l
where r.priority is not null limit $2)",
                                    milliseconds{5000}};
constexpr net::statement write_attempts{"ottb_pacer_assign", R"(
with mine as materialized (
  select 1 as one from ottb.lease where name = 'campaign:' || $1 and owner = $2 and fence = $3 and until > clock_timestamp()
), g as (
  select * from unnest($4::bigint[], $5::uuid[], $6::text[], $7::uuid[], $8::text[], $9::bigint[])
    as g(lead, attempt, slot, hub, queue, epoch) where exists (select 1 from mine)
), leased as (
  update ottb.slot s set epoch = g.epoch, lease_until = now() + interval '30 seconds', lease_attempt = g.attempt,
    campaign_id = $1::uuid, version = s.version + 1
  from g where s.number = g.slot
), taken as (
  update ottb.lead l set state = 'queued', last_n = l.last_n + 1, refusal = null, refused_until = null
  from g where l.id = g.lead returning l.id, l.last_n, l.trail, l.phone_index
), made as (
  insert into ottb.attempt (id, lead_id, n, campaign_id, hub_id, slot, epoch, trail, phone_index)
  select g.attempt, t.id, t.last_n, $1::uuid, g.hub, g.slot, g.epoch, t.trail, t.phone_index from g join taken t on t.id = g.lead
), sent as (
  insert into ottb.outbox (routing_key, body)
  select g.queue, jsonb_build_object('v', 1, 'trail', t.trail, 'attempt', g.attempt, 'campaign', $1, 'slot', g.slot,
                                     'epoch', g.epoch, 'not_after', $10::text)
  from g join taken t on t.id = g.lead
), spent as (
  update ottb.trunk_pace p set tokens = p.tokens - u.count
  from unnest($11::int[], $12::int[]) as u(trunk, count) where p.trunk_id = u.trunk and exists (select 1 from mine)
)
select count(*) from mine)",
                                        milliseconds{5000}};
constexpr net::statement write_refusals{"ottb_pacer_refuse", R"(
with g as materialized (
  select lead, reason, nullif(until, '')::timestamptz as until, next_at::timestamptz as next_at, closes::boolean as closes
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) as g(lead, reason, until, next_at, closes)
), changed as (
  update ottb.lead l set refusal = g.reason, refused_until = g.until, next_at = g.next_at,
    state = case when g.closes then 'finished' else l.state end, outcome = case when g.closes then 'refused' else l.outcome end
  from g where l.id = g.lead and l.state = 'due'
)
insert into ottb.decision (lead_id, at, allowed, reason, until, inputs) select lead, $6, false, reason, until, $7::jsonb from g)",
                                        milliseconds{5000}};

paced_campaign read_paced(const net::row& row) {
  paced_campaign out;
  out.id = row.string(0);
  boost::describe::enum_from_string(row.string(1).c_str(), out.state);
  out.profile = row.string(2);
  auto slots = dto::parse<slot_choice>(row.text(3));
  if (slots) out.slots = std::move(*slots);
  out.trunks = row.string(4);
  out.caller_id = row.string(5);
  out.ring_seconds = static_cast<int>(row.whole(6));
  out.calls_per_second = static_cast<int>(row.whole(7));
  out.version = row.whole(8);
  out.what.running = out.state == campaign_state::running;
  out.what.advertising = row.yes(9);
  out.what.starts_at = row.maybe_time(10);
  out.what.ends_at = row.maybe_time(11);
  out.what.max_attempts = static_cast<int>(row.whole(12));
  out.what.caller_id_owned = row.yes(13);
  out.what.any_trunk = row.yes(14);
  out.what.only_simulated_trunks = row.yes(15);
  return out;
}

}  // namespace

int trunk_room::room() const {
  double sum = 0;
  for (const double each : tokens) sum += std::max(0.0, std::floor(each + 1e-9));
  return static_cast<int>(std::clamp(std::min<double>(sum, static_cast<double>(channels - open_calls)), 0.0, 10000.0));
}

task<result<std::vector<std::string>>> pacer_store::live() {
  auto found = co_await db_.run(live_campaigns, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<std::string> out;
  for (const auto row : *found) out.push_back(row.string(0));
  co_return out;
}

task<result<paced_campaign>> pacer_store::campaign(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(read_campaign, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such campaign");
  co_return read_paced((*found)[0]);
}

task<result<std::vector<free_slot>>> pacer_store::slots(net::transaction& within, slot_choice choice, int limit) {
  net::params with{net::text_array(choice.kinds), net::text_array(choice.hubs), net::text_array(choice.numbers), limit};
  auto found = co_await within.run(lock_slots, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<free_slot> out;
  for (const auto row : *found) out.push_back({row.string(0), row.string(1), lead_queue(row.text(2)), row.whole(3)});
  co_return out;
}

task<result<trunk_room>> pacer_store::room(net::transaction& within, std::string trunks, std::string caller_id,
                                           bool only_simulated) {
  net::params with{trunks, caller_id, only_simulated};
  auto found = co_await within.run(trunk_tokens, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  trunk_room out;
  for (const auto row : *found) {
    out.ids.push_back(static_cast<int>(row.whole(0)));
    out.tokens.push_back(row.real(1));
    out.channels += row.whole(2);
    out.open_calls = row.whole(3);
  }
  co_return out;
}

task<result<std::vector<due_lead>>> pacer_store::leads(net::transaction& within, std::string campaign, int limit) {
  net::params with{campaign, limit};
  auto found = co_await within.run(lock_leads, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<due_lead> out;
  for (const auto row : *found) out.push_back({row.whole(0), row.string(1), read_snapshot(row, 2)});
  co_return out;
}

task<result<void>> pacer_store::assign(net::transaction& within, assignment what) {
  std::vector<std::int64_t> lead, epoch, trunk, count;
  std::vector<std::string> attempt, slot, hub, queue;
  for (const auto& each : what.leads) {
    lead.push_back(each.lead);
    attempt.push_back(each.attempt);
    slot.push_back(each.slot.number);
    hub.push_back(each.slot.hub);
    queue.push_back(each.slot.queue);
    epoch.push_back(each.slot.epoch + 1);
  }
  auto left = static_cast<std::int64_t>(what.leads.size());
  for (std::size_t i = 0; i < what.spent.ids.size(); ++i) {
    const auto here =
        std::min<std::int64_t>(left, std::max<std::int64_t>(0, static_cast<std::int64_t>(what.spent.tokens[i] + 1e-9)));
    trunk.push_back(what.spent.ids[i]);
    count.push_back(here);
    left -= here;
  }
  net::params with{what.campaign,
                   what.owner,
                   what.fence,
                   net::bigint_array(lead),
                   net::text_array(attempt),
                   net::text_array(slot),
                   net::text_array(hub),
                   net::text_array(queue),
                   net::bigint_array(epoch),
                   to_text(what.not_after),
                   net::bigint_array(trunk),
                   net::bigint_array(count)};
  auto done = co_await within.run(write_attempts, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if ((*done)[0].whole(0) == 0) co_return fail(errc::conflict, "the campaign's lease is another server's");
  co_return result<void>{};
}

task<result<void>> pacer_store::refuse(net::transaction& within, std::vector<lead_refusal> refusals, instant now,
                                       std::string inputs) {
  std::vector<std::int64_t> lead;
  std::vector<std::string> reason, until, next_at, closes;
  for (const auto& each : refusals) {
    lead.push_back(each.lead);
    reason.push_back(each.reason);
    until.push_back(each.until ? to_text(*each.until) : "");
    next_at.push_back(to_text(each.next_at));
    closes.emplace_back(each.closes ? "t" : "f");
  }
  net::params with{net::bigint_array(lead),
                   net::text_array(reason),
                   net::text_array(until),
                   net::text_array(next_at),
                   net::text_array(closes),
                   now,
                   inputs};
  auto done = co_await within.run(write_refusals, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::ottb
