#include "ottb/trunk_desk.hpp"

#include "ottb/hub_news.hpp"
#include "ottb/slot_credentials.hpp"

namespace vss::ottb {

namespace {

#define VSS_TRUNK_COLUMNS                                                                                       \
  "id, name, host, port, transport, mode, auth_user, nullif(auth_realm, ''), auth_secret_sealed is not null, "  \
  "cps, channels, priority, weight, prefix, dialect::text, simulated, enabled, health, health_at, created_at, " \
  "version"

constexpr net::statement find_trunk{"trunk_find",
                                    "select " VSS_TRUNK_COLUMNS " from ottb.trunk where id = $1 and not retired"};
constexpr net::statement list_trunks{
    "trunk_list", "select " VSS_TRUNK_COLUMNS " from ottb.trunk where not retired and id > $1 order by id limit $2"};
constexpr net::statement next_id{"trunk_next_id", "select nextval(pg_get_serial_sequence('ottb.trunk', 'id'))"};
constexpr net::statement make_trunk{"trunk_make", R"(
insert into ottb.trunk (id, name, host, port, transport, mode, auth_user, auth_realm, auth_secret_sealed, auth_ha1, cps,
                        channels, priority, weight, prefix, dialect, simulated, enabled)
values ($1, $2, $3, $4, $5, $6, $7, coalesce($8, ''), $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17, $18))"};
// The secret stays when none is given and user and realm are the same; then its HA1 holds too.
constexpr net::statement change_trunk{"trunk_change", R"(
update ottb.trunk set name = $2, host = $3, port = $4, transport = $5, mode = $6, auth_user = $7::text,
  auth_realm = coalesce($8, ''), auth_secret_sealed = case when $7::text is not null then coalesce($9, auth_secret_sealed) end,
  auth_ha1 = case when $7::text is not null then coalesce($10, auth_ha1) end,
  cps = $11, channels = $12, priority = $13, weight = $14, prefix = $15, dialect = $16::jsonb, simulated = $17,
  enabled = $18, version = version + 1,
  health = case when host = $3 and port = $4::int and transport = $5 then health else 'unknown' end
where id = $1 and version = $19::bigint and not retired returning id)"};
constexpr net::statement stored_auth{"trunk_stored_auth", R"(
select coalesce(auth_user, ''), auth_realm, auth_secret_sealed is not null from ottb.trunk where id = $1 and not retired)"};
constexpr net::statement retire_trunk{"trunk_retire", R"(
update ottb.trunk set retired = true, enabled = false, auth_secret_sealed = null, auth_ha1 = null,
  name = name || ' (retired ' || id || ')', version = version + 1
where id = $1 and version = $2::bigint and not retired returning id)"};

trunk_view trunk_of(const net::row& row) {
  trunk_view out;
  const auto small = [&row](int column) { return static_cast<std::int32_t>(row.whole(column)); };
  out.id = small(0);
  out.name = row.string(1);
  out.host = row.string(2);
  out.port = small(3);
  out.transport = row.string(4);
  out.mode = row.string(5);
  out.auth_user = row.maybe(6);
  out.auth_realm = row.maybe(7);
  out.has_secret = row.yes(8);
  out.cps = small(9);
  out.channels = small(10);
  out.priority = small(11);
  out.weight = small(12);
  out.prefix = row.string(13);
  if (auto dialect = dto::parse<trunk_dialect>(row.text(14))) out.dialect = std::move(*dialect);
  out.simulated = row.yes(15);
  out.enabled = row.yes(16);
  out.health = row.string(17);
  out.health_at = row.maybe_time(18);
  out.created_at = row.time(19);
  return out;
}

std::string secret_place(std::int64_t id) { return "ottb.trunk.auth_secret:" + std::to_string(id); }

result<void> sound(const trunk_input& input, bool has_secret) {
  auto wrong = check_trunk(input, has_secret);
  if (wrong.empty()) return {};
  return std::unexpected(error{errc::invalid, "the trunk is not valid", std::move(wrong)});
}

error named_twice(error why) {
  if (why.kind == errc::conflict) why.message = "a trunk of this name exists";
  return why;
}

}  // namespace

task<result<trunk_page>> trunk_desk::list(net::call asked) {
  const auto wish = page_of(asked);
  net::params with{wish.after.empty() ? std::string("0") : wish.after, wish.limit + 1};
  auto found = co_await db_.run(list_trunks, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  trunk_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = std::to_string(out.items.back().id);
      break;
    }
    out.items.push_back(trunk_of(row));
  }
  co_return out;
}

