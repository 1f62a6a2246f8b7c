// Profiles and flows, version by version: the same three routes twice, each with its own document.
#include "ottb/campaign_service.hpp"
#include "ottb/ivr_flow.hpp"
#include "ottb/lead_routes.hpp"
#include "ottb/profile_document.hpp"

namespace vss::ottb {

namespace {

using net::call;

struct profile_view {
  std::string id;
  std::string name;
  std::int32_t version = 0;
  profile_document document;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(profile_view, (), (id, name, version, document, created_at))
struct profile_page {
  std::vector<profile_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(profile_page, (), (items, next))
struct profile_input {
  std::string name;
  profile_document document;
};
BOOST_DESCRIBE_STRUCT(profile_input, (), (name, document))
inline auto dto_rules(const profile_input*) {
  return dto::rules(dto::format<&profile_input::name>("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}"));
}

struct flow_view {
  std::string id;
  std::string name;
  std::int32_t version = 0;
  ivr_document document;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(flow_view, (), (id, name, version, document, created_at))
struct flow_page {
  std::vector<flow_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(flow_page, (), (items, next))
struct flow_input {
  std::string name;
  ivr_document document;
};
BOOST_DESCRIBE_STRUCT(flow_input, (), (name, document))
inline auto dto_rules(const flow_input*) {
  return dto::rules(dto::format<&flow_input::name>("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}"));
}

struct profiles {
  using input = profile_input;
  using view = profile_view;
  using page = profile_page;
  static constexpr auto kind = document_kind::profile;
  static constexpr auto add = &campaign_service::add_profile;
};
struct flows {
  using input = flow_input;
  using view = flow_view;
  using page = flow_page;
  static constexpr auto kind = document_kind::flow;
  static constexpr auto add = &campaign_service::add_flow;
};

template <class View>
result<View> shown(const named_document& from) {
  auto document = dto::parse<decltype(View::document)>(from.document);
  if (!document) return fail(errc::internal, "a stored document does not read: " + document.error().message);
  return View{from.id, from.name, from.version, std::move(*document), from.created_at};
}

template <class Kind>
void add_list(net::router& routes, campaign_service& campaigns, const std::string& noun) {
  routes.add({.method = "GET",
              .path = "/ottb/" + noun + "s",
              .permission = "ottb." + noun + ".read",
              .summary = "Every version of every " + noun,
              .query = {limit_parameter(),
                        {"after", "[0-9a-f-]{36}", "the cursor that the last page gave"},
                        {"name", ".{1,100}", "only of this name"}}},
             [&campaigns](call from) -> task<result<typename Kind::page>> {
               const int limit = limit_of(from);
               auto found =
                   co_await campaigns.store().documents(Kind::kind, asked(from, "name"), asked(from, "after"), limit);
               if (!found) co_return fail(std::move(found.error()));
               typename Kind::page page;
               for (const auto& each : *found) {
                 auto one = shown<typename Kind::view>(each);
                 if (!one) co_return fail(std::move(one.error()));
                 page.items.push_back(std::move(*one));
               }
               if (static_cast<int>(page.items.size()) == limit) page.next = page.items.back().id;
               co_return page;
             });
}

template <class Kind>
void add_kind(net::router& routes, campaign_service& campaigns, const std::string& noun) {
  add_list<Kind>(routes, campaigns, noun);
  routes.add({.method = "GET",
              .path = "/ottb/" + noun + "s/{document}",
              .permission = "ottb." + noun + ".read",
              .summary = "One version of a " + noun},
             [&campaigns](call from) -> task<result<typename Kind::view>> {
               auto found = co_await campaigns.store().document(Kind::kind, from.path.at("document"));
               if (!found) co_return fail(std::move(found.error()));
               co_return shown<typename Kind::view>(*found);
             });
  routes.add({.method = "POST",
              .path = "/ottb/" + noun + "s",
              .permission = "ottb." + noun + ".write",
              .summary = "A new " + noun + ", or the next version of a name",
              .status = 201,
              .audit = "ottb." + noun + ".create"},
             [&campaigns](call, typename Kind::input input) -> task<result<typename Kind::view>> {
               std::string text = dto::write(input.document);
               auto made = co_await (campaigns.*Kind::add)(std::move(input.name), std::move(text));
               if (!made) co_return fail(std::move(made.error()));
               co_return shown<typename Kind::view>(*made);
             });
}

}  // namespace

void add_document_routes(net::router& routes, campaign_service& campaigns) {
  routes.path_parameter(
      {"document", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "id of one version"});
  add_kind<profiles>(routes, campaigns, "profile");
  add_kind<flows>(routes, campaigns, "flow");
}

}  // namespace vss::ottb
