#include "ottb/slot_store.hpp"

#include "ottb/hub_news.hpp"

namespace vss::ottb {

namespace {

#define VSS_SLOT_COLUMNS                                                                                         \
  "s.number, s.kind, h.label, h.id, s.state, s.since, s.registered, h.unreachable, s.drain, s.drain_since, "     \
  "s.locked, s.lock_reason, s.quarantine, s.fault_code, s.rung, s.epoch, s.lease_until, s.lease_attempt, "       \
  "s.campaign_id, s.call_id, d.id, d.serial, d.virtual, d.shelf_label, s.media, s.retired, s.xmin || case when " \
  "h.unreachable then 'u' else '' end"
#define VSS_SLOT_TABLES \
  " from ottb.slot s join ottb.hub h on h.id = s.hub_id left join ottb.device d on d.id = s.device_id "

constexpr net::statement find_slot{"slot_find", "select " VSS_SLOT_COLUMNS VSS_SLOT_TABLES "where s.number = $1"};

constexpr net::statement list_slots{"slot_list", "select " VSS_SLOT_COLUMNS VSS_SLOT_TABLES R"(
where (s.retired = $1::bool)
  and ($2::text[] = '{}' or s.state = any($2))
  and ($3::text[] = '{}' or h.label = any($3) or h.id::text = any($3))
  and ($4::text[] = '{}' or s.kind = any($4))
  and ($5::bigint[] = '{}' or exists (select from unnest($5::bigint[], $6::bigint[]) as r(low, high)
                                      where s.number::bigint between r.low and r.high))
  and ($7::text[] = '{}' or s.fault_code = any($7))
  and ($8::text[] = '{}' or s.campaign_id::text = any($8))
  and s.drain = coalesce($9::bool, s.drain) and s.locked = coalesce($10::bool, s.locked)
  and s.quarantine = coalesce($11::bool, s.quarantine) and s.registered = coalesce($12::bool, s.registered)
  and h.unreachable = coalesce($13::bool, h.unreachable)
  and coalesce(d.virtual, false) = coalesce($14::bool, d.virtual, false)
  and (s.lease_until is not null) = coalesce($15::bool, s.lease_until is not null)
  and not exists (select from unnest($16::text[]) as w(word)
                  where position(lower(word) in lower(concat_ws(' ', s.number, d.serial, d.shelf_label))) = 0)
  and s.number::bigint > $17::bigint
order by s.number::bigint limit $18)",
                                    milliseconds{5000}};

constexpr net::statement load_timeline{"slot_timeline", R"(
select at, what, text, detail, trail, attempt, call_id, stale, k from (
  select received_at as at, 'transition' as what, from_state || ' -> ' || to_state as text,
         concat_ws(' ', event, fault_code) as detail, trail, attempt::text, call_id, stale, 'n' || n as k
  from ottb.slot_transition where slot = $1 and received_at <= $2
  union all
  select created_at, 'command', verb, concat_ws(': ', reason, message), trail, null, null, null, id::text
  from ottb.command where slot = $1 and created_at <= $2
  union all
  select since, 'device', d.serial, 'mounted', null, null, null, null, d.id::text
  from ottb.device_history y join ottb.device d on d.id = y.device_id where slot = $1 and since <= $2
  union all
  select received_at, 'event', kind, nullif(detail, ''), trail, null, null, null, id::text
  from ottb.hub_event where slot = $1 and received_at <= $2
) t where (at, k) < ($2, $3) order by at desc, k desc limit $4)",
                                       milliseconds{5000}};

constexpr net::statement find_password{"slot_sealed_password", R"(
select sip_password_sealed from ottb.slot where number = $1 and not retired)"};

// A version is the row's xmin, without the hub's mark.
constexpr net::statement hold_slot{"slot_hold", R"(
select s.hub_id, s.kind, s.device_id, s.xmin || '', s.state in ('IDLE', 'FAULT') and s.lease_until is null, s.retired
from ottb.slot s where number = $1 for update)"};
constexpr net::statement hold_device{"slot_hold_device", R"(
select d.hub_id, d.kind, d.state, exists (select from ottb.slot where device_id = d.id) from ottb.device d
where d.id = $1 for update)"};
constexpr net::statement close_history{"slot_close_history", R"(
update ottb.device_history set until = now() where slot = $1 and until is null)"};
constexpr net::statement open_history{"slot_open_history", R"(
insert into ottb.device_history (slot, device_id, since) values ($1, $2, clock_timestamp()))"};
// Numbers of messages are each hub's own, and another hub has not heard of our epochs: with it they begin anew.
constexpr net::statement mount_device{"slot_mount_device", R"(
update ottb.slot set device_id = $2, hub_id = $3::uuid, registered = registered and hub_id = $3::uuid,
  state_n = case when hub_id = $3::uuid then state_n else 0 end,
  seen_epoch = case when hub_id = $3::uuid then seen_epoch else 0 end, version = version + 1 where number = $1)"};
