#include "point/people.hpp"

#include <algorithm>

#include "point/token.hpp"

namespace vss::point {
namespace {

bool has_root(const person_row& who) {
  return who.state == "active" && std::ranges::find(who.roles, "root") != who.roles.end();
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  const auto doubles = std::ranges::unique(names);
  names.erase(doubles.begin(), doubles.end());
  return names;
}

dto::json::array json_of(const std::vector<std::string>& names) {
  dto::json::array out;
  for (const auto& name : names) out.emplace_back(name);
  return out;
}

std::unexpected<error> out_of_reach(const std::string& what) {
  return fail(errc::forbidden, "this needs " + what + ", which you do not hold");
}

}  // namespace

person_view view_of(const person_row& row) {
  const auto state = row.state == "active" ? person_state::active : person_state::disabled;
  return {row.id,          row.login,   row.display_name, state,      row.roles,
          row.must_change, row.version, row.created,      row.updated};
}

result<void> people::check_roles(const std::vector<std::string>& roles) const {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (!is_human_role(roles[i])) return invalid("/roles/" + std::to_string(i), "there is no such role for people");
  }
  return {};
}

task<result<people::fresh_password>> people::make_password() {
  fresh_password out;
  out.text = make_one_time_password(p_.random);
  out.until = p_.time.now() + one_time_life;
  auto hash = co_await p_.passwords.hash(out.text);
  if (!hash) co_return fail(std::move(hash.error()));
  out.hash = std::move(*hash);
  co_return out;
}

task<result<person_page>> people::page(std::string after, int limit) {
  auto found = co_await store_.page(std::move(after), limit + 1);
  if (!found) co_return fail(std::move(found.error()));
  person_page out;
  for (const auto& row : *found) {
    if (static_cast<int>(out.items.size()) == limit) {
      out.next = out.items.back().login;
      break;
    }
    out.items.push_back(view_of(row));
  }
  co_return out;
}

task<result<person_view>> people::one(std::string id) {
  auto found = co_await store_.one(std::move(id));
  if (!found) co_return fail(std::move(found.error()));
  co_return view_of(*found);
}

task<result<person_created>> people::create(asker by, person_input input) {
  person_row who;
  who.login = std::move(input.login);
  who.display_name = std::move(input.display_name);
  who.roles = sorted(std::move(input.roles));
  auto known = check_roles(who.roles);
  if (!known) co_return fail(std::move(known.error()));
  if (const auto what = beyond(by.who, who.roles, p_.rights); !what.empty()) co_return out_of_reach(what);
  co_return co_await add(std::move(by), std::move(who));
}

task<result<person_created>> people::create_first(asker by, std::string login, std::string display_name) {
  auto anybody = co_await store_.page("", 1);
  if (!anybody) co_return fail(std::move(anybody.error()));
  if (!anybody->empty()) co_return fail(errc::conflict, "there are people already; ask one of them");
  person_row who;
  who.login = std::move(login);
  who.display_name = std::move(display_name);
  who.roles = {"root"};
  co_return co_await add(std::move(by), std::move(who));
}

