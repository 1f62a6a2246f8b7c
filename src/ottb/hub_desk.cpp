#include "ottb/hub_desk.hpp"

#include "base/log.hpp"
#include "ottb/hub_news.hpp"
#include "ottb/link_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement put_hub{"hub_put", R"(
insert into ottb.hub (id, short_id, label, kind, network) values ($1::uuid, right(replace($1::uuid::text, '-', ''), 12), $2, $3, $4)
on conflict (id) do update set label = excluded.label, retired = false, version = ottb.hub.version + 1
where ottb.hub.label <> excluded.label or ottb.hub.retired)"};

#define VSS_HUB_COLUMNS                                                                                              \
  "h.id, h.short_id, h.label, h.kind, h.network, h.linked_server, h.unreachable, h.locked, h.lock_reason, h.drain, " \
  "h.software, h.run_id, h.generation, h.journal_depth, h.clock_skew_ms, h.last_seen, h.desired_hash, "              \
  "h.running_hash, h.drift::text, h.config_at, h.created_at, count(s.number), "                                      \
  "count(*) filter (where s.registered), count(*) filter (where s.state in ('IDLE', 'READY')), "                     \
  "count(*) filter (where s.state not in ('IDLE', 'READY', 'FAULT')), count(*) filter (where s.state = 'FAULT'), "   \
  "h.version"
#define VSS_HUB_TABLES " from ottb.hub h left join ottb.slot s on s.hub_id = h.id and not s.retired "

constexpr net::statement find_hub{
    "hub_find", "select " VSS_HUB_COLUMNS VSS_HUB_TABLES "where h.id = $1 and not h.retired group by h.id"};
constexpr net::statement list_hubs{"hub_list", "select " VSS_HUB_COLUMNS VSS_HUB_TABLES
                                               "where not h.retired and h.label > $1 group by h.id order by h.label "
                                               "limit $2"};
constexpr net::statement list_events{"hub_events", R"(
select id, n, kind, severity, slot, detail, at, received_at from ottb.hub_event
where hub_id = $1 and id < $2 order by id desc limit $3)"};
constexpr net::statement set_drain{"hub_set_drain", R"(
update ottb.hub set drain = $2::bool, version = version + 1 where id = $1 and not retired returning id)"};
constexpr net::statement set_unlocked{"hub_unlock", R"(
with forgotten as (delete from ottb.hub_run where hub_id = $1)
update ottb.hub set locked = false, lock_reason = null, run_id = null, boot_id = null, version = version + 1
where id = $1 and not retired returning pg_notify('ottb_fleet', 'edge'))"};

hub_view hub_of(const net::row& row) {
  hub_view out;
  out.id = row.string(0);
  out.short_id = row.string(1);
  out.label = row.string(2);
  out.kind = row.string(3);
  out.network = row.string(4);
  out.server = row.maybe(5);
  out.linked = out.server.has_value();
  out.unreachable = row.yes(6);
  out.locked = row.yes(7);
  out.lock_reason = row.maybe(8);
  out.drain = row.yes(9);
  out.software = row.maybe(10);
  out.run_id = row.maybe(11);
  out.generation = row.whole(12);
  out.journal_depth = row.whole(13);
  if (!row.null(14)) out.clock_skew_ms = row.whole(14);
  out.last_seen = row.maybe_time(15);
  out.config.desired_hash = row.maybe(16);
  out.config.running_hash = row.maybe(17);
  if (auto drift = dto::parse<std::vector<std::string>>(row.text(18))) out.config.drift = std::move(*drift);
  out.config.in_sync =
      out.config.desired_hash && out.config.desired_hash == out.config.running_hash && out.config.drift.empty();
  out.config.at = row.maybe_time(19);
  out.created_at = row.time(20);
  out.slots = {row.whole(21), row.whole(22), row.whole(23), row.whole(24), row.whole(25)};
  return out;
}

}  // namespace

hub_desk::hub_desk(net::pg_pool& db, const vss::clock& time, random_source& random, const point::vault& vault,
                   hub_config_desk& config, std::string realm, hub_defaults defaults)
    : db_(db),
      time_(time),
      random_(random),
      vault_(vault),
      config_(config),
      realm_(std::move(realm)),
      defaults_(std::move(defaults)) {}

