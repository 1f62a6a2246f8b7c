#include "dci/rollup_store.hpp"

namespace vss::dci {

namespace {

using net::statement;

constexpr statement count_news{"dci_roll_up", "select dci.roll_up_calls($1)", milliseconds{30000}};
constexpr statement count_waiting{
    "dci_rollup_waiting", "select count(distinct quarter) from dci.call_news where quarter >= $1 and quarter < $2",
    milliseconds{5000}};

constexpr statement find_zone{"dci_analytics_zone", "select now() at time zone $1"};

// An hour is one of the clock in that zone; where a clock goes back by half an hour, the one that comes twice is one
// row. $1, $2 from and to; $3 direction; $4 campaign; $5 time zone.
#define VSS_ROLLUP(key, label, join, order)                                                             \
  "select " key ", " label                                                                              \
  ", coalesce(digit, ''), sum(calls), sum(answered), sum(busy), sum(no_answer), "                       \
  "sum(rejected), sum(invalid), sum(failed), sum(blocked), sum(abandoned), sum(unknown), sum(talk_ms) " \
  "from (select *, date_trunc('day', quarter, $5) as day, "                                             \
  "quarter - make_interval(mins => extract(minute from quarter at time zone $5)::int) as hour "         \
  "from dci.call_rollup where quarter >= $1 and quarter < $2 and ($3 = 'all' or direction = $3) "       \
  "and ($4::uuid is null or campaign_id = $4::uuid)) r " join " group by 1, 2, 3 order by " order
#define VSS_TIME(what) "to_char(" what " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
// The busiest first; what is not known has no name.
#define VSS_NAMED(kind, column)                                                               \
  VSS_ROLLUP("coalesce(r." column "::text, '')", "coalesce(n.label, r." column "::text, '')", \
             "left join ottb.label n on n.kind = '" kind "' and n.id = r." column "::text",   \
             "sum(sum(calls)) over (partition by coalesce(r." column "::text, '')) desc, 1, 3")
constexpr milliseconds patience{10000};
constexpr statement reads[] = {
    {"dci_analytics_hour",
     VSS_ROLLUP(VSS_TIME("hour"), "to_char(hour at time zone $5, 'YYYY-MM-DD HH24:MI')", "", "1, 3"), patience},
    {"dci_analytics_day", VSS_ROLLUP(VSS_TIME("day"), "to_char(day at time zone $5, 'YYYY-MM-DD')", "", "1, 3"),
     patience},
    {"dci_analytics_campaign", VSS_NAMED("campaign", "campaign_id"), patience},
    {"dci_analytics_trunk", VSS_NAMED("trunk", "trunk_id"), patience},
    {"dci_analytics_slot",
     VSS_ROLLUP("coalesce(slot, '')", "coalesce(slot, '')", "",
                "sum(sum(calls)) over (partition by coalesce(slot, '')) desc, 1, 3"),
     patience},
    {"dci_analytics_hub", VSS_NAMED("hub", "hub_id"), patience}};

analytics_part read_part(const net::row& row) {
  return {row.string(0), row.string(1), row.string(2), row.whole(3),  row.whole(4),  row.whole(5),  row.whole(6),
          row.whole(7),  row.whole(8),  row.whole(9),  row.whole(10), row.whole(11), row.whole(12), row.whole(13)};
}

}  // namespace

task<result<std::int64_t>> rollup_store::roll_up(int most) {
  net::params with{most};
  auto done = co_await db_.run(count_news, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return (*done)[0].whole(0);
}

task<result<analytics_view>> rollup_store::read(analytics_wish wish) {
  net::params zone{wish.tz};
  const auto known = co_await db_.run(find_zone, std::move(zone));
  if (!known && known.error().kind == errc::invalid) co_return invalid("/tz", "no such time zone");
  if (!known) co_return fail(known.error());
  std::vector<net::step> steps;
  steps.push_back(
      {&reads[static_cast<std::size_t>(wish.by)], {wish.from, wish.to, wish.direction, wish.campaign, wish.tz}});
  steps.push_back({&count_waiting, {wish.from, wish.to}});
  auto got = co_await db_.pipeline(std::move(steps));
  if (!got) co_return fail(std::move(got.error()));
  analytics_view out{wish.from, wish.to, wish.by, wish.tz, (*got)[1][0].whole(0), {}, {}};
  std::vector<analytics_part> parts;
  for (const auto row : (*got)[0]) parts.push_back(read_part(row));
  fold(parts, out);
  co_return out;
}

}  // namespace vss::dci