task<result<person_created>> people::add(asker by, person_row who) {
  who.id = make_uuid(p_.time, p_.random);
  who.state = "active";
  auto password = co_await make_password();
  if (!password) co_return fail(std::move(password.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto added = co_await store_.add(*work, std::move(who), password->hash, password->until);
  if (!added) co_return fail(std::move(added.error()));
  dto::json::object detail{{"login", added->login}, {"roles", json_of(added->roles)}};
  auto entry = entry_of(by, "point.person.create", "person:" + added->id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  person_created out;
  out.person = view_of(*added);
  out.first_password = {password->text.reveal(), password->until};
  co_return out;
}

// Everybody who could be the other last root is locked until the transaction ends.
task<result<void>> people::keep_a_root(net::transaction& in, person_row before, person_row after) {
  if (!has_root(before) || has_root(after)) co_return result<void>{};
  auto others = co_await store_.active_with_role(in, "root", before.id);
  if (!others) co_return fail(std::move(others.error()));
  if (*others == 0) co_return fail(errc::refused, "the last root stays");
  co_return result<void>{};
}

task<result<person_view>> people::change(asker by, std::string id, person_change input, std::int64_t version) {
  auto before = co_await store_.one(id);
  if (!before) co_return fail(std::move(before.error()));
  person_row after = *before;
  if (input.display_name) after.display_name = *input.display_name;
  if (input.state) after.state = *input.state == person_state::active ? "active" : "disabled";
  if (input.roles) after.roles = sorted(*input.roles);
  auto known = check_roles(after.roles);
  if (!known) co_return fail(std::move(known.error()));
  for (const auto& roles : {before->roles, after.roles}) {
    if (const auto what = beyond(by.who, roles, p_.rights); !what.empty()) co_return out_of_reach(what);
  }
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto rooted = co_await keep_a_root(*work, *before, after);
  if (!rooted) co_return fail(std::move(rooted.error()));
  auto changed = co_await store_.change(*work, after, version);
  if (!changed) co_return fail(std::move(changed.error()));
  if (changed->state != "active") {
    auto ended = co_await sessions_.revoke_all(*work, id, "", "disabled", p_.time.now());
    if (!ended) co_return fail(std::move(ended.error()));
  }
  dto::json::object detail{{"state", changed->state},
                           {"roles", json_of(changed->roles)},
                           {"roles_before", json_of(before->roles)},
                           {"state_before", before->state}};
  auto entry = entry_of(by, "point.person.update", "person:" + id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return view_of(*changed);
}

task<result<one_time_password>> people::reset_password(asker by, std::string id) {
  auto who = co_await store_.one(id);
  if (!who) co_return fail(std::move(who.error()));
  if (const auto what = beyond(by.who, who->roles, p_.rights); !what.empty()) co_return out_of_reach(what);
  auto old = co_await store_.credentials_by_id(id);
  if (!old) co_return fail(std::move(old.error()));
  auto password = co_await make_password();
  if (!password) co_return fail(std::move(password.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto put = co_await store_.put_password(*work, id, old->hash, password->hash, true, password->until);
  if (!put) co_return fail(std::move(put.error()));
  auto ended = co_await sessions_.revoke_all(*work, id, "", "password reset", p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  auto entry = entry_of(by, "point.password.reset", "person:" + id);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return one_time_password{password->text.reveal(), password->until};
}

task<result<void>> people::end_sessions(asker by, std::string id) {
  auto who = co_await store_.one(id);
  if (!who) co_return fail(std::move(who.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto ended = co_await sessions_.revoke_all(*work, id, "", "ended by " + by.who.id, p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return kept;
  dto::json::object detail{{"sessions", *ended}};
  auto entry = entry_of(by, "point.session.revoke_all", "person:" + id, true, std::move(detail));
  co_return co_await p_.log.append(std::move(entry));
}

task<result<role_view>> people::change_role(asker by, std::string role, role_change input, std::int64_t version) {
  const auto known = p_.rights.roles().find(role);
  if (known == p_.rights.roles().end()) co_return fail(errc::not_found, "there is no such role");
  if (role == "root") co_return fail(errc::refused, "root may do everything, always");
  const role_row before = known->second;
  const auto wanted = sorted(std::move(input.permissions));
  for (const auto& permission : wanted) {
    if (!p_.rights.every_permission().contains(permission)) {
      co_return invalid("/permissions", "there is no permission " + permission);
    }
    const bool had = std::ranges::find(before.permissions, permission) != before.permissions.end();
    if (!had && !by.who.may(permission)) co_return out_of_reach(permission);
  }
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto next = co_await store_.change_role(*work, role, wanted, version);
  if (!next) co_return fail(std::move(next.error()));
  dto::json::object detail{{"permissions", json_of(wanted)}, {"permissions_before", json_of(before.permissions)}};
  auto entry = entry_of(by, "point.role.update", "role:" + role, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return role_view{before.name, before.meaning, before.machine, *next, wanted};
}

}  // namespace vss::point
