#include "dci/store.hpp"

namespace vss::dci {
namespace {

using net::statement;

constexpr statement merge_facts{"dci_merge_facts", "select dci.merge_pbx_facts($1)", milliseconds{10000}};
constexpr statement note_events{
    "dci_note_events",
    "insert into dci.events_log (at, kind, severity, subject, trail, detail) "
    "select at, kind, severity, subject, trail, coalesce(detail, '{}') from jsonb_to_recordset($1) as "
    "e(at timestamptz, kind text, severity text, subject text, trail text, detail jsonb)",
    milliseconds{10000}};
constexpr statement partitions{"dci_partitions", "select dci.make_partitions()", milliseconds{30000}};
// Two at work on roles at once would meet in the catalogue ("tuple concurrently updated"): they take turns.
constexpr statement stale_roles{
    "dci_stale_roles", "select dci.drop_stale_hub_roles() from pg_advisory_xact_lock(5770922)", milliseconds{30000}};
constexpr statement make_role{
    "dci_make_role", "select dci.create_hub_role($1, $2, $3) from pg_advisory_xact_lock(5770922)", milliseconds{5000}};
constexpr statement end_role{"dci_end_role", "select dci.drop_hub_role($1) from pg_advisory_xact_lock(5770922)",
                             milliseconds{5000}};

// $1 from, $2 to, $3 and $4 the edge, $5 outcome, $6 limit. One statement per leading filter, so that each keeps the
// plan of its own index.
constexpr statement list_calls{
    "dci_calls",
    "select * from dci.call where started_at >= $1 and started_at < $2 and (started_at, call_id) < ($3, $4::uuid) "
    "and ($5::text is null or outcome = $5) order by started_at desc, call_id desc limit $6",
    milliseconds{5000}};
constexpr statement list_slot{
    "dci_calls_slot",
    "select * from dci.call where started_at >= $1 and started_at < $2 and (started_at, call_id) < ($3, $4::uuid) "
    "and ($5::text is null or outcome = $5) and slot = $7 and ($8::uuid is null or campaign_id = $8) "
    "order by started_at desc, call_id desc limit $6",
    milliseconds{5000}};
constexpr statement list_campaign{
    "dci_calls_campaign",
    "select * from dci.call where started_at >= $1 and started_at < $2 and (started_at, call_id) < ($3, $4::uuid) "
    "and ($5::text is null or outcome = $5) and campaign_id = $7::uuid order by started_at desc, call_id desc limit $6",
    milliseconds{5000}};
constexpr statement list_attempt{
    "dci_calls_attempt",
    "select c.* from dci.cdr_key k join dci.call c on c.started_at = k.started_at and c.call_id = k.call_id "
    "where k.call_id = $7::uuid and c.attempt_id = k.call_id and c.started_at >= $1 and c.started_at < $2 "
    "and (c.started_at, c.call_id) < ($3, $4::uuid) and ($5::text is null or c.outcome = $5) limit $6"};
constexpr statement one_call{
    "dci_call",
    "select v.*, c.hub_id, c.slot_call_id, c.lead_call_id, "
    "c.hub_at, c.hub_started_at, c.hub_ringing_at, c.hub_answered_at, c.hub_ended_at, c.hub_outcome, c.hub_sip_code, "
    "null, c.hub_hangup_by, c.rtp_sent, c.rtp_received, c.rtp_lost, c.dtmf_sent, c.dtmf_received, "
    "c.pbx_at, c.pbx_started_at, c.pbx_ringing_at, c.pbx_answered_at, c.pbx_ended_at, c.pbx_outcome, c.pbx_sip_code, "
    "c.pbx_q850, c.pbx_hangup_by, c.pbx_rtp_sent, c.pbx_rtp_received, null, null, c.pbx_dtmf "
    "from dci.cdr_key k join dci.cdr c on c.started_at = k.started_at and c.call_id = k.call_id "
    "join dci.call v on v.started_at = k.started_at and v.call_id = k.call_id where k.call_id = $1"};
constexpr statement list_events{
    "dci_events",
    "select id, at, kind, severity, subject, trail, detail from dci.events_log where id < $1 and at >= $2 and at < $3 "
    "and ($4::text is null or kind = $4) and ($5::text is null or severity = $5) order by id desc limit $6",
    milliseconds{5000}};
constexpr statement list_subject{
    "dci_events_subject",
    "select id, at, kind, severity, subject, trail, detail from dci.events_log where id < $1 and at >= $2 and at < $3 "
    "and ($4::text is null or kind = $4) and ($5::text is null or severity = $5) and subject = $7 and subject <> '' "
    "order by id desc limit $6",
    milliseconds{5000}};
constexpr statement count_calls{
    "dci_summary",
    "select outcome, count(*), coalesce(sum(round(extract(epoch from ended_at - answered_at) * 1000)) "
    "filter (where answered_at is not null), 0)::bigint, "
    "count(*) filter (where (hub_at is null) <> (pbx_at is null)), count(*) filter (where differs is not null) "
    "from dci.cdr where ($1::uuid is null or campaign_id = $1) and started_at >= $2 and started_at < $3 group by "
    "outcome",
    milliseconds{10000}};

constexpr auto last_uuid = "ffffffff-ffff-ffff-ffff-ffffffffffff";

net::param time_or(const std::optional<instant>& when, const char* otherwise) {
  return when ? net::param(*when) : net::param(otherwise);
}

std::optional<std::int32_t> small(const net::row& from, int column) {
  if (from.null(column)) return std::nullopt;
  return static_cast<std::int32_t>(from.whole(column));
}

// A side that heard no answer tells 0.
std::optional<std::int32_t> sip_code(const net::row& from, int column) {
  const auto told = small(from, column);
  return told == 0 ? std::nullopt : told;
}

// {a,b}: the words of `differs` need no quotes.
std::vector<std::string> words(std::string_view array) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : array) {
    if (c == '{' || c == '}' || c == ',') {
      if (!word.empty()) out.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  return out;
}

call_view call_of(const net::row& from) {
  call_view out;
  out.call_id = from.string(0);
  out.started_at = from.time(1);
  out.ringing_at = from.maybe_time(2);
  out.answered_at = from.maybe_time(3);
  out.ended_at = from.maybe_time(4);
  out.direction = from.string(5);
  out.outcome = from.string(6);
  out.sip_code = sip_code(from, 7);
  out.hangup_by = from.maybe(8);
  out.slot = from.maybe(9);
  out.attempt_id = from.maybe(10);
  out.campaign_id = from.maybe(11);
  out.trunk_id = small(from, 12);
  out.trail = from.maybe(13);
  out.differs = words(from.text(14));
  return out;
}

std::optional<call_half> half_of(const net::row& from, int at) {
  if (from.null(at)) return std::nullopt;
  call_half out;
  out.received_at = from.time(at);
  out.started_at = from.time(at + 1);
  out.ringing_at = from.maybe_time(at + 2);
  out.answered_at = from.maybe_time(at + 3);
  out.ended_at = from.maybe_time(at + 4);
  out.outcome = from.string(at + 5);
  out.sip_code = sip_code(from, at + 6);
  out.q850 = small(from, at + 7);
  out.hangup_by = from.maybe(at + 8);
  out.rtp_sent = from.whole(at + 9);
  out.rtp_received = from.whole(at + 10);
  if (!from.null(at + 11)) out.rtp_lost = from.whole(at + 11);
  out.dtmf_sent = from.maybe(at + 12);
  out.dtmf_received = from.maybe(at + 13);
  return out;
}

event_view event_of(const net::row& from) {
  event_view out{.id = from.whole(0),
                 .at = from.time(1),
                 .kind = from.string(2),
                 .severity = from.string(3),
                 .subject = from.string(4),
                 .trail = from.maybe(5),
                 .detail = {}};
  auto detail = dto::parse_json(from.text(6));
  if (detail && detail->is_object()) out.detail = std::move(detail->get_object());
  return out;
}

}  // namespace

task<result<std::int64_t>> store::merge(std::string facts) {
  net::params with{std::move(facts)};
  auto done = co_await db_.run(merge_facts, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].whole(0);
}

task<result<void>> store::note(std::string events) {
  net::params with{std::move(events)};
  auto done = co_await db_.run(note_events, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::int64_t>> store::make_partitions() {
  auto done = co_await db_.run(partitions, {});
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].whole(0);
}

task<result<std::int64_t>> store::drop_stale_roles() {
  auto done = co_await db_.run(stale_roles, {});
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].whole(0);
}

task<result<std::string>> store::create_role(std::string hub, std::string short_id, std::string verifier) {
  net::params with{std::move(hub), std::move(short_id), std::move(verifier)};
  auto done = co_await db_.run(make_role, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].string(0);
}

task<result<void>> store::drop_role(std::string hub) {
  net::params with{std::move(hub)};
  auto done = co_await db_.run(end_role, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<std::vector<call_view>>> store::calls(call_filter by) {
  const statement* what = &list_calls;
  net::params with{time_or(by.from, "-infinity"),
                   time_or(by.to, "infinity"),
                   time_or(by.before_at, "infinity"),
                   by.before_id.empty() ? last_uuid : by.before_id,
                   by.outcome,
                   by.limit};
  if (by.attempt) {
    what = &list_attempt;
    with.emplace_back(*by.attempt);
  } else if (by.slot) {
    what = &list_slot;
    with.emplace_back(*by.slot);
    with.emplace_back(by.campaign);
  } else if (by.campaign) {
    what = &list_campaign;
    with.emplace_back(*by.campaign);
  }
  auto got = co_await db_.run(*what, std::move(with));
  if (!got) co_return fail(std::move(got.error()));
  std::vector<call_view> out;
  for (const auto& one : *got) out.push_back(call_of(one));
  co_return out;
}

task<result<call_story>> store::call(std::string call_id) {
  net::params with{std::move(call_id)};
  auto got = co_await db_.run(one_call, std::move(with));
  if (!got) co_return fail(std::move(got.error()));
  if (got->empty()) co_return fail(errc::not_found, "no such call");
  const auto one = (*got)[0];
  call_story out;
  out.call = call_of(one);
  out.hub_id = one.maybe(15);
  out.slot_call_id = one.maybe(16);
  out.lead_call_id = one.maybe(17);
  out.hub = half_of(one, 18);
  out.pbx = half_of(one, 32);
  co_return out;
}

task<result<std::vector<event_view>>> store::events(event_filter by) {
  const statement* what = by.subject ? &list_subject : &list_events;
  net::params with{by.before_id ? net::param(*by.before_id) : net::param("9223372036854775807"),
                   time_or(by.from, "-infinity"),
                   time_or(by.to, "infinity"),
                   by.kind,
                   by.severity,
                   by.limit};
  if (by.subject) with.emplace_back(*by.subject);
  auto got = co_await db_.run(*what, std::move(with));
  if (!got) co_return fail(std::move(got.error()));
  std::vector<event_view> out;
  for (const auto& one : *got) out.push_back(event_of(one));
  co_return out;
}

task<result<summary_view>> store::summary(std::optional<std::string> campaign, std::optional<instant> from,
                                          std::optional<instant> to) {
  net::params with{campaign, time_or(from, "-infinity"), time_or(to, "infinity")};
  auto got = co_await db_.run(count_calls, std::move(with));
  if (!got) co_return fail(std::move(got.error()));
  summary_view out;
  std::int64_t talk_ms = 0;
  for (const auto& one : *got) {
    out.outcomes[one.string(0)] = one.whole(1);
    out.total += one.whole(1);
    talk_ms += one.whole(2);
    out.one_sided += one.whole(3);
    out.differing += one.whole(4);
  }
  out.talk_seconds = whole_seconds(talk_ms);
  co_return out;
}

}  // namespace vss::dci
