#include <charconv>

#include "ottb/campaign_service.hpp"
#include "ottb/lead_routes.hpp"

namespace vss::ottb {

namespace {

using net::call;

struct campaign_page {
  std::vector<campaign_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(campaign_page, (), (items, next))

struct caller_view {
  std::string number;
  std::string proof;
  std::optional<instant> verified_at;
  std::vector<std::int32_t> trunks;
  bool enabled = true;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(caller_view, (), (number, proof, verified_at, trunks, enabled, version))
struct caller_page {
  std::vector<caller_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(caller_page, (), (items, next))
struct caller_input {
  std::string number;
  std::string proof;  // why the number is ours: contract, invoice, call-back
  std::vector<std::int32_t> trunks;
};
BOOST_DESCRIBE_STRUCT(caller_input, (), (number, proof, trunks))
inline auto dto_rules(const caller_input*) {
  return dto::rules(dto::format<&caller_input::number>("\\+[1-9][0-9]{6,14}"),
                    dto::length<&caller_input::proof>(3, 500), dto::has_default<&caller_input::trunks>(),
                    dto::items<&caller_input::trunks>(0, 100));
}
struct caller_change {
  bool enabled = true;
  std::vector<std::int32_t> trunks;
};
BOOST_DESCRIBE_STRUCT(caller_change, (), (enabled, trunks))
inline auto dto_rules(const caller_change*) {
  return dto::rules(dto::has_default<&caller_change::trunks>(), dto::items<&caller_change::trunks>(0, 100));
}

std::int64_t version_of(const call& from) {
  std::int64_t version = -1;
  if (from.if_match) std::from_chars(from.if_match->data(), from.if_match->data() + from.if_match->size(), version);
  return version;
}

const net::parameter after_parameter{"after", "[0-9a-f-]{36}", "the cursor that the last page gave"};

net::reply<campaign_view> tagged(campaign_view view, int status = 200) {
  const std::string version = std::to_string(view.version);
  return {std::move(view), status, version};
}

caller_view shown(const caller_row& from) {
  return {from.number, from.proof, from.verified_at, from.trunks, from.enabled, from.version};
}

void add_campaign_routes(net::router& routes, campaign_service& campaigns) {
  routes.add({.method = "GET",
              .path = "/ottb/campaigns",
              .permission = "ottb.campaign.read",
              .summary = "Campaigns, by age",
              .query = {limit_parameter(), after_parameter, {"state", "[a-z]{1,20}", "only in this state"}}},
             [&campaigns](call from) -> task<result<campaign_page>> {
               const int limit = limit_of(from);
               auto found = co_await campaigns.store().list(asked(from, "after"), limit, asked(from, "state"));
               if (!found) co_return fail(std::move(found.error()));
               campaign_page page{std::move(*found), {}};
               if (static_cast<int>(page.items.size()) == limit) page.next = page.items.back().id;
               co_return page;
             });
  routes.add({.method = "POST",
              .path = "/ottb/campaigns",
              .permission = "ottb.campaign.write",
              .summary = "Create a campaign in state draft",
              .status = 201,
              .audit = "ottb.campaign.create"},
             [&campaigns](call from, campaign_input input) -> task<result<net::reply<campaign_view>>> {
               auto made = co_await campaigns.create(std::move(input), from.who.id);
               if (!made) co_return fail(std::move(made.error()));
               co_return tagged(std::move(*made), 201);
             });
  routes.add({.method = "GET",
              .path = "/ottb/campaigns/{campaign}",
              .permission = "ottb.campaign.read",
              .summary = "One campaign"},
             [&campaigns](call from) -> task<result<net::reply<campaign_view>>> {
               auto found = co_await campaigns.store().get(from.path.at("campaign"));
               if (!found) co_return fail(std::move(found.error()));
               co_return tagged(std::move(*found));
             });
  routes.add({.method = "PUT",
              .path = "/ottb/campaigns/{campaign}",
              .permission = "ottb.campaign.write",
              .summary = "Change a campaign that is not running",
              .if_match = true,
              .audit = "ottb.campaign.change"},
             [&campaigns](call from, campaign_input input) -> task<result<net::reply<campaign_view>>> {
               auto made = co_await campaigns.change(from.path.at("campaign"), version_of(from), std::move(input));
               if (!made) co_return fail(std::move(made.error()));
               co_return tagged(std::move(*made));
             });
  routes.add({.method = "GET",
              .path = "/ottb/campaigns/{campaign}/progress",
              .permission = "ottb.campaign.read",
              .summary = "Leads by state, attempts by outcome, calls now"},
             [&campaigns](call from) -> task<result<campaign_counts>> {
               auto known = co_await campaigns.store().get(from.path.at("campaign"));
               if (!known) co_return fail(std::move(known.error()));
               co_return co_await campaigns.store().counts(from.path.at("campaign"));
             });
}

void add_verb(net::router& routes, campaign_service& campaigns, const char* word, campaign_verb verb,
              const char* summary) {
  routes.add({.method = "POST",
              .path = std::string("/ottb/campaigns/{campaign}/") + word,
              .permission = "ottb.campaign.control",
              .summary = summary,
              .audit = std::string("ottb.campaign.") + word},
             [&campaigns, verb](call from) -> task<result<net::reply<campaign_view>>> {
               std::optional<std::int64_t> version;
               if (from.if_match) version = version_of(from);
               auto moved = co_await campaigns.apply(from.path.at("campaign"), verb, version, from.who.id);
               if (!moved) co_return fail(std::move(moved.error()));
               co_return tagged(std::move(*moved));
             });
}

void add_caller_routes(net::router& routes, campaign_service& campaigns) {
  routes.add({.method = "GET",
              .path = "/ottb/caller-ids",
              .permission = "ottb.caller.read",
              .summary = "The company's own numbers that calls may show",
              .query = {limit_parameter(), {"after", "\\+[0-9]{7,15}", "the cursor that the last page gave"}}},
             [&campaigns](call from) -> task<result<caller_page>> {
               const int limit = limit_of(from);
               auto found = co_await campaigns.store().callers(asked(from, "after"), limit);
               if (!found) co_return fail(std::move(found.error()));
               caller_page page;
               for (const auto& each : *found) page.items.push_back(shown(each));
               if (static_cast<int>(page.items.size()) == limit) page.next = page.items.back().number;
               co_return page;
             });
  routes.add({.method = "POST",
              .path = "/ottb/caller-ids",
              .permission = "ottb.caller.write",
              .summary = "Add a caller ID with the proof that it is ours",
              .status = 201,
              .audit = "ottb.caller.create"},
             [&campaigns](call, caller_input input) -> task<result<caller_view>> {
               auto made = co_await campaigns.store().add_caller(input.number, input.proof, input.trunks);
               if (!made) co_return fail(std::move(made.error()));
               co_return shown(*made);
             });
  routes.add({.method = "PATCH",
              .path = "/ottb/caller-ids/{caller_id}",
              .permission = "ottb.caller.write",
              .summary = "Allow or forbid a caller ID, and say on which trunks",
              .if_match = true,
              .audit = "ottb.caller.change"},
             [&campaigns](call from, caller_change input) -> task<result<net::reply<caller_view>>> {
               auto made = co_await campaigns.store().change_caller(from.path.at("caller_id"), version_of(from),
                                                                    input.enabled, input.trunks);
               if (!made) co_return fail(std::move(made.error()));
               const std::string version = std::to_string(made->version);
               co_return net::reply<caller_view>{shown(*made), 200, version};
             });
}

}  // namespace

void add_routes(net::router& routes, campaign_service& campaigns) {
  const char* uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  routes.path_parameter({"campaign", uuid, "id of a campaign"});
  routes.path_parameter({"caller_id", "\\+[1-9][0-9]{6,14}", "one of our own numbers, +E.164"});
  add_campaign_routes(routes, campaigns);
  add_verb(routes, campaigns, "start", campaign_verb::start, "Begin to dial: draft, stopped or finished -> running");
  add_verb(routes, campaigns, "pause", campaign_verb::pause, "Nothing new begins; what was queued goes back");
  add_verb(routes, campaigns, "resume", campaign_verb::resume, "Go on after a pause");
  add_verb(routes, campaigns, "drain", campaign_verb::drain,
           "Nothing new begins, what is queued happens, then stopped");
  add_verb(routes, campaigns, "stop", campaign_verb::stop,
           "At once: queued attempts go back, calls under way end by themselves");
  add_document_routes(routes, campaigns);
  add_caller_routes(routes, campaigns);
}

}  // namespace vss::ottb
