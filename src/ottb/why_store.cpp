#include "ottb/why_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement count_slots{"ottb_why_slots", R"(
select case when h.unreachable then 'unreachable' when s.locked or h.locked then 'locked' when s.drain or h.drain then 'drained'
    when s.quarantine then 'quarantine' when s.state = 'FAULT' then 'fault'
    when s.lease_until is not null or s.state not in ('IDLE', 'READY') then 'busy'
    when h.reconciled_at is null or h.desired_hash is distinct from h.running_hash or h.desired_hash is null then 'not_ready'
    when not s.registered then 'unregistered' else 'free' end, count(*)
from ottb.slot s join ottb.hub h on h.id = s.hub_id
where not s.retired and not h.retired
  and ($1::text[] = '{}' or s.kind = any($1)) and ($2::text[] = '{}' or h.label = any($2)) and ($3::text[] = '{}' or s.number = any($3))
group by 1)"};
constexpr net::statement count_leads{"ottb_why_leads", R"(
select case when state <> 'due' then state when next_at <= now() then 'now' else 'later' end as place,
  case when state = 'due' and next_at > now() then coalesce(refusal, '') else '' end as refusal, count(*), min(next_at)
from ottb.lead where campaign_id = $1 group by 1, 2 order by 1, 2)",
                                     milliseconds{5000}};
constexpr net::statement count_trunks{"ottb_why_trunks", R"(
with chosen as (
  select t.id, t.cps, t.channels, t.health = 'down' as down,
    exists (select 1 from ottb.caller_id i where i.number = $2 and (i.trunks = '{}' or t.id = any(i.trunks))) as fits
  from ottb.trunk t
  where t.enabled and not t.retired and ($1::int[] = '{}' or t.id = any($1)) and (t.simulated or not $3::boolean)
)
select count(*), count(*) filter (where down), count(*) filter (where not down and not fits), count(*) filter (where fits and not down),
  coalesce(sum(channels) filter (where fits and not down), 0),
  (select count(*) from ottb.attempt a join ottb.campaign c on c.id = a.campaign_id
   where a.state not in ('done', 'returned') and (c.trunks = '{}' or c.trunks && array(select id from chosen where fits and not down))),
  coalesce(bool_or(coalesce(least(greatest(1, cps * 0.1), p.tokens + cps * 0.9
    * greatest(0, extract(epoch from clock_timestamp() - p.at))), 1) >= 1) filter (where fits and not down), false)
from chosen left join ottb.trunk_pace p on p.trunk_id = chosen.id)"};
constexpr net::statement look_around{"ottb_why_now", R"(
select (select count(*) from ottb.attempt
        where campaign_id = $1::text::uuid and state in ('dialling', 'ringing', 'answered') and state not in ('done', 'returned')),
  (select queued_at from ottb.attempt where campaign_id = $1::text::uuid order by id desc limit 1),
  (select owner from ottb.lease where name = 'campaign:' || $1::text and until > clock_timestamp()),
  (select count(*) from ottb.outbox where body ->> 'campaign' = $1::text),
  (select min(created_at) from ottb.outbox where body ->> 'campaign' = $1::text))"};

void take_slots(const net::rows& from, why_slots& into) {
  for (const auto row : from) {
    const auto kind = row.text(0);
    const auto count = row.whole(1);
    into.chosen += count;
    (kind == "unreachable"    ? into.unreachable
     : kind == "locked"       ? into.locked
     : kind == "drained"      ? into.drained
     : kind == "quarantine"   ? into.quarantine
     : kind == "fault"        ? into.fault
     : kind == "busy"         ? into.busy
     : kind == "not_ready"    ? into.not_ready
     : kind == "unregistered" ? into.unregistered
                              : into.free) += count;
  }
}

void take_leads(const net::rows& from, dialling_facts& into) {
  for (const auto row : from) {
    const auto place = row.text(0);
    const auto count = row.whole(2);
    if (place == "later") {
      into.waiting.push_back({row.string(1), count, row.time(3)});
      into.leads.waiting += count;
      if (!into.leads.next_at || row.time(3) < *into.leads.next_at) into.leads.next_at = row.time(3);
    } else {
      (place == "now" ? into.leads.due_now : place == "queued" ? into.leads.in_call : into.leads.finished) += count;
    }
  }
}

}  // namespace

task<result<void>> why_store::read(const paced_campaign& what, bool only_simulated, dialling_facts& into) {
  std::vector<net::step> steps;
  steps.push_back(
      {&count_slots,
       {net::text_array(what.slots.kinds), net::text_array(what.slots.hubs), net::text_array(what.slots.numbers)}});
  steps.push_back({&count_trunks, {what.trunks, what.caller_id, only_simulated}});
  steps.push_back({&look_around, {what.id}});
  auto got = co_await db_.pipeline(std::move(steps));
  if (!got) co_return fail(std::move(got.error()));
  take_slots((*got)[0], into.slots);
  const auto trunk = (*got)[1][0];
  into.trunks = {trunk.whole(0), trunk.whole(1), trunk.whole(2), trunk.whole(3), trunk.whole(4), trunk.whole(5)};
  into.trunk_token = trunk.yes(6);
  const auto now = (*got)[2][0];
  into.calls_now = now.whole(0);
  into.last_attempt = now.maybe_time(1);
  into.paced = !now.null(2);
  into.pacer = now.maybe(2).value_or("");
  into.messages = now.whole(3);
  into.oldest_message = now.maybe_time(4);
  co_return result<void>{};
}

task<result<void>> why_store::leads(std::string campaign, dialling_facts& into) {
  net::params with{std::move(campaign)};
  auto got = co_await db_.run(count_leads, std::move(with));
  if (!got) co_return fail(std::move(got.error()));
  take_leads(*got, into);
  co_return result<void>{};
}

}  // namespace vss::ottb
