#include "ottb/lead_document.hpp"
#include "ottb/lead_routes.hpp"

namespace vss::ottb {

using net::call;

namespace {

struct dnc_input {
  e164 number;
  std::optional<std::string> region;
  std::string list = "global";  // global, national, or the id of a campaign
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(dnc_input, (), (number, region, list, reason))
inline auto dto_rules(const dnc_input*) {
  return dto::rules(dto::length<&dnc_input::number>(1, 64), dto::format<&dnc_input::region>("[A-Z]{2}"),
                    dto::has_default<&dnc_input::list>(),
                    dto::format<&dnc_input::list>("global|national|[0-9a-f-]{36}"),
                    dto::length<&dnc_input::reason>(1, 300));
}
struct dnc_view {
  std::string id;  // of the entry; not the number
  std::string list, source;
  std::optional<std::string> reason, added_by;
  instant added_at{};
};
BOOST_DESCRIBE_STRUCT(dnc_view, (), (id, list, source, reason, added_by, added_at))
struct dnc_page {
  std::vector<dnc_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(dnc_page, (), (items, next))
struct dnc_added {
  bool added = false;  // false: it was listed already
};
BOOST_DESCRIBE_STRUCT(dnc_added, (), (added))

std::string raw_index(std::string_view hex_text) { return net::from_bytea("\\x" + std::string(hex_text)); }

dnc_view shown(const dnc_entry& entry) {
  dnc_view out;
  out.id = net::bytea(entry.index).substr(2);
  out.list = entry.scope;
  out.source = entry.source;
  if (!entry.reason.empty()) out.reason = entry.reason;
  if (!entry.added_by.empty()) out.added_by = entry.added_by;
  out.added_at = entry.added_at;
  return out;
}

}  // namespace

void add_routes(net::router& routes, dnc_service& dnc) {
  const net::parameter list{"list", "global|national|[0-9a-f-]{36}", "global without"};
  const net::parameter after{"after", "[0-9a-f]{64}", "the cursor that the last page gave"};
  routes.path_parameter({"dnc_entry", "[0-9a-f]{64}", "id of a do-not-call entry"});
  const auto list_of = [](const call& from) {
    const auto text = asked(from, "list");
    return text.empty() ? std::string("global") : text;
  };
  routes.add({.method = "GET",
              .path = "/ottb/do-not-call",
              .permission = "ottb.dnc.read",
              .summary = "Entries of a do-not-call list, without numbers",
              .query = {limit_parameter(), after, list}},
             [&dnc, list_of](call from) -> task<result<dnc_page>> {
               const int limit = limit_of(from);
               const std::string start = asked(from, "after");
               const std::string index = start.empty() ? start : raw_index(start);
               auto found = co_await dnc.list(list_of(from), index, limit);
               if (!found) co_return fail(std::move(found.error()));
               dnc_page page;
               for (const auto& each : *found) page.items.push_back(shown(each));
               if (static_cast<int>(page.items.size()) == limit) page.next = page.items.back().id;
               co_return page;
             });
  routes.add({.method = "POST",
              .path = "/ottb/do-not-call",
              .permission = "ottb.dnc.write",
              .summary = "Never call this number again; what is queued for it ends within a second",
              .status = 201,
              .audit = "ottb.dnc.add"},
             [&dnc](call from, dnc_input input) -> task<result<dnc_added>> {
               auto number = number_from({input.number, input.region});
               if (!number) co_return fail(std::move(number.error()));
               dnc_service::request why{input.list, "person", input.reason.value_or(""), from.who.id};
               auto added = co_await dnc.add(std::move(*number), std::move(why));
               if (!added) co_return fail(std::move(added.error()));
               co_return dnc_added{*added};
             });
  routes.add({.method = "POST",
              .path = "/ottb/do-not-call/lookups",
              .permission = "ottb.dnc.read",
              .summary = "On which lists is this number",
              .audit = "ottb.dnc.lookup"},
             [&dnc](call, number_input input) -> task<result<dnc_page>> {
               auto number = number_from(input);
               if (!number) co_return fail(std::move(number.error()));
               auto found = co_await dnc.of(std::move(*number));
               if (!found) co_return fail(std::move(found.error()));
               dnc_page page;
               for (const auto& each : *found) page.items.push_back(shown(each));
               co_return page;
             });
  routes.add({.method = "DELETE",
              .path = "/ottb/do-not-call/{dnc_entry}",
              .permission = "ottb.dnc.remove",
              .summary = "Take an entry off a list",
              .query = {list, {"reason", "[^\\x00-\\x1f]{1,1000}", "why, for the audit log"}},
              .audit = "ottb.dnc.remove"},
             [&dnc, list_of](call from) -> task<result<net::nothing>> {
               auto gone = co_await dnc.remove_index(raw_index(from.path.at("dnc_entry")), list_of(from));
               if (!gone) co_return fail(std::move(gone.error()));
               co_return net::nothing{};
             });
}

}  // namespace vss::ottb
