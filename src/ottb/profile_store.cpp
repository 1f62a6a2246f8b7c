// The part of campaign_store that keeps what campaigns refer to: profiles, flows and caller IDs.
#include "base/dto.hpp"
#include "ottb/campaign_store.hpp"

namespace vss::ottb {

namespace {

// Versions of one name come one after the other; two at once meet in the unique (name, version) and one is told.
constexpr net::statement insert_profile{"ottb_profile_insert", R"(
insert into ottb.profile (id, name, version, document)
select $1::uuid, $2, coalesce(max(version), 0) + 1, $3::jsonb from ottb.profile where name = $2
returning id, name, version, document, created_at)"};
constexpr net::statement insert_flow{"ottb_flow_insert", R"(
insert into ottb.flow (id, name, version, document)
select $1::uuid, $2, coalesce(max(version), 0) + 1, $3::jsonb from ottb.flow where name = $2
returning id, name, version, document, created_at)"};
constexpr net::statement one_profile{"ottb_profile_get",
                                     "select id, name, version, document, created_at from ottb.profile where id = $1"};
constexpr net::statement one_flow{"ottb_flow_get",
                                  "select id, name, version, document, created_at from ottb.flow where id = $1"};
constexpr net::statement list_profiles{"ottb_profile_list", R"(
select id, name, version, document, created_at from ottb.profile
where ($1 = '' or name = $1) and ($2 = '' or (name, version) > (select name, version from ottb.profile where id = $2::uuid))
order by name, version limit $3)"};
constexpr net::statement list_flows{"ottb_flow_list", R"(
select id, name, version, document, created_at from ottb.flow
where ($1 = '' or name = $1) and ($2 = '' or (name, version) > (select name, version from ottb.flow where id = $2::uuid))
order by name, version limit $3)"};
constexpr net::statement newest_profile{"ottb_profile_newest", R"(
select id, name, version, document, created_at from ottb.profile where name = $1 order by version desc limit 1)"};
constexpr net::statement newest_flow{"ottb_flow_newest", R"(
select id, name, version, document, created_at from ottb.flow where name = $1 order by version desc limit 1)"};

// Who may write here has looked at the proof: the number counts as verified from now on.
constexpr net::statement insert_caller{"ottb_caller_insert", R"(
insert into ottb.caller_id (number, proof, verified_at, trunks) values ($1, $2, now(), $3::int[])
returning number, proof, verified_at, to_jsonb(trunks), enabled, version)"};
constexpr net::statement update_caller{"ottb_caller_update", R"(
update ottb.caller_id set enabled = $3, trunks = $4::int[], version = version + 1 where number = $1 and version = $2
returning number, proof, verified_at, to_jsonb(trunks), enabled, version)"};
constexpr net::statement one_caller{"ottb_caller_get", "select version from ottb.caller_id where number = $1"};
constexpr net::statement list_callers{"ottb_caller_list", R"(
select number, proof, verified_at, to_jsonb(trunks), enabled, version from ottb.caller_id
where $1 = '' or number > $1 order by number limit $2)"};

named_document read_document(const net::row& row) {
  return {row.string(0), row.string(1), static_cast<int>(row.whole(2)), row.string(3), row.time(4)};
}

caller_row read_caller(const net::row& row) {
  caller_row out{row.string(0), row.string(1), row.maybe_time(2), {}, row.yes(4), row.whole(5)};
  const auto tree = dto::parse_json(row.text(3));
  if (!tree || !tree->is_array()) return out;
  for (const auto& each : tree->get_array()) out.trunks.push_back(static_cast<std::int32_t>(each.as_int64()));
  return out;
}

std::string trunk_array(const std::vector<std::int32_t>& trunks) {
  return net::bigint_array(std::vector<std::int64_t>(trunks.begin(), trunks.end()));
}

result<named_document> only(const result<net::rows>& found) {
  if (!found) return fail(found.error());
  if (found->empty()) return fail(errc::not_found, "no such document");
  return read_document((*found)[0]);
}

}  // namespace

task<result<named_document>> campaign_store::add_document(document_kind kind, std::string id, std::string name,
                                                          std::string document) {
  net::params with{id, name, document};
  const auto& what = kind == document_kind::profile ? insert_profile : insert_flow;
  const auto made = co_await db_.run(what, std::move(with));
  co_return only(made);
}

task<result<named_document>> campaign_store::document(document_kind kind, std::string id) {
  net::params with{id};
  const auto& what = kind == document_kind::profile ? one_profile : one_flow;
  const auto found = co_await db_.run(what, std::move(with));
  co_return only(found);
}

task<result<named_document>> campaign_store::newest(document_kind kind, std::string name) {
  net::params with{name};
  const auto& what = kind == document_kind::profile ? newest_profile : newest_flow;
  const auto found = co_await db_.run(what, std::move(with));
  co_return only(found);
}

task<result<std::vector<named_document>>> campaign_store::documents(document_kind kind, std::string name,
                                                                    std::string after, int limit) {
  net::params with{name, after, limit};
  const auto& what = kind == document_kind::profile ? list_profiles : list_flows;
  const auto found = co_await db_.run(what, std::move(with));
  if (!found) co_return fail(found.error());
  std::vector<named_document> out;
  for (const auto row : *found) out.push_back(read_document(row));
  co_return out;
}

task<result<caller_row>> campaign_store::add_caller(std::string number, std::string proof,
                                                    std::vector<std::int32_t> trunks) {
  net::params with{number, proof, trunk_array(trunks)};
  auto made = co_await db_.run(insert_caller, std::move(with));
  if (!made) co_return fail(std::move(made.error()));
  co_return read_caller((*made)[0]);
}

task<result<caller_row>> campaign_store::change_caller(std::string number, std::int64_t version, bool enabled,
                                                       std::vector<std::int32_t> trunks) {
  net::params with{number, version, enabled, trunk_array(trunks)};
  auto made = co_await db_.run(update_caller, std::move(with));
  if (!made) co_return fail(std::move(made.error()));
  if (!made->empty()) co_return read_caller((*made)[0]);
  net::params which{number};
  auto present = co_await db_.run(one_caller, std::move(which));
  if (!present) co_return fail(std::move(present.error()));
  if (present->empty()) co_return fail(errc::not_found, "no such caller ID");
  co_return fail(errc::precondition, "the caller ID has changed meanwhile");
}

task<result<std::vector<caller_row>>> campaign_store::callers(std::string after, int limit) {
  net::params with{after, limit};
  auto found = co_await db_.run(list_callers, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<caller_row> out;
  for (const auto row : *found) out.push_back(read_caller(row));
  co_return out;
}

}  // namespace vss::ottb
