#include "ottb/link_store.hpp"

namespace vss::ottb {

namespace {

// What a hub said last about a slot that is no longer its own is not looked for: at worst it says it again.
constexpr net::statement find_hub{"link_find_hub", R"(
select label, coalesce(run_id, ''), coalesce(boot_id, ''), generation,
       greatest(received_n, (select max(t.n) from ottb.slot s cross join lateral (
                               select n from ottb.slot_transition where slot = s.number and hub_id = h.id
                               order by n desc limit 1) t where s.hub_id = h.id)), locked,
       unreachable, coalesce(desired_hash, '')
from ottb.hub h where id = $1 and not retired for update)"};
constexpr net::statement find_replaced{"link_find_replaced", R"(
select 1 from ottb.hub_run where hub_id = $1 and run_id = $2 and replaced_at is not null)"};
constexpr net::statement take_link{"link_take", R"(
with run as (
  insert into ottb.hub_run (hub_id, run_id, generation, boot_id) values ($1, $2, $3, $4)
  on conflict (hub_id, run_id) do nothing
), replaced as (
  update ottb.hub_run set replaced_at = now() where hub_id = $1 and run_id <> $2 and replaced_at is null
), told as (
  select pg_notify('ottb_fleet', 'link ' || $1 || ' ' || (link_fence + 1) || ' ' || $2) from ottb.hub where id = $1::uuid
)
update ottb.hub h set run_id = $2, generation = $3, boot_id = $4, software = $5, linked_server = $6,
  link_fence = link_fence + 1, linked_at = now(), reconciled_at = null, last_seen = now(), unreachable = true,
  received_n = greatest(received_n, $7::bigint), sent_n = greatest(sent_n, $8::bigint), journal_depth = $9,
  clock_skew_ms = $10, running_hash = nullif($11, ''), config_at = now(), version = version + 1
from (select count(*) from told) as t where h.id = $1::uuid
returning link_fence, sent_n)"};
constexpr net::statement lock_hub{"link_lock_hub", R"(
with told as (
  select pg_notify('ottb_fleet', 'link ' || $1 || ' ' || (link_fence + 1) || ' -'), pg_notify('ottb_fleet', 'edge')
  from ottb.hub where id = $1::uuid
), noted as (
  insert into ottb.hub_event (hub_id, kind, severity, detail, at)
  select id, 'identity_locked', 'error', $2, now() from ottb.hub where id = $1::uuid and not locked
)
update ottb.hub h set locked = true, lock_reason = $2, link_fence = link_fence + 1, linked_server = null,
  unreachable = true, version = version + 1
from (select count(*) from told) as t where h.id = $1::uuid and not h.locked)"};
constexpr net::statement close_link{"link_close", R"(
update ottb.hub set linked_server = null, version = version + 1 where id = $1 and link_fence = $2)"};
constexpr net::statement beat_links{"link_beat", R"(
update ottb.hub h set last_seen = now() - g.silent * interval '1 ms', unreachable = h.reconciled_at is null,
  journal_depth = g.depth, clock_skew_ms = g.skew,
  received_n = greatest(h.received_n, g.n)
from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
  as g(id, fence, depth, skew, n, silent)
where h.id = g.id and h.link_fence = g.fence
returning h.id)",
                                    milliseconds{5000}};
constexpr net::statement renew{"link_renew_leases", R"(
update ottb.slot set lease_until = now() + interval '30 seconds'
where hub_id = any($1::uuid[]) and lease_until < now() + interval '20 seconds' and seen_epoch = epoch
  and state in ('ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL'))",
                               milliseconds{5000}};
constexpr net::statement find_run{"link_present_run", "select coalesce(run_id, '') from ottb.hub where id = $1"};
constexpr net::statement append_outbox{"link_append_outbox", R"(
with next as (
  update ottb.hub set sent_n = sent_n + 1 where id = $1::uuid returning sent_n
), kept as (
  insert into ottb.hub_outbox (hub_id, n, t, body) select $1::uuid, sent_n, $2, $3::jsonb from next returning n
)
select n, pg_notify('ottb_fleet', 'outbox ' || $1) from kept)"};
constexpr net::statement load_outbox{"link_load_outbox", R"(
select n, t, body::text, extract(epoch from now() - created_at) from ottb.hub_outbox
where hub_id = $1 and n > $2 order by n limit 500)"};
constexpr net::statement trim_outbox{"link_trim_outbox", "delete from ottb.hub_outbox where hub_id = $1 and n <= $2"};
constexpr net::statement expire{"link_expire_command", R"(
with gone as (
  delete from ottb.hub_outbox where hub_id = $1 and n = $2
), done as (
  update ottb.command set done_at = now(), ok = false, message = 'the hub was away too long'
  where id = $3::uuid and done_at is null returning id
) select pg_notify('ottb_fleet', 'command ' || id) from done)"};
constexpr net::statement add_event{"link_add_event", R"(
insert into ottb.hub_event (hub_id, kind, severity, slot, detail, at)
values ($1, $2, $3, nullif($4, ''), $5, now()))"};

}  // namespace

