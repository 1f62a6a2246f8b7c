#include "ottb/link_batch.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <map>

#include "base/dto.hpp"

namespace vss::ottb {

namespace {

// The rule of slot_fence.hpp, for many at once: rows are locked in the order of their numbers, so that two servers
// never wait for each other in a circle.
constexpr net::statement take_statuses{"link_take_statuses", R"(
with given as (
  select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                       $8::timestamptz[], $9::timestamptz[], $10::bool[], $11::text[], $12::text[], $13::text[],
                       $14::text[], $15::bigint[])
    as g(hub_id, n, slot, from_state, to_state, event, epoch, at, since, registered, trail, attempt, call_id,
         fault_code, rung)
), held as materialized (
  select number, hub_id, epoch, seen_epoch, coalesce(lease_until > now(), false) as leased
  from ottb.slot where number = any($3::text[]) order by number for no key update
), judged as (
  select g.*, s.number is not null as known,
         g.epoch < greatest(s.seen_epoch, case when s.leased then s.epoch end,
                            max(g.epoch) over (partition by g.hub_id, g.slot order by g.n
                                               rows between unbounded preceding and 1 preceding)) as below
  from given g left join held s on s.number = g.slot and s.hub_id = g.hub_id
), kept as (
  insert into ottb.slot_transition (hub_id, n, slot, from_state, to_state, event, epoch, at, trail, attempt, call_id,
                                    fault_code, stale)
  select hub_id, n, slot, from_state, to_state, event, epoch, at, nullif(trail, ''), nullif(attempt, '')::uuid,
         nullif(call_id, ''), nullif(fault_code, ''), coalesce(below, false)
  from judged order by slot, hub_id, n
  on conflict do nothing
), newest as (
  select distinct on (slot) * from judged where known and not coalesce(below, false) order by slot, n desc
)
update ottb.slot s set
  state = w.to_state, state_n = w.n, since = case when s.state = w.to_state then s.since else least(w.since, now()) end,
  registered = w.registered, epoch = greatest(s.epoch, w.epoch), seen_epoch = greatest(s.seen_epoch, w.epoch),
  call_id = nullif(w.call_id, ''), fault_code = nullif(w.fault_code, ''), rung = coalesce(nullif(w.rung, -1), s.rung)::int,
  last_fault_at = case when w.to_state = 'FAULT' and s.state <> 'FAULT' then now() else s.last_fault_at end,
  lease_until = case when s.lease_until is null or w.epoch <> s.epoch or w.to_state = 'FAULT' then s.lease_until
                     when w.to_state <> 'IDLE' then now() + interval '30 seconds' end,
  lease_attempt = case when w.epoch = s.epoch and w.to_state = 'IDLE' then null else s.lease_attempt end,
  campaign_id = case when w.epoch = s.epoch and w.to_state = 'IDLE' then null else s.campaign_id end,
  version = s.version + 1
from newest w
where s.number = w.slot and s.state_n < w.n
returning s.number, s.hub_id, s.state, s.epoch, s.registered, s.fault_code, s.since,
          s.state in ('IDLE', 'READY') and s.lease_until is null, s.version, s.campaign_id, s.locked, s.drain)",
                                       milliseconds{5000}};

constexpr net::statement take_events{"link_take_events", R"(
insert into ottb.hub_event (hub_id, n, kind, severity, slot, detail, trail, at)
select hub_id, n, kind, severity, nullif(slot, ''), detail, nullif(trail, ''), at
from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
  as g(hub_id, n, kind, severity, slot, detail, trail, at)
on conflict (hub_id, n) do nothing)"};

constexpr net::statement take_answers{"link_take_answers", R"(
with done as (
  update ottb.command c set done_at = now(), ok = g.ok, message = left(g.message, 1000)
  from unnest($1::uuid[], $2::uuid[], $3::bool[], $4::text[]) as g(hub_id, id, ok, message)
  where c.id = g.id and c.hub_id = g.hub_id and c.done_at is null
  returning c.id
) select pg_notify('ottb_fleet', 'command ' || id) from done)"};

constexpr net::statement take_config{"link_take_config", R"(
update ottb.hub h set running_hash = g.hash, drift = g.drift::jsonb, config_at = now(), version = h.version + 1
from unnest($1::uuid[], $2::text[], $3::text[]) as g(hub_id, hash, drift) where h.id = g.hub_id)"};

constexpr net::statement take_numbers{"link_take_numbers", R"(
update ottb.hub h set received_n = greatest(h.received_n, g.n)
from unnest($1::uuid[], $2::bigint[]) as g(hub_id, n) where h.id = g.hub_id)"};

std::string word(link::slot_state state) { return boost::describe::enum_to_string(state, ""); }
std::string flag(bool yes) { return yes ? "t" : "f"; }

struct status_columns {
  std::vector<std::string> hub, slot, from, to, event, at, since, registered, trail, attempt, call, fault;
  std::vector<std::int64_t> n, epoch, rung;

