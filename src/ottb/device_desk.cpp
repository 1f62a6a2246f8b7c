#include "ottb/device_desk.hpp"

namespace vss::ottb {

namespace {

#define VSS_DEVICE_COLUMNS                                                                                        \
  "d.id, d.serial, d.kind, d.hub_id, d.hub_port, d.shelf_label, d.state, d.virtual, d.adb_authorised, "           \
  "d.battery_percent, d.temperature_c, (select number from ottb.slot s where s.device_id = d.id), d.created_at, " \
  "d.version"

constexpr net::statement find_device{"device_find", "select " VSS_DEVICE_COLUMNS " from ottb.device d where d.id = $1"};
constexpr net::statement list_devices{"device_list", "select " VSS_DEVICE_COLUMNS R"( from ottb.device d
where d.serial > $1 and ($2 = '' or d.state = $2) and ($3 = '' or d.kind = $3) and ($4 = '' or d.hub_id = nullif($4, '')::uuid)
order by d.serial limit $5)"};
constexpr net::statement device_history{"device_history", R"(
select slot, since, until from ottb.device_history where device_id = $1 order by since desc limit 100)"};
constexpr net::statement make_device{"device_make", R"(
insert into ottb.device (id, serial, kind, hub_id, hub_port, shelf_label)
select $1, $2, $3, $4, $5, $6 where exists (select from ottb.hub where id = $4 and not retired) returning id)"};
constexpr net::statement place_device{"device_place", R"(
update ottb.device set hub_port = coalesce($3, hub_port), shelf_label = coalesce($4, shelf_label), version = version + 1
where id = $1 and version = $2::bigint returning id)"};
constexpr net::statement retire_device{"device_retire", R"(
update ottb.device d set state = 'retired', version = version + 1
where id = $1 and version = $2::bigint and not exists (select from ottb.slot s where s.device_id = d.id) returning id)"};

device_view device_of(const net::row& row) {
  device_view out;
  out.id = row.string(0);
  out.serial = row.string(1);
  out.kind = row.string(2);
  out.hub_id = row.maybe(3);
  out.hub_port = row.maybe(4);
  out.shelf_label = row.maybe(5);
  out.state = row.string(6);
  out.is_virtual = row.yes(7);
  if (!row.null(8)) out.adb_authorised = row.yes(8);
  if (!row.null(9)) out.battery_percent = static_cast<std::int32_t>(row.whole(9));
  if (!row.null(10)) out.temperature_c = row.real(10);
  out.slot = row.maybe(11);
  out.created_at = row.time(12);
  return out;
}

}  // namespace

task<result<device_page>> device_desk::list(net::call asked) {
  const auto wish = page_of(asked);
  net::params with{wish.after, asked.query["state"], asked.query["kind"], asked.query["hub"], wish.limit + 1};
  auto found = co_await db_.run(list_devices, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  device_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = out.items.back().serial;
      break;
    }
    out.items.push_back(device_of(row));
  }
  co_return out;
}

task<result<net::reply<device_view>>> device_desk::view(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(find_device, with);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such device");
  net::reply<device_view> out{device_of((*found)[0])};
  out.version = (*found)[0].string(13);
  auto history = co_await db_.run(device_history, with);
  if (!history) co_return fail(std::move(history.error()));
  for (const auto row : *history) out.body.history.push_back({row.string(0), row.time(1), row.maybe_time(2)});
  co_return out;
}

task<result<net::reply<device_view>>> device_desk::get(net::call asked) {
  co_return co_await view(asked.path["device"]);
}

task<result<net::reply<device_view>>> device_desk::make(net::call asked, device_input input) {
  const auto id = make_uuid(time_, random_);
  net::params with{id, input.serial, input.kind, input.hub, input.hub_port, input.shelf_label};
  auto made = co_await db_.run(make_device, std::move(with));
  if (!made && made.error().kind == errc::conflict)
    co_return fail(errc::conflict, "a device with this serial is known");
  if (!made) co_return fail(std::move(made.error()));
  if (made->empty()) co_return invalid("/hub", "no such hub");
  auto out = co_await view(id);
  if (!out) co_return out;
  out->status = 201;
  out->location = "/ottb/devices/" + id;
  co_return out;
}

task<result<net::reply<device_view>>> device_desk::place(net::call asked, device_shelf where) {
  const auto id = asked.path["device"];
  net::params with{id, asked.if_match.value_or("0"), where.hub_port, where.shelf_label};
  auto done = co_await db_.run(place_device, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  auto out = co_await view(id);
  if (out && done->empty()) co_return fail(errc::precondition, "the device has changed meanwhile");
  co_return out;
}

task<result<net::reply<device_view>>> device_desk::approve(net::call asked) {
  const auto id = asked.path["device"];
  auto given = co_await hubs_.approve_device(id);
  if (!given) co_return fail(std::move(given.error()));
  co_return co_await view(id);
}

task<result<net::nothing>> device_desk::retire(net::call asked) {
  const auto id = asked.path["device"];
  net::params with{id, asked.if_match.value_or("0")};
  auto done = co_await db_.run(retire_device, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (!done->empty()) co_return net::nothing{};
  auto known = co_await view(id);
  if (!known) co_return fail(std::move(known.error()));
  if (known->body.slot) co_return fail(errc::conflict, "the device carries slot " + *known->body.slot);
  co_return fail(errc::precondition, "the device has changed meanwhile");
}

}  // namespace vss::ottb
