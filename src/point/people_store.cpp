#include "point/people_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement read_all{"point.person.all",
                                  "select id, login, display_name, state, roles, must_change, version, created_at, "
                                  "updated_at from point.person",
                                  seconds(10)};
constexpr net::statement read_one{"point.person.one",
                                  "select id, login, display_name, state, roles, must_change, version, created_at, "
                                  "updated_at from point.person where id = $1"};
constexpr net::statement read_page{"point.person.page",
                                   "select id, login, display_name, state, roles, must_change, version, created_at, "
                                   "updated_at from point.person where login > $1 order by login limit $2"};
constexpr net::statement insert_person{
    "point.person.add",
    "insert into point.person (id, login, display_name, state, roles, must_change, password_hash, password_until) "
    "values ($1, $2, $3, $4, $5::text[], $6, $7, $8) "
    "returning id, login, display_name, state, roles, must_change, version, created_at, updated_at"};
constexpr net::statement update_person{
    "point.person.change",
    "update point.person set display_name = $3, state = $4, roles = $5::text[], version = version + 1, "
    "updated_at = now() where id = $1 and version = $2 "
    "returning id, login, display_name, state, roles, must_change, version, created_at, updated_at"};
// The rows stay locked until the transaction ends, so that two last administrators cannot remove each other.
constexpr net::statement count_with_role{"point.person.with_role",
                                         "select count(*) from (select 1 from point.person where state = 'active' and "
                                         "$1 = any (roles) and id <> $2 order by id for update) as t"};
constexpr net::statement read_credentials{
    "point.person.credentials",
    "select id, login, display_name, state, password_hash, must_change, password_until "
    "from point.person where login = $1"};
constexpr net::statement read_credentials_by_id{
    "point.person.credentials_by_id",
    "select id, login, display_name, state, password_hash, must_change, password_until "
    "from point.person where id = $1"};
constexpr net::statement update_password{"point.person.password",
                                         "update point.person set password_hash = $3, must_change = $4, password_until "
                                         "= $5, version = version + 1, updated_at = now() "
                                         "where id = $1 and password_hash is not distinct from $2"};
constexpr net::statement read_roles{
    "point.role.all",
    "select r.name, r.meaning, r.machine, r.version, "
    "array(select permission from point.role_permission p where p.role = r.name order by 1) "
    "from point.role r order by r.machine, r.name"};
constexpr net::statement lock_seed{"point.role.seed_lock", "select 1 from pg_advisory_xact_lock(5770922)", seconds(30)};
constexpr net::statement seed_roles{"point.role.seed",
                                    "insert into point.role (name, meaning, machine) "
                                    "select * from unnest($1::text[], $2::text[], $3::bool[]) on conflict do nothing"};
// Only permissions that this installation has not seen bring their default roles.
constexpr net::statement seed_permissions{
    "point.permission.seed",
    "with given as (select * from unnest($1::text[], $2::text[], $3::text[]) as t(name, meaning, roles)), "
    "fresh as (insert into point.permission (name, meaning) select name, meaning from given "
    "  on conflict (name) do nothing returning name) "
    "insert into point.role_permission (role, permission) "
    "select r.role, g.name from fresh join given g using (name), "
    "lateral regexp_split_to_table(g.roles, ' ') as r(role) where r.role <> '' on conflict do nothing"};
constexpr net::statement bump_role{"point.role.bump",
                                   "update point.role set version = version + 1 where name = $1 and version = $2 "
                                   "returning version"};
constexpr net::statement clear_role{"point.role.clear", "delete from point.role_permission where role = $1"};
constexpr net::statement fill_role{"point.role.fill",
                                   "insert into point.role_permission (role, permission) "
                                   "select $1, unnest($2::text[])"};

person_row person_of(const net::row& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3), names_of(row.text(4)),
          row.yes(5),    row.whole(6),  row.time(7),   row.time(8)};
}

std::vector<person_row> people_of(const net::rows& found) {
  std::vector<person_row> out;
  for (const auto row : found) out.push_back(person_of(row));
  return out;
}

result<credentials> credentials_in(const net::rows& found) {
  if (found.empty()) return fail(errc::not_found, "there is no such person");
  const auto row = found[0];
  return credentials{row.string(0), row.string(1), row.string(2),    row.string(3),
                     row.maybe(4),  row.yes(5),    row.maybe_time(6)};
}

}  // namespace

std::vector<std::string> names_of(std::string_view array_text) {
  std::vector<std::string> out;
  if (array_text.size() < 2) return out;
  array_text = array_text.substr(1, array_text.size() - 2);
  while (!array_text.empty()) {
    const auto comma = array_text.find(',');
    out.emplace_back(array_text.substr(0, comma));
    array_text = comma == std::string_view::npos ? std::string_view{} : array_text.substr(comma + 1);
  }
  return out;
}

