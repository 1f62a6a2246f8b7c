#include "ottb/live_store.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t most_resting = 20;
constexpr std::size_t at_once = 20;  // campaigns in one statement
constexpr seconds rest_again{30};

constexpr net::statement live_slots{"live_slots", R"(
select s.number, s.kind, h.label, s.hub_id, s.state, s.since, s.registered, s.fault_code, s.campaign_id, s.epoch, s.locked,
  s.drain, s.version
from ottb.slot s join ottb.hub h on h.id = s.hub_id where not s.retired)",
                                    milliseconds{10000}};
constexpr net::statement live_calls{"live_calls", R"(
select a.id, a.slot, c.name, a.campaign_id, a.state, a.queued_at, a.ringing_at, a.answered_at
from ottb.attempt a join ottb.campaign c on c.id = a.campaign_id where a.state not in ('done', 'returned') limit 50000)",
                                    milliseconds{10000}};
constexpr net::statement live_campaigns{"live_campaigns", R"(
with shown as (
  select id, name, state, version from ottb.campaign where state not in ('stopped', 'finished')
  union all
  (select id, name, state, version from ottb.campaign where state in ('stopped', 'finished') order by id desc limit 200)
), now as (
  select campaign_id, count(*) as calls from ottb.attempt
  where state not in ('done', 'returned') and state in ('dialling', 'ringing', 'answered') group by campaign_id
)
select s.id, s.name, s.state, s.version, coalesce(n.calls, 0) from shown s left join now n on n.campaign_id = s.id)",
                                        milliseconds{10000}};
constexpr net::statement live_leads{"live_leads", R"(
select campaign_id, count(*), count(*) filter (where state = 'finished'), count(*) filter (where state = 'due')
from ottb.lead where campaign_id = any($1::uuid[]) group by campaign_id)",
                                    milliseconds{30000}};
constexpr net::statement live_outcomes{"live_outcomes", R"(
select campaign_id, count(*) filter (where outcome = 'answered'), count(*) filter (where outcome = 'busy'),
  count(*) filter (where outcome = 'no_answer'), count(*) filter (where outcome not in ('answered', 'busy', 'no_answer'))
from ottb.attempt where campaign_id = any($1::uuid[]) and state = 'done' group by campaign_id)",
                                       milliseconds{30000}};
constexpr net::statement live_hubs{"live_hubs", R"(
select h.id, h.label, h.kind,
  split_part(h.linked_server, ':', 1) || ' ' || split_part(h.linked_server, ':', 3), h.unreachable, h.locked, h.drain, h.software, h.journal_depth,
  round(coalesce(h.clock_skew_ms, 0), -2), h.last_seen,
  coalesce(h.desired_hash = h.running_hash, false) and h.drift = '[]',
  count(s.number), count(*) filter (where s.registered), count(*) filter (where s.state in ('IDLE', 'READY')),
  count(*) filter (where s.state not in ('IDLE', 'READY', 'FAULT')), count(*) filter (where s.state = 'FAULT')
from ottb.hub h left join ottb.slot s on s.hub_id = h.id and not s.retired where not h.retired group by h.id)",
                                   milliseconds{10000}};
// A call's trunk is on record from its first ring; until then it is known where there is no choice.
constexpr net::statement live_trunks{"live_trunks", R"(
with usable as (select array_agg(id) as all_of from ottb.trunk where enabled and not retired),
now as (
  select coalesce(a.trunk_id, case when cardinality(t.trunks) = 1 then t.trunks[1] end) as trunk, count(*) as calls
  from ottb.attempt a join ottb.campaign c on c.id = a.campaign_id cross join usable u
  cross join lateral (select case when c.trunks = '{}' then u.all_of else c.trunks end as trunks) t
  where a.state not in ('done', 'returned') and a.state in ('dialling', 'ringing', 'answered') group by 1
)
select t.id, t.name, t.enabled, t.simulated, t.health, t.cps, t.channels, coalesce(n.calls, 0)
from ottb.trunk t left join now n on n.trunk = t.id where not t.retired)",
                                     milliseconds{10000}};
