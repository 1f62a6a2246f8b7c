#include "ottb/command_desk.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement order_command{"command_order", R"(
with next as (
  update ottb.hub set sent_n = sent_n + 1 where id = $2::uuid returning sent_n
), noted as (
  insert into ottb.command (id, hub_id, slot, verb, args, asked_by, reason, trail, n)
  select $1::uuid, $2::uuid, nullif($3, ''), $4, $5::jsonb, $6, nullif($7, ''), nullif($8, ''), sent_n from next
), kept as (
  insert into ottb.hub_outbox (hub_id, n, t, body) select $2::uuid, sent_n, 'command', $9::jsonb from next returning n
)
select n, pg_notify('ottb_fleet', 'outbox ' || $2) from kept)"};
constexpr net::statement find_command{"command_find", R"(
select id, hub_id, slot, verb, asked_by, reason, created_at, done_at, ok, message from ottb.command where id = $1)"};

}  // namespace

task<result<command_view>> command_desk::ask(command_order order, std::vector<net::step> first, milliseconds limit) {
  const std::string id = make_uuid(time_, random_);
  if (order.epoch && *order.epoch < 0) order.epoch.reset();
  const link::command body{id, order.trail, order.verb, order.slot, order.epoch, order.args};
  net::params with{
      id,           order.hub,   order.slot,      order.verb, dto::json::serialize(order.args), order.asked_by,
      order.reason, order.trail, dto::write(body)};
  first.push_back({&order_command, std::move(with)});
  auto answered = std::make_shared<wakeup>(on_);
  waiting_[id] = answered;
  auto written = co_await db_.pipeline(std::move(first));
  if (!written || written->back().empty()) {
    waiting_.erase(id);
    if (!written) co_return fail(std::move(written.error()));
    co_return fail(errc::not_found, "no such hub");
  }
  if (limit.count() > 0) co_await answered->wait(limit);
  waiting_.erase(id);
  co_return co_await find(id);
}

task<result<command_view>> command_desk::find(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(find_command, with);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such command");
  const auto row = (*found)[0];
  command_view out{row.string(0), row.string(1), row.maybe(2),      row.string(3),         row.string(4),
                   row.maybe(5),  row.time(6),   row.maybe_time(7), std::optional<bool>{}, row.maybe(9)};
  if (!row.null(8)) out.ok = row.yes(8);
  co_return out;
}

void command_desk::done(const std::string& id) {
  const auto found = waiting_.find(id);
  if (found != waiting_.end()) found->second->notify();
}

}  // namespace vss::ottb