task<result<void>> hub_desk::admit(std::string id, std::string label, std::string kind, std::optional<int> slots,
                                   std::string network) {
  net::params with{id, label, kind, network};
  auto put = co_await db_.run(put_hub, with);
  if (!put) co_return fail(std::move(put.error()));
  const auto usual = defaults_.virtual_slots.find(kind);
  const int count = slots ? *slots : usual == defaults_.virtual_slots.end() ? 0 : usual->second;
  auto made = co_await approve_virtual(id, count);
  if (!made) co_return fail(std::move(made.error()));
  co_return result<void>{};
}

task<result<void>> hub_desk::enrolled(point::archont_enrolled hub) {
  auto done = co_await admit(hub.id, hub.label, hub.kind, std::nullopt, "lan");
  if (!done) log::failed("ottb", "hub_not_admitted", done.error(), {{"hub", hub.label}});
  co_return done;
}

task<result<net::reply<hub_view>>> hub_desk::view(std::string id) {
  net::params with{std::move(id)};
  auto found = co_await db_.run(find_hub, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such hub");
  net::reply<hub_view> out{hub_of((*found)[0])};
  out.version = (*found)[0].string(26);
  co_return out;
}

task<result<hub_page>> hub_desk::list(net::call asked) {
  const auto wish = page_of(asked);
  net::params with{wish.after, wish.limit + 1};
  auto found = co_await db_.run(list_hubs, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  hub_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = out.items.back().label;
      break;
    }
    out.items.push_back(hub_of(row));
  }
  co_return out;
}

task<result<net::reply<hub_view>>> hub_desk::get(net::call asked) {
  auto found = co_await view(asked.path["hub"]);
  if (found) found->version.reset();  // heartbeats change the view without a version
  co_return found;
}

task<result<net::reply<hub_view>>> hub_desk::make(net::call asked, hub_input input) {
  auto done = co_await admit(input.id, input.label, input.kind, input.virtual_slots, input.network.value_or("lan"));
  if (!done) co_return fail(std::move(done.error()));
  auto out = co_await view(input.id);
  if (!out) co_return out;
  out->status = 201;
  out->location = "/ottb/hubs/" + input.id;
  co_return out;
}

task<result<hub_slots_answer>> hub_desk::add_slots(net::call asked, hub_slots_input input) {
  auto made = co_await approve_virtual(asked.path["hub"], input.virtual_slots);
  if (!made) co_return fail(std::move(made.error()));
  co_return hub_slots_answer{std::move(*made)};
}

task<result<net::reply<hub_view>>> hub_desk::order(net::call asked, hub_reason why, std::string verb) {
  const auto id = asked.path["hub"];
  auto known = co_await view(id);
  if (!known) co_return known;
  if (verb == "lock") {
    link_store links(db_);
    auto locked = co_await links.lock(id, why.reason);
    if (!locked) co_return fail(std::move(locked.error()));
  } else if (verb == "unlock") {
    net::params with{id};
    auto unlocked = co_await db_.run(set_unlocked, with);
    if (!unlocked) co_return fail(std::move(unlocked.error()));
  } else {
    net::params with{id, verb == "drain"};
    auto drained = co_await db_.run(set_drain, with);
    if (!drained) co_return fail(std::move(drained.error()));
  }
  co_return co_await view(id);
}

task<result<hub_config_view>> hub_desk::config(net::call asked) {
  const auto id = asked.path["hub"];
  auto known = co_await view(id);
  if (!known) co_return fail(std::move(known.error()));
  auto built = co_await config_.build(id);
  if (!built) co_return fail(std::move(built.error()));
  auto shown = dto::read<link::hub_config>(without_secrets(std::move(built->document)));
  if (!shown) co_return fail(errc::internal, "the built configuration does not read");
  hub_config_view out{built->hash, known->body.config, std::move(*shown)};
  out.state.desired_hash = out.hash;
  out.state.in_sync = out.state.running_hash == out.hash && out.state.drift.empty();
  co_return out;
}

task<result<hub_event_page>> hub_desk::events(net::call asked) {
  const auto wish = page_of(asked);
  net::params with{asked.path["hub"], wish.after.empty() ? std::string("9223372036854775807") : wish.after,
                   wish.limit + 1};
  auto found = co_await db_.run(list_events, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  hub_event_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = std::to_string(out.items.back().id);
      break;
    }
    hub_event_view event{row.whole(0),  {},          row.string(2), row.string(3), row.maybe(4),
                         row.string(5), row.time(6), row.time(7)};
    if (!row.null(1)) event.n = row.whole(1);
    out.items.push_back(std::move(event));
  }
  co_return out;
}

}  // namespace vss::ottb