task<result<std::vector<person_row>>> people_store::all() {
  auto found = co_await db_.run(read_all, {});
  if (!found) co_return fail(std::move(found.error()));
  co_return people_of(*found);
}

task<result<person_row>> people_store::one(std::string id) {
  net::params with{id};
  auto found = co_await db_.run(read_one, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "there is no such person");
  co_return person_of((*found)[0]);
}

task<result<std::vector<person_row>>> people_store::page(std::string after_login, int limit) {
  net::params with{after_login, limit};
  auto found = co_await db_.run(read_page, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return people_of(*found);
}

task<result<person_row>> people_store::add(net::transaction& in, person_row who, std::optional<std::string> hash,
                                           std::optional<instant> until) {
  net::params with{who.id, who.login, who.display_name, who.state, net::text_array(who.roles), who.must_change,
                   hash,   until};
  auto done = co_await in.run(insert_person, std::move(with));
  if (!done && done.error().kind == errc::conflict) co_return fail(errc::conflict, "this login is taken");
  if (!done) co_return fail(std::move(done.error()));
  co_return person_of((*done)[0]);
}

task<result<person_row>> people_store::change(net::transaction& in, person_row who, std::int64_t version) {
  net::params with{who.id, version, who.display_name, who.state, net::text_array(who.roles)};
  auto done = co_await in.run(update_person, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->empty()) co_return fail(errc::precondition, "somebody changed this person meanwhile");
  co_return person_of((*done)[0]);
}

task<result<std::int64_t>> people_store::active_with_role(net::transaction& in, std::string role, std::string except) {
  net::params with{role, except};
  auto found = co_await in.run(count_with_role, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return (*found)[0].whole(0);
}

task<result<credentials>> people_store::credentials_of(std::string login) {
  net::params with{login};
  auto found = co_await db_.run(read_credentials, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return credentials_in(*found);
}

task<result<credentials>> people_store::credentials_by_id(std::string person) {
  net::params with{person};
  auto found = co_await db_.run(read_credentials_by_id, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return credentials_in(*found);
}

task<result<void>> people_store::put_password(net::transaction& in, std::string person,
                                              std::optional<std::string> old_hash, std::string hash, bool must_change,
                                              std::optional<instant> until) {
  net::params with{person, old_hash, hash, must_change, until};
  auto done = co_await in.run(update_password, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  if (done->affected() != 1) co_return fail(errc::conflict, "the password was changed meanwhile");
  co_return result<void>{};
}

task<result<std::vector<role_row>>> people_store::roles() {
  auto found = co_await db_.run(read_roles, {});
  if (!found) co_return fail(std::move(found.error()));
  std::vector<role_row> out;
  for (const auto row : *found) {
    out.push_back({row.string(0), row.string(1), row.yes(2), row.whole(3), names_of(row.text(4))});
  }
  co_return out;
}

task<result<void>> people_store::seed(std::vector<role_row> roles, std::vector<net::permission> permissions) {
  std::vector<std::string> role_names, role_meanings, machine, names, meanings, defaults;
  for (const auto& role : roles) {
    role_names.push_back(role.name);
    role_meanings.push_back(role.meaning);
    machine.emplace_back(role.machine ? "t" : "f");
  }
  for (const auto& permission : permissions) {
    names.emplace_back(permission.name);
    meanings.emplace_back(permission.meaning);
    defaults.emplace_back(permission.roles);
  }
  auto work = co_await db_.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto locked = co_await work->run(lock_seed, {});
  if (!locked) co_return fail(std::move(locked.error()));
  net::params with_roles{net::text_array(role_names), net::text_array(role_meanings), net::text_array(machine)};
  auto seeded = co_await work->run(seed_roles, std::move(with_roles));
  if (!seeded) co_return fail(std::move(seeded.error()));
  net::params with_names{net::text_array(names), net::text_array(meanings), net::text_array(defaults)};
  auto added = co_await work->run(seed_permissions, std::move(with_names));
  if (!added) co_return fail(std::move(added.error()));
  co_return co_await work->commit();
}

task<result<std::int64_t>> people_store::change_role(net::transaction& in, std::string role,
                                                     std::vector<std::string> permissions, std::int64_t version) {
  net::params which{role, version};
  auto bumped = co_await in.run(bump_role, std::move(which));
  if (!bumped) co_return fail(std::move(bumped.error()));
  if (bumped->empty()) co_return fail(errc::precondition, "somebody changed this role meanwhile");
  const auto next = (*bumped)[0].whole(0);
  net::params clear{role};
  auto cleared = co_await in.run(clear_role, std::move(clear));
  if (!cleared) co_return fail(std::move(cleared.error()));
  net::params fill{role, net::text_array(permissions)};
  auto filled = co_await in.run(fill_role, std::move(fill));
  if (!filled) co_return fail(std::move(filled.error()));
  co_return next;
}

}  // namespace vss::point
