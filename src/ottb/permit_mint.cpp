#include "ottb/permit_mint.hpp"

#include "ottb/lead_seal.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement open_campaign{"ottb_mint_campaign", R"(
insert into ottb.campaign (id, name, mode, state, profile_id, flow_id, caller_id, slots, max_attempts, created_by)
select '01900000-0000-7000-8000-0000000000f3', 'permits made for tests', 'ivr', 'running', p.id, f.id, i.number,
  '{"kinds":[],"hubs":[],"numbers":["699999"]}', 1, 'system'
from (select id from ottb.profile where name = 'demo' order by version desc limit 1) p,
  (select id from ottb.flow where name = 'demo' order by version desc limit 1) f,
  (select number from ottb.caller_id where enabled and verified_at is not null order by number limit 1) i
on conflict (id) do update set state = 'running', finished_at = null
returning id)"};
constexpr net::statement make_permit{"ottb_mint_permit", R"(
with holder as (
  select number, hub_id, epoch from ottb.slot
  where not retired and case when $1 = 'foreign' then number <> $2 else number = $2 end
    and exists (select 1 from ottb.slot where number = $2 and not retired)
  order by number desc limit 1
), person as (
  insert into ottb.lead (campaign_id, phone_index, phone_sealed, consent, consent_source, state, trail, last_n)
  select $3::uuid, $4::bytea, $5::bytea, true, 'test', 'queued', $6, 1 from holder
  on conflict (campaign_id, phone_index) do update set state = 'queued', last_n = ottb.lead.last_n + 1
  returning id, last_n
), tried as (
  insert into ottb.attempt (id, lead_id, n, campaign_id, hub_id, slot, epoch, trail, state, permitted_at, phone_index)
  select $7::uuid, p.id, p.last_n, $3::uuid, h.hub_id, h.number, h.epoch, $6,
    case $1 when 'used' then 'done' when 'expired' then 'returned' else 'permitted' end, now(), $4::bytea
  from person p, holder h returning id, slot, epoch, hub_id
)
insert into ottb.permit (id, attempt_id, slot, epoch, hub_id, state, expires_at, consumed_at, sent_at)
select $8, id, slot, epoch, hub_id, case $1 when 'used' then 'sent' when 'expired' then 'expired' else 'issued' end,
  now() + case $1 when 'expired' then interval '-1 second' else interval '30 seconds' end,
  case $1 when 'used' then now() end, case $1 when 'used' then now() end
from tried returning slot, expires_at)"};

}  // namespace

permit_mint::permit_mint(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
                         bool test_site)
    : db_(db), vault_(vault), time_(time), random_(random), test_site_(test_site) {}

task<result<minted_permit>> permit_mint::make(mint_wish wish) {
  if (!test_site_) co_return fail(errc::forbidden, "this is not a test site: site.test in the configuration");
  net::params none;
  auto opened = co_await db_.run(open_campaign, std::move(none));
  if (!opened) co_return fail(std::move(opened.error()));
  if (opened->empty()) co_return fail(errc::conflict, "a verified caller ID is needed first");
  const std::string campaign = (*opened)[0].string(0);
  const e164 number(wish.number);
  const std::string index = vault_.blind_index(number);
  std::vector<point::vault::item> items;
  items.push_back({index, phone_place(campaign, index), wish.number});
  auto sealed = co_await vault_.seal(std::move(items));
  if (!sealed) co_return fail(std::move(sealed.error()));
  minted_permit out;
  out.permit = "p-" + random_hex(random_, 16);
  out.attempt = make_uuid(time_, random_);
  net::params with{
      wish.state,  wish.slot, campaign, net::bytea(index), net::bytea(sealed->front()), random_hex(random_, 16),
      out.attempt, out.permit};
  auto made = co_await db_.run(make_permit, std::move(with));
  if (!made) co_return fail(std::move(made.error()));
  if (made->empty()) co_return fail(errc::not_found, "no such slot");
  out.slot = (*made)[0].string(0);
  out.expires_at = (*made)[0].time(1);
  co_return out;
}

void add_routes(net::router& to, permit_mint& mint) {
  to.add({.method = "POST",
          .path = "/ottb/test-permits",
          .permission = "ottb.permit.mint",
          .summary = "test sites only: a permit that is fresh, used, expired or another slot's",
          .status = 201,
          .audit = "ottb.permit.mint"},
         [&mint](net::call, mint_wish wish) { return mint.make(std::move(wish)); });
}

}  // namespace vss::ottb