task<result<net::reply<trunk_view>>> trunk_desk::view(std::int64_t id) {
  net::params with{id};
  auto found = co_await db_.run(find_trunk, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such trunk");
  net::reply<trunk_view> out{trunk_of((*found)[0])};
  out.version = (*found)[0].string(20);
  co_return out;
}

task<result<net::reply<trunk_view>>> trunk_desk::get(net::call asked) {
  co_return co_await view(std::stoll(asked.path["trunk"]));
}

net::params trunk_desk::row(std::int64_t id, const trunk_input& input) const {
  std::optional<std::string> sealed;
  std::optional<std::string> ha1;
  if (input.auth_secret) {
    sealed = net::bytea(vault_.seal_site(secret_place(id), input.auth_secret->reveal()));
    ha1 = digest_ha1(input.auth_user.value_or(""), input.auth_realm.value_or(""), *input.auth_secret);
  }
  return {id,
          input.name,
          input.host,
          input.port,
          input.transport,
          input.mode,
          input.auth_user,
          input.auth_realm,
          sealed,
          ha1,
          input.cps,
          input.channels,
          input.priority,
          input.weight,
          input.prefix,
          dto::write(input.dialect),
          input.simulated,
          input.enabled};
}

task<result<net::reply<trunk_view>>> trunk_desk::make(net::call asked, trunk_input input) {
  const auto good = sound(input, false);
  if (!good) co_return fail(good.error());
  net::params none;
  auto given = co_await db_.run(next_id, none);
  if (!given) co_return fail(std::move(given.error()));
  const auto id = (*given)[0].whole(0);
  std::vector<net::step> steps;
  steps.push_back({&make_trunk, row(id, input)});
  steps.push_back(edge_changed());
  auto made = co_await db_.pipeline(std::move(steps));
  if (!made) co_return fail(named_twice(std::move(made.error())));
  auto out = co_await view(id);
  if (!out) co_return out;
  out->status = 201;
  out->location = "/ottb/trunks/" + std::to_string(id);
  co_return out;
}

// A stored secret serves the new input only with the same user and realm.
task<result<bool>> trunk_desk::known_secret(std::int64_t id, const trunk_input& input) {
  net::params with{id};
  auto found = co_await db_.run(stored_auth, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such trunk");
  const auto stored = (*found)[0];
  const bool same = stored.text(0) == input.auth_user.value_or("") && stored.text(1) == input.auth_realm.value_or("");
  if (!input.auth_user) co_return false;
  if (stored.yes(2) && !same && !input.auth_secret) {
    co_return invalid("/auth_secret", "another user or realm needs the secret again");
  }
  co_return stored.yes(2) && same;
}

task<result<net::reply<trunk_view>>> trunk_desk::change(net::call asked, trunk_input input) {
  const auto id = std::stoll(asked.path["trunk"]);
  auto has_secret = co_await known_secret(id, input);
  if (!has_secret) co_return fail(std::move(has_secret.error()));
  const auto good = sound(input, *has_secret);
  if (!good) co_return fail(good.error());
  auto with = row(id, input);
  with.push_back(asked.if_match.value_or("0"));
  std::vector<net::step> steps;
  steps.push_back({&change_trunk, std::move(with)});
  steps.push_back(edge_changed());
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(named_twice(std::move(done.error())));
  if (done->front().empty()) co_return fail(errc::precondition, "the trunk has changed meanwhile");
  co_return co_await view(id);
}

task<result<net::nothing>> trunk_desk::retire(net::call asked) {
  const auto id = std::stoll(asked.path["trunk"]);
  auto known = co_await view(id);
  if (!known) co_return fail(std::move(known.error()));
  net::params with{id, asked.if_match.value_or("0")};
  std::vector<net::step> steps;
  steps.push_back({&retire_trunk, std::move(with)});
  steps.push_back(edge_changed());
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  if (done->front().empty()) co_return fail(errc::precondition, "the trunk has changed meanwhile");
  co_return net::nothing{};
}

}  // namespace vss::ottb
