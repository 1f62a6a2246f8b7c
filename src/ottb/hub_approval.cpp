// The part of hub_desk that gives numbers: devices and their slots, with credentials, in one transaction under a lock
// of the numbering plan.
#include "ottb/hub_desk.hpp"
#include "ottb/hub_news.hpp"
#include "ottb/numbering.hpp"
#include "ottb/slot_credentials.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement hold_plan{"hub_hold_plan", "select pg_advisory_xact_lock(5770940)"};
constexpr net::statement find_kind{"hub_kind", R"(
select h.kind, h.short_id,
       (select count(*) from ottb.slot s join ottb.device d on d.id = s.device_id
        where s.hub_id = h.id and d.virtual and not s.retired)
from ottb.hub h where h.id = $1 and not h.retired)"};
constexpr net::statement used_numbers{"hub_used_numbers", "select number from ottb.slot where kind = $1"};
constexpr net::statement make_devices{"hub_make_devices", R"(
insert into ottb.device (id, serial, kind, hub_id, state, virtual)
select device, 'virtual-' || $3 || '-' || number, $4, $5::uuid, 'approved', true
from unnest($1::text[], $2::uuid[]) as g(number, device))"};
constexpr net::statement make_slots{"hub_make_slots", R"(
with slots as (
  insert into ottb.slot (number, kind, hub_id, device_id, sip_ha1, sip_password_sealed)
  select number, d.kind, d.hub_id, device, ha1, sealed::bytea
  from unnest($1::text[], $2::uuid[], $3::text[], $4::text[]) as g(number, device, ha1, sealed)
  join ottb.device d on d.id = device
  returning number, device_id
)
insert into ottb.device_history (slot, device_id) select number, device_id from slots)",
                                    milliseconds{10000}};
constexpr net::statement take_device{"hub_take_device", R"(
update ottb.device d set state = 'approved', version = version + 1
where id = $1 and state in ('plugged', 'discovered') and hub_id is not null returning kind, hub_id)"};
constexpr net::statement device_known{"hub_device_known", "select state from ottb.device where id = $1"};

}  // namespace

task<result<std::vector<std::string>>> hub_desk::next_for(net::transaction& work, std::string kind, int count) {
  net::params none;
  auto held = co_await work.run(hold_plan, none);
  if (!held) co_return fail(std::move(held.error()));
  net::params by_kind{kind};
  auto taken = co_await work.run(used_numbers, by_kind);
  if (!taken) co_return fail(std::move(taken.error()));
  std::set<std::int64_t> used;
  for (const auto row : *taken) used.insert(std::stoll(row.string(0)));
  co_return next_numbers(kind, used, count);
}

net::params hub_desk::slot_rows(const std::vector<std::string>& numbers,
                                const std::vector<std::string>& devices) const {
  std::vector<std::string> ha1;
  std::vector<std::string> sealed;
  for (const auto& number : numbers) {
    const auto made = make_credentials(number, realm_, random_, vault_);
    ha1.push_back(made.ha1);
    sealed.push_back(net::bytea(made.sealed));
  }
  return {net::text_array(numbers), net::text_array(devices), net::text_array(ha1), net::text_array(sealed)};
}

task<result<void>> hub_desk::announce(net::transaction& work, std::string hub) {
  net::params config{"config " + hub};
  net::params edge{"edge"};
  auto said = co_await work.run(tell_fleet, config);
  if (said) said = co_await work.run(tell_fleet, edge);
  if (!said) co_return fail(std::move(said.error()));
  co_return co_await work.commit();
}

task<result<std::vector<std::string>>> hub_desk::approve_virtual(std::string hub, int count) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params none;
  auto held = co_await work->run(hold_plan, none);  // before counting: two approvals at once must not both add
  if (!held) co_return fail(std::move(held.error()));
  net::params by_hub{hub};
  auto about = co_await work->run(find_kind, by_hub);
  if (!about) co_return fail(std::move(about.error()));
  if (about->empty()) co_return fail(errc::not_found, "no such hub");
  const auto row = (*about)[0];
  const std::string kind = row.string(0);
  const int wanted = count - static_cast<int>(row.whole(2));
  if (wanted <= 0) co_return std::vector<std::string>{};
  auto numbers = co_await next_for(*work, kind, wanted);
  if (!numbers) co_return fail(std::move(numbers.error()));
  std::vector<std::string> devices;
  for (std::size_t i = 0; i < numbers->size(); ++i) devices.push_back(make_uuid(time_, random_));
  net::params virtual_ones{net::text_array(*numbers), net::text_array(devices), row.string(1), kind, hub};
  auto made = co_await work->run(make_devices, virtual_ones);
  if (!made) co_return fail(std::move(made.error()));
  auto rows = slot_rows(*numbers, devices);
  auto slots = co_await work->run(make_slots, std::move(rows));
  if (!slots) co_return fail(std::move(slots.error()));
  auto kept = co_await announce(*work, hub);
  if (!kept) co_return fail(std::move(kept.error()));
  co_return std::move(*numbers);
}

task<result<std::string>> hub_desk::approve_device(std::string device) {
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  net::params by_device{device};
  auto taken = co_await work->run(take_device, by_device);
  if (!taken) co_return fail(std::move(taken.error()));
  if (taken->empty()) {
    auto known = co_await work->run(device_known, by_device);
    if (!known) co_return fail(std::move(known.error()));
    if (known->empty()) co_return fail(errc::not_found, "no such device");
    co_return fail(errc::conflict, "the device is not waiting for approval: " + (*known)[0].string(0));
  }
  const std::string hub = (*taken)[0].string(1);
  auto numbers = co_await next_for(*work, (*taken)[0].string(0), 1);
  if (!numbers) co_return fail(std::move(numbers.error()));
  auto rows = slot_rows(*numbers, {device});
  auto slots = co_await work->run(make_slots, std::move(rows));
  if (!slots) co_return fail(std::move(slots.error()));
  auto kept = co_await announce(*work, hub);
  if (!kept) co_return fail(std::move(kept.error()));
  co_return numbers->front();
}

}  // namespace vss::ottb