constexpr net::statement live_waits{"live_waits", R"(
select (select count(*) from (select 1 from ottb.outbox limit 10001) o),
  (select coalesce(extract(epoch from now() - min(created_at)), 0)::bigint from ottb.outbox),
  (select count(*) from (select 1 from ottb.hub_outbox limit 10001) h),
  (select count(*) from ottb.attempt where state not in ('done', 'returned') and state = 'queued'
     and queued_at < now() - interval '30 seconds'),
  (select count(*) from ottb.hub where unreachable and not retired),
  (select count(*) from ottb.slot where state = 'FAULT' and not retired),
  (select count(*) from ottb.trunk where health = 'down' and enabled and not retired),
  (select coalesce(sum(journal_depth), 0)::bigint from ottb.hub where not unreachable and not retired),
  (select coalesce(max(abs(clock_skew_ms)), 0)::bigint from ottb.hub where not unreachable and not retired),
  (select coalesce(string_agg(name, ' '), '') from (select owner as name from ottb.lease where until > now()
     union select linked_server from ottb.hub where linked_server is not null and not unreachable) s))",
                                    milliseconds{5000}};

bool moves(const std::string& state, std::int64_t calls) {
  return state == "running" || state == "draining" || calls > 0;
}

slot_now_row slot_of(const net::row& from) {
  slot_now_row out;
  out.slot = {from.string(0), from.string(1), from.string(2), from.string(3), from.string(4), from.time(5),
              from.yes(6),    from.maybe(7),  from.maybe(8),  from.whole(9),  from.yes(10),   from.yes(11)};
  out.version = from.whole(12);
  return out;
}

hub_now hub_of(const net::row& from) {
  hub_now out;
  out.id = from.string(0);
  out.label = from.string(1);
  out.kind = from.string(2);
  out.server = from.maybe(3);
  out.linked = out.server.has_value();
  out.unreachable = from.yes(4);
  out.locked = from.yes(5);
  out.drained = from.yes(6);
  out.software = from.maybe(7);
  out.journal_depth = from.whole(8);
  out.clock_skew_ms = from.whole(9);
  if (!out.linked) out.last_seen = from.maybe_time(10);
  out.in_sync = from.yes(11);
  out.slots = from.whole(12);
  out.registered = from.whole(13);
  out.idle = from.whole(14);
  out.busy = from.whole(15);
  out.fault = from.whole(16);
  return out;
}

}  // namespace