constexpr net::statement set_retired{"slot_retire", R"(
update ottb.slot set retired = true, device_id = null, registered = false, sip_ha1 = null, sip_password_sealed = null,
  version = version + 1 where number = $1)"};

constexpr net::statement set_drain{"slot_set_drain", R"(
update ottb.slot set drain = $2::bool, drain_since = case when $2::bool then coalesce(drain_since, now()) end,
  version = version + 1 where number = $1)"};
constexpr net::statement set_lock{"slot_set_lock", R"(
update ottb.slot set locked = $2::bool, lock_reason = case when $2::bool then $3 end, version = version + 1
where number = $1)"};
constexpr net::statement set_released{"slot_set_released", R"(
update ottb.slot set quarantine = false, version = version + 1 where number = $1)"};
constexpr net::statement set_credentials{"slot_set_credentials", R"(
update ottb.slot set sip_password_sealed = $2, sip_ha1 = $3, version = version + 1 where number = $1)"};

slot_found slot_of(const net::row& row) {
  slot_found out;
  auto& v = out.view;
  v = {row.string(0), row.string(1),      row.string(2), row.string(3), row.string(4),
       row.time(5),   row.yes(6),         row.yes(7),    row.yes(8),    row.maybe_time(9),
       row.yes(10),   row.maybe(11),      row.yes(12),   row.maybe(13), static_cast<std::int32_t>(row.whole(14)),
       row.whole(15), row.maybe_time(16), row.maybe(17), row.maybe(18), row.maybe(19),
       std::nullopt,  row.string(24),     row.yes(25)};
  if (!row.null(20)) v.device = slot_device_view{row.string(20), row.string(21), row.yes(22), row.maybe(23)};
  out.version = row.string(26);
  return out;
}

net::params list_params(const slot_query& query, const page_wish& wish) {
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;
  for (const auto& range : query.numbers) {
    low.push_back(range.first);
    high.push_back(range.last);
  }
  return {query.retired,
          net::text_array(query.states),
          net::text_array(query.hubs),
          net::text_array(query.kinds),
          net::bigint_array(low),
          net::bigint_array(high),
          net::text_array(query.faults),
          net::text_array(query.campaigns),
          query.drain,
          query.locked,
          query.quarantine,
          query.registered,
          query.unreachable,
          query.is_virtual,
          query.leased,
          net::text_array(query.words),
          wish.after.empty() ? std::string("0") : wish.after,
          wish.limit + 1};
}

std::string bare(const std::string& version) {
  return version.ends_with('u') ? version.substr(0, version.size() - 1) : version;
}

}  // namespace

task<result<slot_found>> slot_store::find(std::string number) {
  net::params with{std::move(number)};
  auto found = co_await db_.run(find_slot, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such slot");
  co_return slot_of((*found)[0]);
}

task<result<slot_page>> slot_store::list(slot_query query, page_wish wish) {
  auto with = list_params(query, wish);
  auto found = co_await db_.run(list_slots, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  slot_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = out.items.back().number;
      break;
    }
    out.items.push_back(slot_of(row).view);
  }
  co_return out;
}

// The cursor is the last moment's time and key: "<microseconds>.<key>".
task<result<slot_timeline>> slot_store::timeline(std::string number, page_wish wish) {
  net::param upto("infinity");
  std::string key;
  if (const auto dot = wish.after.find('.'); dot != std::string::npos) {
    upto = net::param(instant{std::chrono::microseconds(std::stoll(wish.after.substr(0, dot)))});
    key = wish.after.substr(dot + 1);
  }
  net::params with{number, upto, key, wish.limit + 1};
  auto found = co_await db_.run(load_timeline, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  slot_timeline out;
  std::string last_key;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = std::to_string(out.items.back().at.time_since_epoch().count()) + "." + last_key;
      break;
    }
    slot_moment moment{row.time(0),  row.string(1), row.string(2), row.maybe(3),
                       row.maybe(4), row.maybe(5),  row.maybe(6),  {}};
    if (!row.null(7)) moment.stale = row.yes(7);
    last_key = row.string(8);
    out.items.push_back(std::move(moment));
  }
  co_return out;
}