  void add(const link_item& item, const link::status& said) {
    hub.push_back(item.hub);
    n.push_back(item.n);
    slot.push_back(said.slot);
    from.push_back(word(said.from));
    to.push_back(word(said.to));
    event.push_back(said.event);
    epoch.push_back(said.epoch);
    at.push_back(to_text(said.at));
    since.push_back(to_text(item.since));
    registered.push_back(flag(said.registered));
    trail.push_back(said.trail);
    attempt.push_back(said.attempt.value_or(""));
    call.push_back(said.call_id.value_or(""));
    fault.push_back(said.fault_code.value_or(""));
    rung.push_back(said.rung.value_or(-1));
  }
  net::params take() const {
    return {net::text_array(hub),   net::bigint_array(n),        net::text_array(slot),    net::text_array(from),
            net::text_array(to),    net::text_array(event),      net::bigint_array(epoch), net::text_array(at),
            net::text_array(since), net::text_array(registered), net::text_array(trail),   net::text_array(attempt),
            net::text_array(call),  net::text_array(fault),      net::bigint_array(rung)};
  }
};

struct event_columns {
  std::vector<std::string> hub, kind, severity, slot, detail, trail, at;
  std::vector<std::int64_t> n;

  void add(const link_item& item, const link::hub_event& said) {
    const bool known = said.severity == "warning" || said.severity == "error";
    hub.push_back(item.hub);
    n.push_back(item.n);
    kind.push_back(said.kind);
    severity.push_back(known ? said.severity : "info");
    slot.push_back(said.slot.value_or(""));
    detail.push_back(said.detail);
    trail.push_back(said.trail);
    at.push_back(to_text(said.at));
  }
  void add(const link_item& item, const unreadable& what) {
    add(item, link::hub_event{"", "link_unreadable", "error", std::nullopt, what.why, item.since});
  }
  net::params take() const {
    return {net::text_array(hub),  net::bigint_array(n),    net::text_array(kind),  net::text_array(severity),
            net::text_array(slot), net::text_array(detail), net::text_array(trail), net::text_array(at)};
  }
};

struct answer_columns {
  std::vector<std::string> hub, id, ok, message;

  void add(const link_item& item, const link::command_done& said) {
    hub.push_back(item.hub);
    id.push_back(said.id);
    ok.push_back(flag(said.ok));
    message.push_back(said.message);
  }
  net::params take() const {
    return {net::text_array(hub), net::text_array(id), net::text_array(ok), net::text_array(message)};
  }
};

net::params config_params(const std::map<std::string, link::config_state>& states) {
  std::vector<std::string> hub;
  std::vector<std::string> hash;
  std::vector<std::string> drift;
  for (const auto& [id, state] : states) {
    hub.push_back(id);
    hash.push_back(state.hash);
    drift.push_back(dto::write(state.drift));
  }
  return {net::text_array(hub), net::text_array(hash), net::text_array(drift)};
}

net::params number_params(const std::map<std::string, std::int64_t>& highest) {
  std::vector<std::string> hub;
  std::vector<std::int64_t> n;
  for (const auto& [id, number] : highest) {
    hub.push_back(id);
    n.push_back(number);
  }
  return {net::text_array(hub), net::bigint_array(n)};
}

}  // namespace

link_batch make_batch(const std::vector<link_item>& items) {
  status_columns statuses;
  event_columns events;
  answer_columns answers;
  std::map<std::string, link::config_state> configs;
  // A hub's statuses carry their number into the history; everything else moves the hub's own mark.
  std::map<std::string, std::int64_t> highest;
  for (const auto& item : items) {
    if (const auto* status = std::get_if<link::status>(&item.body)) {
      statuses.add(item, *status);
      continue;
    }
    auto& mark = highest[item.hub];
    mark = std::max(mark, item.n);
    if (const auto* event = std::get_if<link::hub_event>(&item.body)) events.add(item, *event);
    if (const auto* answer = std::get_if<link::command_done>(&item.body)) answers.add(item, *answer);
    if (const auto* state = std::get_if<link::config_state>(&item.body)) configs[item.hub] = *state;
    if (const auto* what = std::get_if<unreadable>(&item.body)) events.add(item, *what);
  }
  link_batch out;
  out.has_status = !statuses.hub.empty();
  if (out.has_status) out.steps.push_back({&take_statuses, statuses.take()});
  if (!events.hub.empty()) out.steps.push_back({&take_events, events.take()});
  if (!answers.hub.empty()) out.steps.push_back({&take_answers, answers.take()});
  if (!configs.empty()) out.steps.push_back({&take_config, config_params(configs)});
  if (!highest.empty()) out.steps.push_back({&take_numbers, number_params(highest)});
  return out;
}

std::vector<slot_delta> read_deltas(const net::rows& answer) {
  std::vector<slot_delta> out;
  out.reserve(static_cast<std::size_t>(answer.size()));
  for (const auto row : answer) {
    out.push_back({row.string(0), row.string(1), row.string(2), row.whole(3), row.yes(4), row.string(5), row.time(6),
                   row.yes(7), row.whole(8), row.string(9), row.yes(10), row.yes(11)});
  }
  return out;
}

}  // namespace vss::ottb
