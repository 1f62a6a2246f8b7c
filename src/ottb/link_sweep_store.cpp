// The part of link_store that reconciles snapshots and sweeps what time has overtaken.
#include <boost/describe/enum_to_string.hpp>

#include "ottb/link_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement load_marks{"link_load_marks", R"(
select number, state, state_n, epoch, seen_epoch, coalesce(lease_until > now(), false), coalesce(lease_attempt::text, ''),
       registered, drain, locked, coalesce(fault_code, ''), rung
from ottb.slot where hub_id = $1 and not retired order by number)"};
constexpr net::statement correct_slots{"link_correct_slots", R"(
with held as materialized (
  select number from ottb.slot where number = any($2::text[]) order by number for no key update
)
update ottb.slot s set
  state = g.state, since = case when s.state = g.state then s.since else now() end, state_n = greatest(s.state_n, $3),
  registered = g.registered, epoch = greatest(s.epoch, g.epoch),
  seen_epoch = case when s.lease_until > now() then greatest(s.seen_epoch, g.epoch) else g.epoch end,
  call_id = nullif(g.call_id, ''), fault_code = nullif(g.fault_code, ''), rung = g.rung, version = s.version + 1
from unnest($2::text[], $4::text[], $5::bigint[], $6::bool[], $7::text[], $8::text[], $9::int[])
  as g(number, state, epoch, registered, call_id, fault_code, rung), held
where s.number = g.number and held.number = s.number and s.hub_id = $1::uuid and s.state_n <= $3)"};
// A hub is assignable again only now: until here its projection may be older than its slots.
constexpr net::statement set_reconciled{"link_set_reconciled", R"(
update ottb.hub set reconciled_at = now(), unreachable = false, version = version + 1
where id = $1 and link_fence = $2)"};
constexpr net::statement count_unsettled{"link_count_unsettled", R"(
select count(*) from ottb.hub
where not locked and not retired and (not unreachable or (reconciled_at is null and linked_at >= $1))
  and not (reconciled_at is not null and last_seen >= $1))"};
constexpr net::statement set_unreachable{"link_set_unreachable", R"(
with gone as (
  update ottb.hub set unreachable = true, linked_server = null, version = version + 1
  where not unreachable and (last_seen is null or last_seen < now() - make_interval(secs => $1::int)) returning id
), noted as (
  insert into ottb.hub_event (hub_id, kind, severity, detail, at)
  select id, 'hub_unreachable', 'warning', 'silent for ' || $1 || ' s', now() from gone
) select id from gone)"};
constexpr net::statement claim_leases{"link_claim_leases", R"(
with expired as (
  select number from ottb.slot where lease_until < now() order by number limit 200 for no key update skip locked
)
update ottb.slot s set lease_until = now() + interval '20 seconds' from expired e where s.number = e.number
returning s.number, s.hub_id, s.epoch, coalesce(s.lease_attempt::text, ''), s.state, s.seen_epoch >= s.epoch)"};
constexpr net::statement free_lease{"link_free_lease", R"(
update ottb.slot set lease_until = null, lease_attempt = null, campaign_id = null, version = version + 1
where number = $1 and epoch = $2 and lease_until is not null)"};
constexpr net::statement keep_lease{"link_keep_lease", R"(
update ottb.slot set lease_until = now() + interval '30 seconds'
where number = $1 and epoch = $2 and lease_until is not null)"};
constexpr net::statement catch_up_stale{"link_catch_up", R"(
with waiting as (
  select distinct on (t.slot) t.*
  from ottb.slot_transition t join ottb.slot s on s.number = t.slot and s.hub_id = t.hub_id
  where t.stale and t.received_at > now() - interval '1 hour' and t.n > s.state_n
    and t.epoch >= s.seen_epoch and coalesce(s.lease_until < now(), true)
  order by t.slot, t.n desc
)
update ottb.slot s set state = w.to_state, state_n = w.n, since = least(w.at, now()), call_id = w.call_id,
  fault_code = w.fault_code, seen_epoch = greatest(s.seen_epoch, w.epoch), version = s.version + 1
from waiting w where s.number = w.slot and s.state_n < w.n and coalesce(s.lease_until < now(), true))"};

struct picture_columns {
  std::vector<std::string> number, state, registered, call, fault;
  std::vector<std::int64_t> epoch, rung;

  void add(const link::slot_picture& picture) {
    number.push_back(picture.slot);
    state.push_back(boost::describe::enum_to_string(picture.state, ""));
    epoch.push_back(picture.epoch);
    registered.push_back(picture.registered ? "t" : "f");
    call.push_back(picture.call_id.value_or(""));
    fault.push_back(picture.fault_code.value_or(""));
    rung.push_back(picture.rung);
  }
};

}  // namespace

task<result<std::vector<slot_mark>>> link_store::marks(std::string hub) {
  net::params with{hub};
  auto found = co_await db_.run(load_marks, with);
  if (!found) co_return fail(std::move(found.error()));
  std::vector<slot_mark> out;
  for (const auto row : *found) {
    out.push_back({row.string(0), row.string(1), row.whole(2), row.whole(3), row.whole(4), row.yes(5), row.string(6),
                   row.yes(7), row.yes(8), row.yes(9), row.string(10), static_cast<std::int32_t>(row.whole(11))});
  }
  co_return out;
}

task<result<void>> link_store::correct(std::string hub, std::vector<slot_correction> corrections,
                                       std::int64_t last_sent) {
  if (corrections.empty()) co_return result<void>{};
  picture_columns columns;
  for (const auto& each : corrections) columns.add(each.picture);
  net::params with{hub,
                   net::text_array(columns.number),
                   last_sent,
                   net::text_array(columns.state),
                   net::bigint_array(columns.epoch),
                   net::text_array(columns.registered),
                   net::text_array(columns.call),
                   net::text_array(columns.fault),
                   net::bigint_array(columns.rung)};
  auto done = co_await db_.run(correct_slots, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> link_store::reconciled(std::string hub, std::int64_t fence) {
  net::params with{hub, fence};
  auto done = co_await db_.run(set_reconciled, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::int64_t>> link_store::unsettled(instant started) {
  net::params with{started};
  auto found = co_await db_.run(count_unsettled, with);
  if (!found) co_return fail(std::move(found.error()));
  co_return (*found)[0].whole(0);
}

task<result<std::vector<std::string>>> link_store::sweep_unreachable(std::int64_t silence_seconds) {
  net::params with{silence_seconds};
  auto gone = co_await db_.run(set_unreachable, with);
  if (!gone) co_return fail(std::move(gone.error()));
  std::vector<std::string> out;
  for (const auto row : *gone) out.push_back(row.string(0));
  co_return out;
}

task<result<std::vector<expired_lease>>> link_store::claim_expired() {
  net::params none;
  auto found = co_await db_.run(claim_leases, none);
  if (!found) co_return fail(std::move(found.error()));
  std::vector<expired_lease> out;
  for (const auto row : *found) {
    out.push_back({row.string(0), row.string(1), row.whole(2), row.string(3), row.string(4), row.yes(5)});
  }
  co_return out;
}

task<result<bool>> link_store::end_lease(std::string slot, std::int64_t epoch, bool keep) {
  net::params with{slot, epoch};
  const net::statement& what = keep ? keep_lease : free_lease;
  auto done = co_await db_.run(what, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<std::int64_t>> link_store::catch_up() {
  net::params none;
  auto done = co_await db_.run(catch_up_stale, none);
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected();
}

}  // namespace vss::ottb
