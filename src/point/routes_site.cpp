#include <charconv>

#include "point/routes.hpp"

namespace vss::point {
namespace {

void add_enrolment(net::router& to, service& point) {
  to.add({.method = "POST",
          .path = "/point/archonts/tokens",
          .permission = "point.archont.enrol",
          .summary = "Make a one-time enrolment token for a hub; it is shown once and lives 15 minutes",
          .status = 201,
          .audit = "point.archont.token"},
         [&point](net::call from, enrol_token_input input) -> task<result<enrol_token_answer>> {
           return point.enrolment().make_token(asker_of(from), std::move(input));
         });
  to.add({.method = "POST",
          .path = "/point/archonts/enrol",
          .permission = "open",
          .summary = "Buy a hub's first certificate with an enrolment token",
          .body_limit = 16 * 1024,
          .audit = "point.archont.enrol"},
         [&point](net::call from, link::enrol_request input) -> task<result<link::enrol_answer>> {
           auto by = asker_of(from);
           by.who = {};
           return point.enrolment().enrol(std::move(by), std::move(input));
         });
  to.add({.method = "POST",
          .path = "/point/archonts/renew",
          .permission = "open",
          .summary = "Renew a hub's certificate, proven by the one in force, also when it has expired",
          .body_limit = 32 * 1024,
          .audit = "point.archont.renew"},
         [&point](net::call from, link::renew_request input) -> task<result<link::enrol_answer>> {
           auto by = asker_of(from);
           by.who = {};
           std::string shown = from.request ? from.request->peer_fingerprint : std::string();
           return point.enrolment().renew(std::move(by), std::move(input), std::move(shown));
         });
}

void add_identities(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/archonts",
          .permission = "point.archont.read",
          .summary = "Hubs' identities, by label",
          .query = {limit_parameter(), after_parameter()}},
         [&point](net::call from) -> task<result<archont_page>> {
           return point.enrolment().page(query_of(from, "after"), limit_of(from));
         });
  to.add({.method = "GET",
          .path = "/point/archonts/{archont}",
          .permission = "point.archont.read",
          .summary = "One hub's identity"},
         [&point](net::call from) -> task<result<archont_view>> {
           return point.enrolment().one(from.path.at("archont"));
         });
  to.add({.method = "POST",
          .path = "/point/archonts/{archont}/revoke",
          .permission = "point.archont.revoke",
          .summary = "End a hub's identity for ever; its connections end within a second",
          .audit = "point.archont.revoke"},
         [&point](net::call from, archont_revocation input) -> task<result<archont_view>> {
           return point.enrolment().revoke(asker_of(from), from.path.at("archont"), std::move(input.reason));
         });
}

void add_keys(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/keys",
          .permission = "point.key.read",
          .summary = "Signing keys and their states, without their secrets"},
         [&point](net::call) -> task<result<signing_key_list>> {
           signing_key_list out;
           for (const auto& key : point.keys().all()) {
             out.items.push_back({key.kid, key.state, key.created, key.active, key.retired});
           }
           co_return out;
         });
  to.add({.method = "POST",
          .path = "/point/keys/rotate",
          .permission = "point.key.rotate",
          .summary = "Put the next signing key in force",
          .audit = "point.key.rotate"},
         [&point](net::call from, key_rotation input) -> task<result<net::nothing>> {
           auto done = co_await point.rotate_keys(asker_of(from), input.at_once.value_or(false));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
}

result<std::optional<instant>> time_of(const net::call& from, const std::string& name) {
  const std::string text = query_of(from, name);
  if (text.empty()) return std::nullopt;
  auto when = parse_instant(text);
  if (!when) return invalid("/query/" + name, when.error().message);
  return *when;
}

result<audit_filter> filter_of(const net::call& from) {
  audit_filter out{query_of(from, "actor"),
                   query_of(from, "action"),
                   query_of(from, "object"),
                   query_of(from, "trail"),
                   std::nullopt,
                   std::nullopt,
                   std::nullopt};
  if (const auto allowed = query_of(from, "allowed"); !allowed.empty()) out.allowed = allowed == "true";
  const auto since = time_of(from, "from");
  if (!since) return std::unexpected(since.error());
  const auto until = time_of(from, "until");
  if (!until) return std::unexpected(until.error());
  out.from = *since;
  out.until = *until;
  return out;
}

void add_audit(net::router& to, service& point) {
  constexpr auto time_text = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{8,15}([Zz]|[+-][0-9:]{2,5})";
  to.add({.method = "GET",
          .path = "/point/audit",
          .permission = "point.audit.read",
          .summary = "The security audit log, newest first",
          .query = {limit_parameter(),
                    {"after", "[1-9][0-9]{0,17}", "the `next` of the page before"},
                    {"actor", "[ -~]{1,600}", "who: a person's, hub's or service's id"},
                    {"action", "[a-z0-9_.]{1,100}[*]?", "an action, or a prefix ending in . or *"},
                    {"object", "[ -~]{1,600}", "what: kind:id"},
                    {"trail", "[0-9a-f-]{36}", "the story it belongs to"},
                    {"allowed", "true|false", "only what was allowed, or only what was refused"},
                    {"from", time_text, "RFC 3339, included"},
                    {"until", time_text, "RFC 3339, excluded"}},
          .audit = "point.audit.read"},
         [&point](net::call from) -> task<result<audit_page>> {
           auto filter = filter_of(from);
           if (!filter) co_return fail(std::move(filter.error()));
           const std::string after = query_of(from, "after");
           std::int64_t before = 0;
           std::from_chars(after.data(), after.data() + after.size(), before);
           co_return co_await point.audit_entries(std::move(*filter), before, limit_of(from));
         });
  to.add({.method = "POST",
          .path = "/point/audit/verify",
          .permission = "point.audit.verify",
          .summary = "Walk the whole audit log and its signed checkpoints; says what was edited, removed, moved or cut",
          .audit = "point.audit.verify"},
         [&point](net::call from) -> task<result<audit_verification>> { return point.verify_audit(asker_of(from)); });
}

}  // namespace

void add_site_routes(net::router& to, service& point) {
  add_enrolment(to, point);
  add_identities(to, point);
  add_keys(to, point);
  add_audit(to, point);
}

}  // namespace vss::point
