#include "point/routes.hpp"

namespace vss::point {
namespace {

net::reply<person_view> versioned(person_view view) {
  net::reply<person_view> out{std::move(view)};
  out.version = std::to_string(out.body.version);
  return out;
}

void add_reading(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/people",
          .permission = "point.person.read",
          .summary = "People, by login",
          .query = {limit_parameter(), after_parameter()},
          .audit = "point.person.read"},
         [&point](net::call from) -> task<result<person_page>> {
           return point.people().page(query_of(from, "after"), limit_of(from));
         });
  to.add({.method = "GET",
          .path = "/point/people/{person}",
          .permission = "point.person.read",
          .summary = "One person",
          .audit = "point.person.read"},
         [&point](net::call from) -> task<result<net::reply<person_view>>> {
           auto found = co_await point.people().one(from.path.at("person"));
           if (!found) co_return fail(std::move(found.error()));
           co_return versioned(std::move(*found));
         });
}

void add_changing(net::router& to, service& point) {
  to.add({.method = "POST",
          .path = "/point/people",
          .permission = "point.person.create",
          .summary = "Add a person; the answer holds the one-time password, once",
          .status = 201,
          .audit = "point.person.create"},
         [&point](net::call from, person_input input) -> task<result<net::reply<person_created>>> {
           auto made = co_await point.people().create(asker_of(from), std::move(input));
           if (!made) co_return fail(std::move(made.error()));
           net::reply<person_created> out{std::move(*made), 201};
           out.version = std::to_string(out.body.person.version);
           out.location = "/point/people/" + out.body.person.id;
           co_return out;
         });
  to.add({.method = "PATCH",
          .path = "/point/people/{person}",
          .permission = "point.person.update",
          .summary = "Change a person's name, roles or state",
          .if_match = true,
          .audit = "point.person.update"},
         [&point](net::call from, person_change input) -> task<result<net::reply<person_view>>> {
           const auto version = version_of(from);
           if (!version) co_return fail(version.error());
           auto done =
               co_await point.people().change(asker_of(from), from.path.at("person"), std::move(input), *version);
           if (!done) co_return fail(std::move(done.error()));
           co_return versioned(std::move(*done));
         });
  to.add({.method = "POST",
          .path = "/point/people/{person}/one-time-password",
          .permission = "point.password.reset",
          .summary = "Give a person a new one-time password; all of his sessions end",
          .audit = "point.password.reset"},
         [&point](net::call from) -> task<result<one_time_password>> {
           return point.people().reset_password(asker_of(from), from.path.at("person"));
         });
}

void add_sessions(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/sessions",
          .permission = "point.session.read",
          .summary = "Sessions and service tokens that live, newest first",
          .query = {limit_parameter(), after_parameter(), {"person", "[0-9a-f-]{36}", "only of this person"}},
          .audit = "point.session.read"},
         [&point](net::call from) -> task<result<session_page>> {
           std::optional<std::string> person;
           if (const auto asked = query_of(from, "person"); is_uuid(asked)) person = asked;
           return point.sign_in().sessions(std::move(person), query_of(from, "after"), limit_of(from));
         });
  to.add({.method = "DELETE",
          .path = "/point/sessions/{session}",
          .permission = "point.session.revoke",
          .summary = "End a session or a service token at once",
          .audit = "point.session.revoke"},
         [&point](net::call from) -> task<result<net::nothing>> {
           auto done = co_await point.sign_in().end_session(asker_of(from), from.path.at("session"), std::nullopt);
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
  to.add({.method = "POST",
          .path = "/point/people/{person}/logout-everywhere",
          .permission = "point.session.revoke",
          .summary = "End all sessions of a person",
          .audit = "point.session.revoke_all"},
         [&point](net::call from) -> task<result<net::nothing>> {
           auto done = co_await point.people().end_sessions(asker_of(from), from.path.at("person"));
           if (!done) co_return fail(std::move(done.error()));
           co_return net::nothing{};
         });
}

void add_roles(net::router& to, service& point) {
  to.add({.method = "GET",
          .path = "/point/roles",
          .permission = "point.role.read",
          .summary = "Roles and permissions, each with the other"},
         [&point](net::call) -> task<result<role_list>> { co_return point.roles(); });
  to.add({.method = "PUT",
          .path = "/point/roles/{role}",
          .permission = "point.role.update",
          .summary = "Say what a role may do",
          .if_match = true,
          .audit = "point.role.update"},
         [&point](net::call from, role_change input) -> task<result<net::reply<role_view>>> {
           const auto version = version_of(from);
           if (!version) co_return fail(version.error());
           auto done =
               co_await point.people().change_role(asker_of(from), from.path.at("role"), std::move(input), *version);
           if (!done) co_return fail(std::move(done.error()));
           net::reply<role_view> out{std::move(*done)};
           out.version = std::to_string(out.body.version);
           co_return out;
         });
  to.add({.method = "GET",
          .path = "/point/permissions/explain",
          .permission = "point.role.read",
          .summary = "Why a person may or may not do something",
          .query = {{"person", "[0-9a-f-]{36}", "a person's id"},
                    {"permission", "[a-z0-9_.-]{1,100}", "module.object.verb"}}},
         [&point](net::call from) -> task<result<permission_answer>> {
           const std::string person = query_of(from, "person");
           const std::string permission = query_of(from, "permission");
           if (!is_uuid(person)) co_return invalid("/query/person", "is needed");
           if (permission.empty()) co_return invalid("/query/permission", "is needed");
           auto row = co_await point.people().row(person);
           if (!row) co_return fail(std::move(row.error()));
           co_return explain(*row, permission, point.rights());
         });
}

}  // namespace

void add_people_routes(net::router& to, service& point) {
  add_reading(to, point);
  add_changing(to, point);
  add_sessions(to, point);
  add_roles(to, point);
}

}  // namespace vss::point
