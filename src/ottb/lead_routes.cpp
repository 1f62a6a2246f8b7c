#include "ottb/lead_routes.hpp"

#include <algorithm>
#include <charconv>

#include "ottb/lead_document.hpp"

namespace vss::ottb {

using net::call;

std::string asked(const call& from, const char* name) {
  const auto found = from.query.find(name);
  return found == from.query.end() ? std::string() : found->second;
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

int limit_of(const call& from) {
  const auto text = asked(from, "limit");
  return text.empty() ? 50 : static_cast<int>(std::clamp<std::int64_t>(number_of(text), 1, 500));
}

net::parameter limit_parameter() { return {"limit", "[0-9]{1,3}", "1 to 500, 50 without"}; }

result<e164> number_from(const number_input& input) {
  auto read = parse_phone(input.number.reveal(), input.region.value_or(""));
  if (!read) return invalid("/number", words(read.error()));
  return std::move(read->number);
}

namespace {

constexpr const char* uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const net::parameter after_lead{"after", "[0-9]{1,18}", "the cursor that the last page gave"};

lead_page page_of(std::vector<shown_lead> rows, int limit) {
  lead_page page;
  for (const auto& each : rows) page.items.push_back(view(each.row, each.number));
  if (static_cast<int>(page.items.size()) == limit) page.next = std::to_string(page.items.back().id);
  return page;
}

void add_lead_lists(net::router& routes, lead_service& leads) {
  routes.add({.method = "GET",
              .path = "/ottb/leads",
              .permission = "ottb.lead.read",
              .summary = "Leads with masked numbers, by id",
              .query = {limit_parameter(),
                        after_lead,
                        {"campaign", uuid, "only of this campaign"},
                        {"state", "due|queued|finished", "only in this state"},
                        {"outcome", "[a-z_]{1,20}", "only with this outcome"},
                        {"refusal", "[a-z_]{1,40}", "only refused for this reason"},
                        {"import", uuid, "only of this import"}},
              .audit = "ottb.lead.list"},
             [&leads](call from) -> task<result<lead_page>> {
               const int limit = limit_of(from);
               lead_filter filter{asked(from, "campaign"), asked(from, "state"),  asked(from, "outcome"),
                                  asked(from, "refusal"),  asked(from, "import"), ""};
               auto found = co_await leads.list(std::move(filter), number_of(asked(from, "after")), limit);
               if (!found) co_return fail(std::move(found.error()));
               co_return page_of(std::move(*found), limit);
             });
  routes.add({.method = "POST",
              .path = "/ottb/searches",
              .permission = "ottb.lead.search",
              .summary = "Ask for a telephone number; the answer is an id that URLs may carry for an hour",
              .status = 201,
              .audit = "ottb.lead.search"},
             [&leads](call from, number_input input) -> task<result<search_view>> {
               auto number = number_from(input);
               if (!number) co_return fail(std::move(number.error()));
               auto id = co_await leads.search(std::move(*number), from.who.id);
               if (!id) co_return fail(std::move(id.error()));
               co_return search_view{std::move(*id)};
             });
  routes.add({.method = "GET",
              .path = "/ottb/searches/{search}",
              .permission = "ottb.lead.search",
              .summary = "The leads of a number that the same person asked for",
              .query = {limit_parameter(), after_lead},
              .audit = "ottb.lead.found"},
             [&leads](call from) -> task<result<lead_page>> {
               const int limit = limit_of(from);
               const std::int64_t after = number_of(asked(from, "after"));
               auto found = co_await leads.found(from.path.at("search"), from.who.id, after, limit);
               if (!found) co_return fail(std::move(found.error()));
               co_return page_of(std::move(*found), limit);
             });
}

void add_one_lead(net::router& routes, lead_service& leads) {
  routes.add({.method = "GET",
              .path = "/ottb/leads/{lead}",
              .permission = "ottb.lead.read",
              .summary = "One lead with its number masked",
              .audit = "ottb.lead.read"},
             [&leads](call from) -> task<result<lead_view>> {
               auto found = co_await leads.get(number_of(from.path.at("lead")));
               if (!found) co_return fail(std::move(found.error()));
               co_return view(found->row, found->number);
             });
  routes.add({.method = "GET",
              .path = "/ottb/leads/{lead}/explain",
              .permission = "ottb.lead.read",
              .summary = "Why this lead is or is not called, and when it may be"},
             [&leads](call from) -> task<result<explanation_view>> {
               const std::int64_t id = number_of(from.path.at("lead"));
               auto why = co_await leads.explain(id);
               if (!why) co_return fail(std::move(why.error()));
               auto decisions = co_await leads.store().decisions(id, 20);
               if (!decisions) co_return fail(std::move(decisions.error()));
               co_return view(*why, *decisions);
             });
  routes.add({.method = "GET",
              .path = "/ottb/leads/{lead}/attributes",
              .permission = "ottb.lead.read",
              .summary = "What the import kept about the person",
              .audit = "ottb.lead.attributes"},
             [&leads](call from) -> task<result<dto::json::object>> {
               auto text = co_await leads.attributes(number_of(from.path.at("lead")));
               if (!text) co_return fail(std::move(text.error()));
               auto tree = dto::parse_json(*text);
               if (!tree || !tree->is_object()) co_return fail(errc::internal, "the attributes do not read");
               co_return std::move(tree->get_object());
             });
  routes.add({.method = "POST",
              .path = "/ottb/leads/{lead}/reveal",
              .permission = "ottb.lead.reveal",
              .summary = "The telephone number in full; every look leaves a trace with its reason",
              .audit = "ottb.lead.reveal"},
             [&leads](call from, reveal_reason) -> task<result<revealed_number>> {  // the reason: call::reason
               auto number = co_await leads.reveal(number_of(from.path.at("lead")));
               if (!number) co_return fail(std::move(number.error()));
               co_return revealed_number{std::move(*number)};
             });
}

}  // namespace

void add_routes(net::router& routes, lead_service& leads) {
  routes.path_parameter({"lead", "[0-9]{1,18}", "id of a lead"});
  routes.path_parameter({"search", uuid, "id of a search"});
  add_lead_lists(routes, leads);
  add_one_lead(routes, leads);
}

}  // namespace vss::ottb