task<result<link_opening>> link_store::open(std::string hub, link::hello said, std::string server,
                                            std::int64_t skew_ms) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params by_hub{hub};
  auto found = co_await work->run(find_hub, by_hub);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such hub");
  const auto row = (*found)[0];
  known_run known{row.string(1), row.string(2), row.whole(3), row.whole(4), {}, row.yes(5)};
  net::params run{hub, said.run_id};
  auto replaced = co_await work->run(find_replaced, run);
  if (!replaced) co_return fail(std::move(replaced.error()));
  if (!replaced->empty()) known.replaced_runs.insert(said.run_id);

  link_opening out;
  out.verdict = judge(known, said);
  out.label = row.string(0);
  out.received_n = known.received_n;
  out.was_unreachable = row.yes(6);
  out.desired_hash = row.string(7);
  if (out.verdict == hello_verdict::locked) co_return out;
  if (out.verdict == hello_verdict::copied) {
    net::params why{hub, "two live copies of one identity: run " + said.run_id};
    auto locked = co_await work->run(lock_hub, why);
    if (!locked) co_return fail(std::move(locked.error()));
  } else {
    net::params with{hub,
                     said.run_id,
                     said.generation,
                     said.boot_id,
                     said.software,
                     server,
                     known.received_n,
                     said.last_received,
                     said.journal_depth,
                     skew_ms,
                     said.config_hash.value_or("")};
    auto taken = co_await work->run(take_link, with);
    if (!taken) co_return fail(std::move(taken.error()));
    out.fence = (*taken)[0].whole(0);
    out.sent_n = (*taken)[0].whole(1);
  }
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return out;
}

task<result<void>> link_store::close(std::string hub, std::int64_t fence) {
  net::params with{hub, fence};
  auto done = co_await db_.run(close_link, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> link_store::lock(std::string hub, std::string reason) {
  net::params with{hub, reason};
  auto done = co_await db_.run(lock_hub, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::set<std::string>>> link_store::beat(std::vector<link_beat> beats) {
  std::vector<std::string> hub;
  std::vector<std::int64_t> fence;
  std::vector<std::int64_t> depth;
  std::vector<std::int64_t> skew;
  std::vector<std::int64_t> n;
  std::vector<std::int64_t> silent;
  for (const auto& each : beats) {
    hub.push_back(each.hub);
    fence.push_back(each.fence);
    depth.push_back(each.journal_depth);
    skew.push_back(each.skew_ms);
    n.push_back(each.received_n);
    silent.push_back(each.silent.count());
  }
  net::params with{net::text_array(hub),    net::bigint_array(fence), net::bigint_array(depth),
                   net::bigint_array(skew), net::bigint_array(n),     net::bigint_array(silent)};
  auto ours = co_await db_.run(beat_links, with);
  if (!ours) co_return fail(std::move(ours.error()));
  std::set<std::string> out;
  for (const auto row : *ours) out.insert(row.string(0));
  co_return out;
}

task<result<void>> link_store::renew_leases(std::vector<std::string> hubs) {
  net::params with{net::text_array(hubs)};
  auto done = co_await db_.run(renew, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::string>> link_store::present_run(std::string hub) {
  net::params with{hub};
  auto found = co_await db_.run(find_run, with);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return std::string();
  co_return (*found)[0].string(0);
}

task<result<std::int64_t>> link_store::append(std::string hub, std::string type, std::string body) {
  net::params with{hub, type, body};
  auto kept = co_await db_.run(append_outbox, with);
  if (!kept) co_return fail(std::move(kept.error()));
  if (kept->empty()) co_return fail(errc::not_found, "no such hub");
  co_return (*kept)[0].whole(0);
}

task<result<std::vector<outbox_row>>> link_store::outbox(std::string hub, std::int64_t after) {
  net::params with{hub, after};
  auto found = co_await db_.run(load_outbox, with);
  if (!found) co_return fail(std::move(found.error()));
  std::vector<outbox_row> out;
  for (const auto row : *found) out.push_back({row.whole(0), row.string(1), row.string(2), row.real(3)});
  co_return out;
}

task<result<void>> link_store::acknowledged(std::string hub, std::int64_t upto) {
  net::params with{hub, upto};
  auto done = co_await db_.run(trim_outbox, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> link_store::expire_command(std::string hub, std::int64_t n, std::string id) {
  net::params with{hub, n, id};
  auto done = co_await db_.run(expire, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<void>> link_store::note(std::string hub, std::string kind, std::string severity, std::string slot,
                                    std::string detail) {
  net::params with{hub, kind, severity, slot, detail};
  auto done = co_await db_.run(add_event, with);
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

}  // namespace vss::ottb