task<result<std::string>> slot_store::sealed_password(std::string number) {
  net::params with{std::move(number)};
  auto found = co_await db_.run(find_password, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such slot");
  if ((*found)[0].null(0)) co_return fail(errc::conflict, "the slot has no credentials yet");
  co_return net::from_bytea((*found)[0].text(0));
}

task<result<void>> slot_store::swap(std::string number, std::string version, std::string device) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params by_number{number};
  auto slot = co_await work->run(hold_slot, by_number);
  if (!slot) co_return fail(std::move(slot.error()));
  if (slot->empty() || (*slot)[0].yes(5)) co_return fail(errc::not_found, "no such slot");
  const auto held = (*slot)[0];
  if (held.text(3) != bare(version)) co_return fail(errc::precondition, "the slot has changed meanwhile");
  if (!held.yes(4)) co_return fail(errc::conflict, "the slot is busy: drain it first");
  net::params by_device{device};
  auto found = co_await work->run(hold_device, by_device);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return invalid("/device", "no such device");
  const auto what = (*found)[0];
  if (what.text(1) != held.text(1)) co_return invalid("/device", "a device of another kind");
  if (what.text(2) != "approved") co_return fail(errc::conflict, "the device is not approved");
  if (what.yes(3)) co_return fail(errc::conflict, "the device carries another number");
  const std::string old_hub = held.string(0);
  const std::string new_hub = what.null(0) ? old_hub : what.string(0);
  net::params mounted{number, device, new_hub};
  net::params opened{number, device};
  auto closed = co_await work->run(close_history, by_number);
  if (!closed) co_return fail(std::move(closed.error()));
  auto put = co_await work->run(mount_device, mounted);
  if (!put) co_return fail(std::move(put.error()));
  auto noted = co_await work->run(open_history, opened);
  if (!noted) co_return fail(std::move(noted.error()));
  for (const auto& hub : {old_hub, new_hub}) {
    net::params news{"config " + hub};
    auto said = co_await work->run(tell_fleet, news);
    if (!said) co_return fail(std::move(said.error()));
  }
  co_return co_await work->commit();
}

task<result<void>> slot_store::retire(std::string number, std::string version) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params by_number{number};
  auto slot = co_await work->run(hold_slot, by_number);
  if (!slot) co_return fail(std::move(slot.error()));
  if (slot->empty() || (*slot)[0].yes(5)) co_return fail(errc::not_found, "no such slot");
  const auto held = (*slot)[0];
  if (held.text(3) != bare(version)) co_return fail(errc::precondition, "the slot has changed meanwhile");
  if (!held.yes(4)) co_return fail(errc::conflict, "the slot is busy: drain it first");
  net::params config{"config " + held.string(0)};
  net::params edge{"edge"};
  auto closed = co_await work->run(close_history, by_number);
  if (!closed) co_return fail(std::move(closed.error()));
  auto ended = co_await work->run(set_retired, by_number);
  if (!ended) co_return fail(std::move(ended.error()));
  auto said = co_await work->run(tell_fleet, config);
  if (said) said = co_await work->run(tell_fleet, edge);
  if (!said) co_return fail(std::move(said.error()));
  co_return co_await work->commit();
}

net::step slot_store::drain(const std::string& number, bool on) {
  net::params with{number, on};
  return {&set_drain, std::move(with)};
}
net::step slot_store::lock(const std::string& number, bool on, const std::string& reason) {
  net::params with{number, on, reason};
  return {&set_lock, std::move(with)};
}
net::step slot_store::release(const std::string& number) {
  net::params with{number};
  return {&set_released, std::move(with)};
}
net::step slot_store::credentials(const std::string& number, const std::string& sealed, const std::string& ha1) {
  net::params with{number, net::bytea(sealed), ha1};
  return {&set_credentials, std::move(with)};
}

}  // namespace vss::ottb
