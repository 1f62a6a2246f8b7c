#include "ottb/lead_service.hpp"

#include "ottb/lead_seal.hpp"

namespace vss::ottb {

lead_service::lead_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
                           profile_cache& profiles)
    : store_(db), campaigns_(db), vault_(vault), time_(time), random_(random), profiles_(profiles) {}

// A person who was erased has no number any more.
task<result<std::vector<shown_lead>>> lead_service::masked_all(std::vector<lead_record> rows) {
  std::vector<shown_lead> out;
  for (auto& row : rows) {
    auto number = co_await vault_.open(row.index, phone_place(row.campaign, row.index), row.phone);
    if (!number && number.error().kind == errc::unavailable) co_return fail(std::move(number.error()));
    const std::string shown = number ? masked(e164(std::move(*number))) : std::string("erased");
    out.push_back({std::move(row), shown});
  }
  co_return out;
}

task<result<shown_lead>> lead_service::get(std::int64_t id) {
  auto row = co_await store_.get(id);
  if (!row) co_return fail(std::move(row.error()));
  std::vector<lead_record> rows;
  rows.push_back(std::move(*row));
  auto shown = co_await masked_all(std::move(rows));
  if (!shown) co_return fail(std::move(shown.error()));
  co_return std::move(shown->front());
}

task<result<std::vector<shown_lead>>> lead_service::list(lead_filter filter, std::int64_t after, int limit) {
  auto rows = co_await store_.list(std::move(filter), after, limit);
  if (!rows) co_return fail(std::move(rows.error()));
  co_return co_await masked_all(std::move(*rows));
}

task<result<std::string>> lead_service::reveal(std::int64_t id) {
  auto row = co_await store_.get(id);
  if (!row) co_return fail(std::move(row.error()));
  co_return co_await vault_.open(row->index, phone_place(row->campaign, row->index), row->phone);
}

task<result<std::string>> lead_service::attributes(std::int64_t id) {
  auto row = co_await store_.get(id);
  if (!row) co_return fail(std::move(row.error()));
  if (row->attributes.empty()) co_return std::string("{}");
  co_return co_await vault_.open(row->index, attributes_place(row->campaign, row->index), row->attributes);
}

task<result<explanation>> lead_service::explain(std::int64_t id) {
  auto row = co_await store_.get(id);
  if (!row) co_return fail(std::move(row.error()));
  auto who = co_await store_.snapshot(id);
  if (!who) co_return fail(std::move(who.error()));
  auto campaign = co_await campaigns_.campaign(row->campaign);
  if (!campaign) co_return fail(std::move(campaign.error()));
  auto rules = co_await profiles_.get(campaign->profile);
  if (!rules) co_return fail(std::move(rules.error()));
  const lead_standing standing{row->state, row->outcome, row->refusal, row->next_at};
  co_return ottb::explain(standing, *who, campaign->what, **rules, time_.now());
}

task<result<std::string>> lead_service::search(e164 number, std::string by) {
  std::string id = make_uuid(time_, random_);
  auto kept = co_await store_.add_search(id, vault_.blind_index(number), std::move(by));
  if (!kept) co_return fail(std::move(kept.error()));
  co_return id;
}

task<result<std::vector<shown_lead>>> lead_service::found(std::string search, std::string by, std::int64_t after,
                                                          int limit) {
  auto index = co_await store_.search(std::move(search), std::move(by));
  if (!index) co_return fail(std::move(index.error()));
  lead_filter filter;
  filter.index = std::move(*index);
  co_return co_await list(std::move(filter), after, limit);
}

}  // namespace vss::ottb
