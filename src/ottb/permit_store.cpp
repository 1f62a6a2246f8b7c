#include "ottb/permit_store.hpp"

#include "base/dto.hpp"
#include "ottb/lead_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement read_facts{"ottb_permit_facts", R"(
select a.state, a.trail, a.lead_id, a.campaign_id, a.hub_id = $2 and a.slot = $3 and a.epoch = $4, h.network, c.profile_id,
  c.ring_seconds, c.version, c.state in ('running', 'draining'), c.purpose = 'advertising', c.starts_at, c.ends_at, c.max_attempts,
  coalesce((select i.enabled and i.verified_at is not null from ottb.caller_id i where i.number = c.caller_id), false),
  t.some, t.only_simulated, p.id, p.expires_at,
)" VSS_SNAPSHOT_COLUMNS R"(
from ottb.attempt a
join ottb.lead l on l.id = a.lead_id
join ottb.campaign c on c.id = a.campaign_id
join ottb.hub h on h.id = a.hub_id
left join lateral (
  select id, expires_at from ottb.permit
  where attempt_id = a.id and state = 'issued' and slot = $3 and epoch = $4 and expires_at > now() limit 1) p on true
cross join lateral (
  select count(*) > 0 as some, coalesce(bool_and(simulated), false) as only_simulated from ottb.trunk
  where enabled and not retired and (c.trunks = '{}' or id = any(c.trunks))) t
where a.id = $1)"};
constexpr net::statement issue_permit{"ottb_permit_issue", R"(
with moved as (
  update ottb.attempt set state = 'permitted', permitted_at = now()
  where id = $2 and state = 'queued' and hub_id = $3 and slot = $4 and epoch = $5 returning id
), made as (
  insert into ottb.permit (id, attempt_id, slot, epoch, hub_id, expires_at)
  select $1, id, $4, $5, $3, now() + make_interval(secs => $6::int) from moved returning expires_at
), decided as (
  insert into ottb.decision (lead_id, attempt_id, at, allowed, inputs) select $7, id, now(), true, $8::jsonb from moved
)
select expires_at from made)"};
constexpr net::statement refuse_attempt{"ottb_permit_refuse", R"(
with ended as (
  update ottb.attempt set state = case when $7::bool then 'done' else 'returned' end,
    outcome = case when $7::bool then 'refused' end, refusal = $3, ended_at = now()
  where id = $1 and state = 'queued' returning id
), decided as (
  insert into ottb.decision (lead_id, attempt_id, at, allowed, reason, until, inputs)
  select $2, id, now(), false, $3, $4, $8::jsonb from ended
)
update ottb.lead set refusal = $3, refused_until = $4, next_at = $5,
  state = case when $6::bool then 'finished' else 'due' end, outcome = case when $6::bool then 'refused' else outcome end
from ended where ottb.lead.id = $2 and ottb.lead.state = 'queued')"};
constexpr net::statement consume_permit{"ottb_permit_consume", R"(
with taken as (
  update ottb.permit p set state = 'consumed', consumed_at = now(), slot_call_id = $3
  from ottb.attempt a, ottb.campaign c, ottb.slot s
  where p.id = $1 and p.state = 'issued' and p.slot = $2 and p.expires_at > now()
    and a.id = p.attempt_id and a.state = 'permitted' and c.id = a.campaign_id and c.state in ('running', 'draining')
    and s.number = p.slot and s.epoch = p.epoch
  returning p.attempt_id
), moved as (
  update ottb.attempt a set state = 'dialling', slot_call_id = $3 from taken t
  where a.id = t.attempt_id and a.state = 'permitted' returning a.id, a.trail, a.lead_id, a.campaign_id
)
select m.id, m.trail, m.campaign_id, c.mode, c.flow_id, c.caller_id, c.ring_seconds, c.max_call_seconds, l.phone_index, l.phone_sealed
from moved m join ottb.campaign c on c.id = m.campaign_id join ottb.lead l on l.id = m.lead_id)"};
// The number is compared by its blind index; a permit that was consumed long ago does not open the edge any more.
constexpr net::statement send_permit{"ottb_permit_send", R"(
with sent as (
  update ottb.permit p set state = 'sent', sent_at = now(), lead_call_id = $3
  from ottb.attempt a, ottb.lead l, ottb.campaign c
  where p.id = $1 and p.state = 'consumed' and p.consumed_at > now() - interval '15 seconds'
    and a.id = p.attempt_id and a.state = 'dialling' and l.id = a.lead_id and l.phone_index = $2::bytea
    and c.id = a.campaign_id and c.state in ('running', 'draining')
    and not exists (select 1 from ottb.dnc d where d.phone_index = $2::bytea and d.scope in ('global', 'national', c.id::text))
  returning p.attempt_id, c.caller_id, c.profile_id, c.trunks
), moved as (
  update ottb.attempt a set dialled_at = now(), lead_call_id = $3 from sent s where a.id = s.attempt_id
)
select s.attempt_id, s.caller_id, s.profile_id, to_jsonb(s.trunks),
  (select to_jsonb(trunks) from ottb.caller_id where number = s.caller_id),
  (select coalesce(jsonb_agg(jsonb_build_array(id, prefix, priority, weight, health = 'down', simulated)), '[]')
   from ottb.trunk where enabled and not retired)
from sent s)"};
constexpr net::statement why_refused{"ottb_permit_why", R"(
select p.state, p.slot = $2, p.expires_at > now(), l.phone_index = nullif($3, '')::bytea
from ottb.permit p join ottb.attempt a on a.id = p.attempt_id join ottb.lead l on l.id = a.lead_id where p.id = $1)"};
constexpr net::statement note_ringing{"ottb_attempt_ringing", R"(
update ottb.attempt set state = case when state = 'dialling' then 'ringing' else state end, ringing_at = coalesce(ringing_at, $2),
  trunk_id = coalesce(nullif($3::int, 0), trunk_id)
where id = $1 and state in ('dialling', 'ringing', 'answered'))"};
constexpr net::statement note_answered{"ottb_attempt_answered", R"(
update ottb.attempt set state = 'answered', answered_at = coalesce(answered_at, $2), trunk_id = coalesce(nullif($3::int, 0), trunk_id)
where id = $1 and state in ('dialling', 'ringing', 'answered'))"};
constexpr net::statement read_person{"ottb_attempt_person", R"(
select a.campaign_id, l.phone_index, l.phone_sealed from ottb.attempt a join ottb.lead l on l.id = a.lead_id where a.id = $1)"};

