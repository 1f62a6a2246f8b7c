#include "ottb/import_preview.hpp"
#include "ottb/lead_document.hpp"
#include "ottb/lead_routes.hpp"

namespace vss::ottb {

using net::call;

namespace {

constexpr const char* uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
constexpr std::size_t most_bytes = 100 << 20;
constexpr std::size_t most_preview_bytes = 1 << 20;

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

import_request request_from(const call& from) {
  import_request out;
  if (const auto into = from.path.find("campaign"); into != from.path.end()) out.campaign = into->second;
  out.filename = asked(from, "filename");
  out.by = from.who.id;
  auto& m = out.mapping;
  m.phone = asked(from, "phone");
  m.zone = asked(from, "zone");
  m.consent = asked(from, "consent");
  m.consent_source = asked(from, "consent_source");
  m.consent_at = asked(from, "consent_at");
  m.priority = asked(from, "priority");
  m.region = asked(from, "region");
  if (from.query.contains("zone_default")) m.zone_default = asked(from, "zone_default");
  if (from.query.contains("consent_all")) m.consent_all = asked(from, "consent_all");
  if (from.query.contains("keep")) m.keep = listed(asked(from, "keep"));
  const std::string delimiter = asked(from, "delimiter");
  if (delimiter == "tab")
    out.delimiter = '\t';
  else if (!delimiter.empty())
    out.delimiter = delimiter == "semicolon" ? ';' : delimiter == "pipe" ? '|' : ',';
  return out;
}

std::vector<net::parameter> import_parameters() {
  const char* column = "[^\\r\\n]{1,100}";
  return {{"phone", column, "column of the telephone number"},
          {"zone", column, "column of the IANA time zone"},
          {"consent", column, "column of the consent, yes or no"},
          {"consent_source", column, "column that says where the consent comes from"},
          {"consent_at", column, "column of the consent's date"},
          {"priority", column, "column of the priority, -1000 to 1000"},
          {"region", "[A-Z]{2}", "ISO country of numbers in national format"},
          {"zone_default", "[A-Za-z0-9_+/-]{1,40}", "IANA time zone of rows without one"},
          {"consent_all", ".{3,300}", "asserts consent for the whole file, and says from where"},
          {"keep", ".{0,1000}", "further columns to keep, separated by commas; all without"},
          {"delimiter", "comma|semicolon|tab|pipe", "found out by itself without"},
          {"filename", "[^/\\\\\\r\\n]{1,200}", "for people"}};
}

void add_preview(net::router& routes) {
  auto parameters = import_parameters();
  parameters.push_back({"cut", "yes|no", "yes: the body is the first part of a longer file"});
  routes.add({.method = "POST",
              .path = "/ottb/imports/preview",
              .permission = "ottb.lead.import",
              .summary = "What an import of this file would do, from its first part; nothing is stored",
              .query = std::move(parameters),
              .body_limit = most_preview_bytes,
              .raw_type = "text/csv",
              .audit = "ottb.lead.preview"},
             [](call from, net::raw_body body) -> task<result<import_preview>> {
               const auto asks = request_from(from);
               co_return preview_import(body.text, asks.mapping, asks.delimiter, asked(from, "cut") == "yes");
             });
}

}  // namespace

void add_routes(net::router& routes, import_service& imports) {
  routes.path_parameter({"import", uuid, "id of an import"});
  add_preview(routes);
  routes.add({.method = "POST",
              .path = "/ottb/campaigns/{campaign}/leads",
              .permission = "ottb.lead.import",
              .summary = "Import leads from CSV: all good rows or, when the file cannot be read, nothing",
              .query = import_parameters(),
              .body_limit = most_bytes,
              .raw_type = "text/csv",
              .status = 201,
              .audit = "ottb.lead.import"},
             [&imports](call from, net::raw_body body) -> task<result<import_view>> {
               auto done = co_await imports.run(request_from(from), std::move(body.text));
               if (!done) co_return fail(std::move(done.error()));
               co_return view(*done);
             });
  routes.add({.method = "GET",
              .path = "/ottb/imports",
              .permission = "ottb.lead.read",
              .summary = "Imports by age",
              .query = {limit_parameter(),
                        {"after", uuid, "the cursor that the last page gave"},
                        {"campaign", uuid, "only of this campaign"}}},
             [&imports](call from) -> task<result<import_page>> {
               const int limit = limit_of(from);
               auto found = co_await imports.store().imports(asked(from, "campaign"), asked(from, "after"), limit);
               if (!found) co_return fail(std::move(found.error()));
               import_page page;
               for (const auto& each : *found) page.items.push_back(view(each));
               if (static_cast<int>(page.items.size()) == limit) page.next = page.items.back().id;
               co_return page;
             });
  routes.add({.method = "GET",
              .path = "/ottb/imports/{import}",
              .permission = "ottb.lead.read",
              .summary = "One import and its counts"},
             [&imports](call from) -> task<result<import_view>> {
               auto found = co_await imports.store().import(from.path.at("import"));
               if (!found) co_return fail(std::move(found.error()));
               co_return view(*found);
             });
  routes.add({.method = "GET",
              .path = "/ottb/imports/{import}/errors",
              .permission = "ottb.lead.read",
              .summary = "What was wrong with which row, as CSV; no row's content",
              .raw_type = "text/csv"},
             [&imports](call from) -> task<result<net::raw_reply>> {
               auto text = co_await imports.store().errors_csv(from.path.at("import"));
               if (!text) co_return fail(std::move(text.error()));
               co_return net::raw_reply{"text/csv; charset=utf-8", std::move(*text), 200};
             });
  routes.add({.method = "DELETE",
              .path = "/ottb/imports/{import}",
              .permission = "ottb.lead.import",
              .summary = "Undo an import exactly; refused once one of its leads was dialled",
              .audit = "ottb.lead.import_undo"},
             [&imports](call from) -> task<result<net::nothing>> {
               auto gone = co_await imports.store().undo_import(from.path.at("import"));
               if (!gone) co_return fail(std::move(gone.error()));
               co_return net::nothing{};
             });
}

}  // namespace vss::ottb