task<result<std::vector<slot_now_row>>> live_store::slots() {
  auto found = co_await db_.run(live_slots, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<slot_now_row> out;
  out.reserve(static_cast<std::size_t>(found->size()));
  for (const auto row : *found) out.push_back(slot_of(row));
  co_return out;
}

task<result<std::vector<call_now>>> live_store::calls() {
  auto found = co_await db_.run(live_calls, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<call_now> out;
  out.reserve(static_cast<std::size_t>(found->size()));
  for (const auto row : *found) {
    out.push_back({row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.time(5),
                   row.maybe_time(6), row.maybe_time(7)});
  }
  co_return out;
}

// Those that rest are looked at again, too: the last reports of a stopped campaign come after its stop.
bool live_store::wants_count(const counted& known, const std::string& state, std::int64_t version,
                             std::int64_t calls) const {
  if (moves(state, calls) || !known.once || known.version != version || known.calls != calls) return true;
  return time_.steady() - known.at >= rest_again;
}

task<result<void>> live_store::count(std::vector<std::string> campaigns) {
  if (campaigns.empty()) co_return result<void>{};
  const net::params with{net::text_array(campaigns)};
  std::vector<net::step> steps{{&live_leads, with}, {&live_outcomes, with}};
  auto got = co_await db_.pipeline(std::move(steps));
  if (!got) co_return fail(std::move(got.error()));
  for (const auto& id : campaigns) {
    auto& c = counts_[id];
    c.total = c.finished = c.due = c.answered = c.busy = c.no_answer = c.other = 0;
    c.once = true;
    c.at = time_.steady();
  }
  for (const auto row : (*got)[0]) {
    auto& c = counts_[row.string(0)];
    c.total = row.whole(1);
    c.finished = row.whole(2);
    c.due = row.whole(3);
  }
  for (const auto row : (*got)[1]) {
    auto& c = counts_[row.string(0)];
    c.answered = row.whole(1);
    c.busy = row.whole(2);
    c.no_answer = row.whole(3);
    c.other = row.whole(4);
  }
  co_return result<void>{};
}

task<result<std::vector<campaign_now>>> live_store::campaigns() {
  auto found = co_await db_.run(live_campaigns, {});
  if (!found) co_return fail(std::move(found.error()));
  std::map<std::string, counted, std::less<>> kept;
  std::vector<std::string> wanted;
  std::size_t resting = 0;
  for (const auto row : *found) {
    const auto id = row.string(0);
    const auto state = row.string(2);
    if (auto known = counts_.extract(id)) kept.insert(std::move(known));
    auto& c = kept[id];
    const auto calls = row.whole(4);
    if (!wants_count(c, state, row.whole(3), calls) || (!moves(state, calls) && ++resting > most_resting)) continue;
    c.version = row.whole(3);
    c.calls = calls;
    wanted.push_back(id);
  }
  counts_ = std::move(kept);
  for (std::size_t from = 0; from < wanted.size(); from += at_once) {
    const auto end = std::min(from + at_once, wanted.size());
    std::vector<std::string> some(wanted.begin() + static_cast<std::ptrdiff_t>(from),
                                  wanted.begin() + static_cast<std::ptrdiff_t>(end));
    const auto done = co_await count(some);
    if (done) continue;
    log::failed("ottb", "campaigns_not_counted", done.error());  // they are shown with the counts of before
    for (std::size_t i = from; i < wanted.size(); ++i) counts_[wanted[i]].version = -1;
    break;
  }
  std::vector<campaign_now> out;
  for (const auto row : *found) {
    auto& c = counts_[row.string(0)];
    campaign_now one;
    one.id = row.string(0);
    one.name = row.string(1);
    one.state = row.string(2);
    one.calls_now = row.whole(4);
    if (c.once) {
      one.total = c.total;
      one.finished = c.finished;
      one.due = c.due;
      one.answered = c.answered;
      one.busy = c.busy;
      one.no_answer = c.no_answer;
      one.failed = c.other;
      one.rate = c.rate.look(time_.steady(), c.answered + c.busy + c.no_answer + c.other + one.calls_now);
    }
    out.push_back(std::move(one));
  }
  co_return out;
}

task<result<std::vector<hub_now>>> live_store::hubs() {
  auto found = co_await db_.run(live_hubs, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<hub_now> out;
  for (const auto row : *found) out.push_back(hub_of(row));
  co_return out;
}

task<result<std::vector<trunk_now>>> live_store::trunks() {
  auto found = co_await db_.run(live_trunks, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<trunk_now> out;
  for (const auto row : *found) {
    out.push_back({row.string(0), row.string(1), row.yes(2), row.yes(3), row.string(4), row.whole(5), row.whole(6),
                   row.whole(7)});
  }
  co_return out;
}

task<result<fleet_waits>> live_store::waits() {
  const auto began = std::chrono::steady_clock::now();
  auto found = co_await db_.run(live_waits, {});
  if (!found) co_return fail(std::move(found.error()));
  const auto row = (*found)[0];
  const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  co_return fleet_waits{row.whole(0), row.whole(1), row.whole(2), row.whole(3), row.whole(4), row.whole(5),
                        row.whole(6), row.whole(7), row.whole(8), took.count(), row.string(9)};
}

}  // namespace vss::ottb
