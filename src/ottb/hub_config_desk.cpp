#include "ottb/hub_config_desk.hpp"

#include <boost/describe/enum_from_string.hpp>

#include "base/log.hpp"
#include "link/config_hash.hpp"
#include "link/message.hpp"
#include "ottb/slot_credentials.hpp"

namespace vss::ottb {

namespace {

constexpr seconds push_again{30};
constexpr milliseconds check_every{10000};

constexpr net::statement find_hub{"hub_config_hub", R"(
select id, short_id, network, cdr_password_sealed from ottb.hub where id = $1 and not retired)"};
constexpr net::statement find_slots{"hub_config_slots", R"(
select number, kind, sip_password_sealed, media from ottb.slot where hub_id = $1 and not retired
order by length(number), number)"};
constexpr net::statement keep_cdr_password{"hub_config_keep_cdr_password", R"(
update ottb.hub set cdr_password_sealed = $2 where id = $1 and cdr_password_sealed is null)"};
constexpr net::statement keep_credentials{"hub_config_keep_credentials", R"(
update ottb.slot set sip_password_sealed = $2, sip_ha1 = $3, version = version + 1
where number = $1 and sip_password_sealed is null)"};
// A hub that runs what is desired (again) does not differ, whatever it refused in between.
constexpr net::statement set_desired{"hub_config_set_desired", R"(
update ottb.hub set desired_hash = $2, drift = case when running_hash = $2 then '[]' else drift end,
  version = version + case when desired_hash is distinct from $2 or (running_hash = $2 and drift <> '[]') then 1 else 0 end
where id = $1 returning coalesce(running_hash, ''), linked_server is not null)"};

std::string cdr_place(const std::string& hub) { return "ottb.hub.cdr_password:" + hub; }

}  // namespace

hub_config_desk::hub_config_desk(net::pg_pool& db, const vss::clock& time, random_source& random,
                                 const point::vault& vault, hub_site site, cdr_role_fn cdr_role)
    : db_(db),
      time_(time),
      random_(random),
      vault_(vault),
      site_(std::move(site)),
      cdr_role_(std::move(cdr_role)),
      links_(db) {}

task<result<hub_facts>> hub_config_desk::facts(std::string hub) {
  net::params with{hub};
  auto found = co_await db_.run(find_hub, with);
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such hub");
  const auto row = (*found)[0];
  hub_facts out{row.string(0), row.string(1), row.string(2), "hub_" + row.string(1), {}};
  if (row.null(3)) {
    out.cdr_password = secret(random_hex(random_, 16));
    net::params keep{hub, net::bytea(vault_.seal_site(cdr_place(hub), out.cdr_password.reveal()))};
    auto kept = co_await db_.run(keep_cdr_password, keep);
    if (!kept) co_return fail(std::move(kept.error()));
    if (kept->affected() == 0) co_return co_await facts(hub);  // another process was quicker
  } else {
    auto opened = vault_.open_site(cdr_place(hub), net::from_bytea(row.text(3)));
    if (!opened) co_return fail(std::move(opened.error()));
    out.cdr_password = std::move(*opened);
  }
  auto admitted = co_await admit(out);
  if (!admitted) co_return fail(std::move(admitted.error()));
  co_return out;
}

task<result<void>> hub_config_desk::admit(hub_facts& hub) {
  if (!cdr_role_ || admitted_.contains(hub.id)) co_return result<void>{};
  auto role = co_await cdr_role_(hub.id, hub.short_id, hub.cdr_password);
  if (!role) co_return fail(std::move(role.error()));
  hub.cdr_role = *role;
  admitted_[hub.id] = true;
  co_return result<void>{};
}

task<result<slot_facts_row>> hub_config_desk::give_credentials(slot_facts_row slot) {
  const auto made = make_credentials(slot.number, site_.realm, random_, vault_);
  net::params with{slot.number, net::bytea(made.sealed), made.ha1};
  auto kept = co_await db_.run(keep_credentials, with);
  if (!kept) co_return fail(std::move(kept.error()));
  if (kept->affected() == 0) co_return fail(errc::conflict, "credentials were made by another process; again");
  slot.sip_password = made.password;
  co_return slot;
}

task<result<std::vector<slot_facts_row>>> hub_config_desk::slots(std::string hub) {
  net::params with{hub};
  auto found = co_await db_.run(find_slots, with);
  if (!found) co_return fail(std::move(found.error()));
  std::vector<slot_facts_row> out;
  for (const auto row : *found) {
    slot_facts_row slot{row.string(0), link::slot_kind::MF, {}, row.string(3)};
    boost::describe::enum_from_string(row.string(1).c_str(), slot.kind);
    if (row.null(2)) {
      auto given = co_await give_credentials(slot);
      if (!given) co_return fail(std::move(given.error()));
      slot = std::move(*given);
    } else {
      auto opened = vault_.open_site(sip_password_place(slot.number), net::from_bytea(row.text(2)));
      if (!opened) co_return fail(std::move(opened.error()));
      slot.sip_password = std::move(*opened);
    }
    out.push_back(std::move(slot));
  }
  co_return out;
}

task<result<hub_config_built>> hub_config_desk::build(std::string hub) {
  auto about = co_await facts(hub);
  if (!about) co_return fail(std::move(about.error()));
  auto rows = co_await slots(hub);
  if (!rows) co_return fail(std::move(rows.error()));
  hub_config_built out;
  out.document = dto::to_json(desired_config(site_, *about, *rows));
  out.hash = link::config_hash(out.document);
  co_return out;
}

task<result<std::string>> hub_config_desk::push_body(std::string hub) {
  auto built = co_await build(hub);
  if (!built) co_return fail(std::move(built.error()));
  const link::config_push push{built->hash, std::move(built->document)};
  co_return dto::write(push);
}

task<result<void>> hub_config_desk::check(std::string hub) {
  auto built = co_await build(hub);
  if (!built) co_return fail(std::move(built.error()));
  net::params with{hub, built->hash};
  auto running = co_await db_.run(set_desired, with);
  if (!running) co_return fail(std::move(running.error()));
  if (running->empty()) co_return fail(errc::not_found, "no such hub");
  const bool linked = (*running)[0].yes(1);
  if ((*running)[0].text(0) == built->hash || !linked) {  // a hub that is away is compared when it links
    pushed_.erase(hub);
    co_return result<void>{};
  }
  const auto last = pushed_.find(hub);
  const auto now = time_.steady();
  if (last != pushed_.end() && last->second.hash == built->hash && now - last->second.at < push_again) {
    co_return result<void>{};
  }
  // The document holds secrets, so the outbox keeps only its name; the link builds it again when it sends.
  auto queued = co_await links_.append(hub, "config", "{\"hash\":\"" + built->hash + "\"}");
  if (!queued) co_return fail(std::move(queued.error()));
  pushed_[hub] = {built->hash, now};
  log::info("ottb", "config_pushed", {{"hub", hub}, {"hash", built->hash}, {"n", *queued}});
  co_return result<void>{};
}

task<void> hub_config_desk::watch(std::function<std::vector<std::string>()> linked) {
  while (true) {
    co_await pause(check_every);
    const auto hubs = linked();
    for (const auto& hub : hubs) {
      auto checked = co_await check(hub);
      if (!checked) log::failed("ottb", "config_check_failed", checked.error(), {{"hub", hub}});
    }
  }
}

}  // namespace vss::ottb
