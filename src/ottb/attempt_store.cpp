#include "ottb/attempt_store.hpp"

namespace vss::ottb {

namespace {

#define VSS_ATTEMPT_COLUMNS                                                                                        \
  "select a.id, a.lead_id, a.campaign_id, coalesce(c.name, ''), a.n, a.slot, coalesce(h.label, ''), a.hub_id, "    \
  "a.state, a.trail, a.outcome, a.pbx_outcome, a.hub_outcome, a.refusal, a.dtmf, a.sip_code, a.q850, a.trunk_id, " \
  "t.name, a.queued_at, a.permitted_at, a.dialled_at, a.ringing_at, a.answered_at, a.ended_at"
#define VSS_ATTEMPT_TABLES                                                  \
  " from ottb.attempt a left join ottb.campaign c on c.id = a.campaign_id " \
  "left join ottb.hub h on h.id = a.hub_id left join ottb.trunk t on t.id = a.trunk_id "
// One statement per leading filter and order, so that each keeps the plan of its own index.
#define VSS_ATTEMPT_LIST(leading, order)                                                                 \
  VSS_ATTEMPT_COLUMNS VSS_ATTEMPT_TABLES                                                                 \
      "where a.id > $1::uuid and a.id < $2::uuid and a.queued_at >= $3::timestamptz and a.queued_at < "  \
      "$4::timestamptz "                                                                                 \
      "and ($5 = '' or a.slot = $5) and ($6 = '' or h.label = $6) and ($7::int = 0 or a.trunk_id = $7) " \
      "and ($8 = '' or a.outcome = $8) and ($9 in ('', 'live', 'ended') or a.state = $9) "               \
      "and ($9 <> 'ended' or a.state in ('done', 'returned')) "                                          \
      "and ($9 <> 'live' or a.state not in ('done', 'returned')) and " leading " order by a.id " order " limit $10"
#define VSS_BY_ANY "($11 = '' or a.campaign_id = nullif($11, '')::uuid) and ($12::bigint = 0 or a.lead_id = $12)"
#define VSS_BY_LEAD "($11 = '' or a.campaign_id = nullif($11, '')::uuid) and a.lead_id = $12::bigint"
#define VSS_BY_CAMPAIGN "a.campaign_id = $11::uuid and $12::bigint = 0"
#define VSS_BY_LIVE "a.state not in ('done', 'returned') and " VSS_BY_ANY
#define VSS_BY_SLOT "a.slot = $5 and " VSS_BY_ANY
#define VSS_BY_PERSON "a.phone_index = $11::bytea and $12::bigint = 0"
constexpr milliseconds patience{5000};
constexpr net::statement lists[][2] = {
    {{"ottb_attempt_list", VSS_ATTEMPT_LIST(VSS_BY_ANY, "asc"), patience},
     {"ottb_attempt_newest", VSS_ATTEMPT_LIST(VSS_BY_ANY, "desc"), patience}},
    {{"ottb_attempt_list_lead", VSS_ATTEMPT_LIST(VSS_BY_LEAD, "asc"), patience},
     {"ottb_attempt_newest_lead", VSS_ATTEMPT_LIST(VSS_BY_LEAD, "desc"), patience}},
    {{"ottb_attempt_list_campaign", VSS_ATTEMPT_LIST(VSS_BY_CAMPAIGN, "asc"), patience},
     {"ottb_attempt_newest_campaign", VSS_ATTEMPT_LIST(VSS_BY_CAMPAIGN, "desc"), patience}},
    {{"ottb_attempt_list_live", VSS_ATTEMPT_LIST(VSS_BY_LIVE, "asc"), patience},
     {"ottb_attempt_newest_live", VSS_ATTEMPT_LIST(VSS_BY_LIVE, "desc"), patience}},
    {{"ottb_attempt_list_person", VSS_ATTEMPT_LIST(VSS_BY_PERSON, "asc"), patience},
     {"ottb_attempt_newest_person", VSS_ATTEMPT_LIST(VSS_BY_PERSON, "desc"), patience}},
    {{"ottb_attempt_list_slot", VSS_ATTEMPT_LIST(VSS_BY_SLOT, "asc"), patience},
     {"ottb_attempt_newest_slot", VSS_ATTEMPT_LIST(VSS_BY_SLOT, "desc"), patience}}};

constexpr net::statement one_attempt{
    "ottb_attempt_get",
    VSS_ATTEMPT_COLUMNS ", a.slot_call_id, a.lead_call_id, l.phone_index, l.phone_sealed" VSS_ATTEMPT_TABLES
                        "join ottb.lead l on l.id = a.lead_id where a.id = $1"};
constexpr net::statement its_decisions{"ottb_attempt_decisions", R"(
select d.at, d.allowed, d.reason, d.until, d.inputs
from ottb.attempt a join ottb.decision d on d.lead_id = a.lead_id and d.attempt_id = a.id where a.id = $1 order by d.id)"};
constexpr net::statement its_permits{"ottb_attempt_permits", R"(
select state, issued_at, expires_at, consumed_at, sent_at from ottb.permit where attempt_id = $1 order by issued_at desc)"};
// What the slot did between the attempt's first and last word, also words that named no attempt.
constexpr net::statement its_steps{"ottb_attempt_steps", R"(
with own as (
  select slot, hub_id, min(n) as first, max(n) as last from ottb.slot_transition where attempt = $1 group by slot, hub_id
)
select t.at, t.from_state, t.to_state, t.event, t.epoch, t.fault_code, t.stale
from own join ottb.slot_transition t on t.slot = own.slot and t.hub_id = own.hub_id and t.n between own.first and own.last
order by t.hub_id, t.n limit 200)"};
constexpr net::statement its_place{"ottb_attempt_place", R"(
select state, hub_id, slot, trail, epoch, ended_at from ottb.attempt where id = $1)"};

std::optional<std::int32_t> small(const net::row& row, int column) {
  if (row.null(column)) return std::nullopt;
  return static_cast<std::int32_t>(row.whole(column));
}

attempt_view read_view(const net::row& row) {
  attempt_view out;
  out.id = row.string(0);
  out.lead = row.whole(1);
  out.campaign = row.string(2);
  out.campaign_name = row.string(3);
  out.n = static_cast<std::int32_t>(row.whole(4));
  out.slot = row.string(5);
  out.hub = row.string(6);
  out.hub_id = row.string(7);
  out.state = row.string(8);
  out.trail = row.string(9);
  out.outcome = row.maybe(10);
  out.pbx_outcome = row.maybe(11);
  out.hub_outcome = row.maybe(12);
  out.refusal = row.maybe(13);
  out.dtmf = row.maybe(14);
  out.sip_code = small(row, 15);
  out.q850 = small(row, 16);
  out.trunk = small(row, 17);
  out.trunk_name = row.maybe(18);
  out.queued_at = row.time(19);
  out.permitted_at = row.maybe_time(20);
  out.dialled_at = row.maybe_time(21);
  out.ringing_at = row.maybe_time(22);
  out.answered_at = row.maybe_time(23);
  out.ended_at = row.maybe_time(24);
  return out;
}

const net::statement& list_for(const attempt_filter& filter) {
  const int leading = !filter.index.empty()      ? 4
                      : filter.lead != 0         ? 1
                      : filter.state == "live"   ? 3
                      : !filter.slot.empty()     ? 5
                      : !filter.campaign.empty() ? 2
                                                 : 0;
  return lists[leading][filter.newest_first ? 1 : 0];
}

attempt_decision read_decision(const net::row& row) {
  attempt_decision out{row.time(0), row.yes(1), row.maybe(2), row.maybe_time(3), {}, gates_of(row.string(2))};
  auto tree = dto::parse_json(row.text(4));
  if (tree && tree->is_object()) out.inputs = std::move(tree->get_object());
  return out;
}

}  // namespace

task<result<std::vector<attempt_view>>> attempt_store::list(attempt_filter filter) {
  const auto ids = ids_of(filter);
  const auto from = filter.from ? net::param(*filter.from) : net::param("-infinity");
  const auto to = filter.to ? net::param(*filter.to) : net::param("infinity");
  const auto who = filter.index.empty() ? filter.campaign : net::bytea(filter.index);
  net::params with{ids.above,    ids.below,      from,         to,           filter.slot, filter.hub,
                   filter.trunk, filter.outcome, filter.state, filter.limit, who,         filter.lead};
  auto found = co_await db_.run(list_for(filter), std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<attempt_view> out;
  for (const auto row : *found) out.push_back(read_view(row));
  co_return out;
}

task<result<stored_story>> attempt_store::story(std::string id) {
  const net::params with{id};
  std::vector<net::step> steps{{&one_attempt, with}, {&its_decisions, with}, {&its_permits, with}, {&its_steps, with}};
  auto got = co_await db_.pipeline(std::move(steps));
  if (!got) co_return fail(std::move(got.error()));
  if ((*got)[0].empty()) co_return fail(errc::not_found, "no such attempt");
  const auto row = (*got)[0][0];
  stored_story out;
  out.story.attempt = read_view(row);
  out.story.slot_call_id = row.maybe(25);
  out.story.lead_call_id = row.maybe(26);
  out.index = net::from_bytea(row.text(27));
  out.phone = net::from_bytea(row.text(28));
  for (const auto each : (*got)[1]) out.story.decisions.push_back(read_decision(each));
  for (const auto each : (*got)[2]) {
    out.story.permits.push_back({each.string(0), each.time(1), each.time(2), each.maybe_time(3), each.maybe_time(4)});
  }
  for (const auto each : (*got)[3]) {
    out.story.steps.push_back(
        {each.time(0), each.string(1), each.string(2), each.string(3), each.whole(4), each.maybe(5), each.yes(6)});
  }
  co_return out;
}

task<result<attempt_place>> attempt_store::place(std::string id) {
  net::params with{std::move(id)};
  auto found = co_await db_.run(its_place, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such attempt");
  const auto row = (*found)[0];
  co_return attempt_place{row.string(0), row.string(1), row.string(2), row.string(3), row.whole(4), row.maybe_time(5)};
}

}  // namespace vss::ottb