std::vector<int> ids(std::string_view json) {
  std::vector<int> out;
  const auto tree = dto::parse_json(json);
  if (!tree || !tree->is_array()) return out;
  for (const auto& each : tree->get_array()) out.push_back(static_cast<int>(each.as_int64()));
  return out;
}

std::vector<trunk_choice> read_trunks(std::string_view json) {
  std::vector<trunk_choice> out;
  const auto tree = dto::parse_json(json);
  if (!tree || !tree->is_array()) return out;
  for (const auto& each : tree->get_array()) {
    const auto& t = each.as_array();
    out.push_back({static_cast<int>(t.at(0).as_int64()), std::string(t.at(1).as_string()),
                   static_cast<int>(t.at(2).as_int64()), static_cast<int>(t.at(3).as_int64()), t.at(4).as_bool(),
                   t.at(5).as_bool()});
  }
  return out;
}

result<void> plain(const result<net::rows>& answer) {
  if (!answer) return fail(answer.error());
  return {};
}

}  // namespace

task<result<permit_facts>> permit_store::facts(std::string attempt, std::string hub, std::string slot,
                                               std::int64_t epoch) {
  net::params with{attempt, hub, slot, epoch};
  auto found = co_await db_.run(read_facts, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such attempt");
  const auto row = (*found)[0];
  permit_facts out;
  out.attempt_state = row.string(0);
  out.trail = row.string(1);
  out.lead = row.whole(2);
  out.campaign = row.string(3);
  out.mine = row.yes(4);
  out.network = row.string(5);
  out.profile = row.string(6);
  out.ring_seconds = static_cast<int>(row.whole(7));
  out.campaign_version = row.whole(8);
  out.what.running = row.yes(9);
  out.what.advertising = row.yes(10);
  out.what.starts_at = row.maybe_time(11);
  out.what.ends_at = row.maybe_time(12);
  out.what.max_attempts = static_cast<int>(row.whole(13));
  out.what.caller_id_owned = row.yes(14);
  out.what.any_trunk = row.yes(15);
  out.what.only_simulated_trunks = row.yes(16);
  out.open_permit = row.maybe(17);
  out.open_until = row.maybe_time(18);
  out.who = read_snapshot(row, 19);
  co_return out;
}

task<result<std::optional<issued_permit>>> permit_store::issue(std::string permit, link::permit_request request,
                                                               std::string hub, int valid_seconds, std::int64_t lead,
                                                               std::string inputs) {
  net::params with{permit, request.attempt, hub, request.slot, request.epoch, valid_seconds, lead, inputs};
  auto made = co_await db_.run(issue_permit, std::move(with));
  if (!made) co_return fail(std::move(made.error()));
  std::optional<issued_permit> out;
  if (!made->empty()) out = issued_permit{permit, (*made)[0].time(0)};
  co_return out;
}

task<result<bool>> permit_store::refuse(refusal what) {
  net::params with{what.attempt, what.lead,   what.reason, what.until,
                   what.next_at, what.closes, what.counts, what.inputs};
  auto done = co_await db_.run(refuse_attempt, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() == 1;
}

task<result<permit_refusal>> permit_store::why_not(std::string permit, std::string slot, std::string index) {
  const bool at_edge = slot.empty();
  net::params with{permit, slot, at_edge ? net::bytea(index) : ""};
  auto found = co_await db_.run(why_refused, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return permit_refusal::unknown;
  const auto row = (*found)[0];
  const auto state = row.text(0);
  if (!at_edge && !row.yes(1)) co_return permit_refusal::foreign;
  if (state == "expired" || (state == "issued" && !row.yes(2))) co_return permit_refusal::expired;
  if (at_edge && state == "issued") co_return permit_refusal::foreign;  // nobody consumed it: not the PBX's call
  if (state != (at_edge ? "consumed" : "issued")) co_return permit_refusal::used;
  if (at_edge && !row.yes(3)) co_return permit_refusal::wrong_number;
  co_return permit_refusal::stopped;
}

task<result<std::variant<consumed_row, permit_refusal>>> permit_store::consume(std::string permit, std::string slot,
                                                                               std::string slot_call_id) {
  using answer = std::variant<consumed_row, permit_refusal>;
  net::params with{permit, slot, slot_call_id};
  auto taken = co_await db_.run(consume_permit, std::move(with));
  if (!taken) co_return fail(std::move(taken.error()));
  if (taken->empty()) {
    auto why = co_await why_not(permit, slot, "");
    if (!why) co_return fail(std::move(why.error()));
    co_return answer(*why);
  }
  const auto row = (*taken)[0];
  consumed_row out;
  out.order.attempt = row.string(0);
  out.order.story = trail{row.string(1)};
  out.order.campaign = row.string(2);
  out.order.mode = row.string(3);
  out.order.flow = row.string(4);
  out.order.caller_id = row.string(5);
  out.order.ring_seconds = static_cast<int>(row.whole(6));
  out.order.max_call_seconds = static_cast<int>(row.whole(7));
  out.index = net::from_bytea(row.text(8));
  out.phone = net::from_bytea(row.text(9));
  co_return answer(std::move(out));
}

task<result<std::variant<sent_row, permit_refusal>>> permit_store::send(std::string permit, std::string index,
                                                                        std::string lead_call_id) {
  using answer = std::variant<sent_row, permit_refusal>;
  net::params with{permit, net::bytea(index), lead_call_id};
  auto sent = co_await db_.run(send_permit, std::move(with));
  if (!sent) co_return fail(std::move(sent.error()));
  if (sent->empty()) {
    auto why = co_await why_not(permit, "", index);
    if (!why) co_return fail(std::move(why.error()));
    co_return answer(*why);
  }
  const auto row = (*sent)[0];
  sent_row out;
  out.attempt = row.string(0);
  out.caller_id = row.string(1);
  out.profile = row.string(2);
  out.wish.campaign = ids(row.text(3));
  out.wish.caller = ids(row.text(4));
  out.trunks = read_trunks(row.text(5));
  co_return answer(std::move(out));
}

task<result<void>> permit_store::ringing(std::string attempt, instant at, int trunk) {
  net::params with{attempt, at, trunk};
  const auto done = co_await db_.run(note_ringing, std::move(with));
  co_return plain(done);
}

task<result<void>> permit_store::answered(std::string attempt, instant at, int trunk) {
  net::params with{attempt, at, trunk};
  const auto done = co_await db_.run(note_answered, std::move(with));
  co_return plain(done);
}

task<result<permit_store::person>> permit_store::person_of(std::string attempt) {
  net::params with{attempt};
  auto found = co_await db_.run(read_person, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such attempt");
  co_return person{(*found)[0].string(0), net::from_bytea((*found)[0].text(1)), net::from_bytea((*found)[0].text(2))};
}

}  // namespace vss::ottb
