#include "ottb/trunk_desk.hpp"

#include "ottb/hub_news.hpp"

namespace vss::ottb {
namespace {

#define VSS_TRUNK                                                                                                     \
  "id, name, host, port, transport, cps, channels, priority, weight, prefix, simulated, enabled, health, health_at, " \
  "version"

constexpr net::statement all_trunks{
    "ottb.trunk.list", "select " VSS_TRUNK " from ottb.trunk where not retired and id > $1 order by id limit $2"};
constexpr net::statement one_trunk{"ottb.trunk.find",
                                   "select " VSS_TRUNK " from ottb.trunk where id = $1 and not retired"};
constexpr net::statement add_trunk{
    "ottb.trunk.add",
    "insert into ottb.trunk (name, host, port, transport, cps, channels, priority, weight, prefix, simulated, enabled)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning " VSS_TRUNK};
constexpr net::statement change_trunk{
    "ottb.trunk.change",
    "update ottb.trunk set name = $1, host = $2, port = $3, transport = $4, cps = $5, channels = $6, priority = $7,"
    " weight = $8, prefix = $9, simulated = $10, enabled = $11, version = version + 1"
    " where id = $12 and version = $13 and not retired returning " VSS_TRUNK};
constexpr net::statement retire_trunk{"ottb.trunk.retire",
                                      "update ottb.trunk set retired = true, enabled = false, name = name || ' "
                                      "(retired ' || id || ')', version = version + 1"
                                      " where id = $1 and not retired returning id"};
constexpr net::statement all_dids{
    "ottb.did.list",
    "select number, target, trunk_id, version from ottb.did where number > $1 order by number limit $2"};
constexpr net::statement put_did{
    "ottb.did.put",
    "insert into ottb.did as d (number, target, trunk_id) values ($1, $2, $3) on conflict (number) do update"
    " set target = excluded.target, trunk_id = excluded.trunk_id, version = d.version + 1"
    " returning number, target, trunk_id, version"};
constexpr net::statement drop_did{"ottb.did.drop", "delete from ottb.did where number = $1 returning number"};

#undef VSS_TRUNK

trunk_view trunk_of(const net::row& row) {
  trunk_view out;
  out.id = static_cast<std::int32_t>(row.whole(0));
  out.name = row.string(1);
  out.host = row.string(2);
  out.port = static_cast<std::int32_t>(row.whole(3));
  boost::describe::enum_from_string(row.string(4).c_str(), out.transport);
  out.cps = static_cast<std::int32_t>(row.whole(5));
  out.channels = static_cast<std::int32_t>(row.whole(6));
  out.priority = static_cast<std::int32_t>(row.whole(7));
  out.weight = static_cast<std::int32_t>(row.whole(8));
  out.prefix = row.string(9);
  out.simulated = row.yes(10);
  out.enabled = row.yes(11);
  out.health = row.string(12);
  out.health_at = row.maybe_time(13);
  out.version = row.whole(14);
  return out;
}

net::reply<trunk_view> answer_of(const net::row& row, int status) {
  net::reply<trunk_view> out{trunk_of(row)};
  out.status = status;
  out.version = std::to_string(out.body.version);
  out.location = "/ottb/trunks/" + std::to_string(out.body.id);
  return out;
}

did_view did_of(const net::row& row) {
  did_view out{row.string(0), row.string(1), std::nullopt, row.whole(3)};
  if (!row.null(2)) out.trunk = static_cast<std::int32_t>(row.whole(2));
  return out;
}

bool loopback(const std::string& host) { return host.starts_with("127.") || host == "localhost" || host == "::1"; }

result<void> check(const trunk_input& input) {
  if (input.simulated && !loopback(input.host)) return invalid("/host", "a simulated trunk must be on loopback");
  return {};
}

net::params values(const trunk_input& input) {
  return {input.name,   input.host,      input.port,     boost::describe::enum_to_string(input.transport, ""),
          input.cps,    input.channels,  input.priority, input.weight,
          input.prefix, input.simulated, input.enabled};
}

int limit_of(net::call& asked) {
  const std::string text = asked.query["limit"];
  return text.empty() ? 50 : std::stoi(text);
}

// The change and the word to the edge are one transaction.
task<result<net::rows>> told(net::pg_pool& db, const net::statement& what, net::params with) {
  std::vector<net::step> steps;
  steps.push_back({&what, std::move(with)});
  steps.push_back(edge_changed());
  auto done = co_await db.pipeline(std::move(steps));
  if (!done) co_return std::unexpected(std::move(done.error()));
  co_return std::move(done->front());
}

}  // namespace

task<result<trunk_page>> trunk_desk::list(net::call asked) {
  const int limit = limit_of(asked);
  net::params with{asked.query["after"].empty() ? std::string("0") : asked.query["after"], limit};
  auto found = co_await db_.run(all_trunks, std::move(with));
  if (!found) co_return std::unexpected(std::move(found.error()));
  trunk_page out;
  for (const auto row : *found) out.items.push_back(trunk_of(row));
  if (found->size() == limit) out.next = std::to_string(out.items.back().id);
  co_return out;
}

task<result<net::reply<trunk_view>>> trunk_desk::get(net::call asked) {
  net::params with{asked.path["trunk"]};
  auto found = co_await db_.run(one_trunk, std::move(with));
  if (!found) co_return std::unexpected(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such trunk");
  co_return answer_of((*found)[0], 200);
}

task<result<net::reply<trunk_view>>> trunk_desk::make(net::call, trunk_input input) {
  const auto good = check(input);
  if (!good) co_return std::unexpected(good.error());
  auto made = co_await told(db_, add_trunk, values(input));
  if (!made) co_return std::unexpected(std::move(made.error()));
  co_return answer_of((*made)[0], 201);
}

task<result<net::reply<trunk_view>>> trunk_desk::change(net::call asked, trunk_input input) {
  const auto good = check(input);
  if (!good) co_return std::unexpected(good.error());
  net::params with = values(input);
  with.emplace_back(asked.path["trunk"]);
  with.emplace_back(asked.if_match.value_or("0"));
  auto changed = co_await told(db_, change_trunk, std::move(with));
  if (!changed) co_return std::unexpected(std::move(changed.error()));
  if (changed->empty()) co_return fail(errc::precondition, "the trunk is another version, or gone; read it again");
  co_return answer_of((*changed)[0], 200);
}

task<result<net::nothing>> trunk_desk::retire(net::call asked) {
  net::params with{asked.path["trunk"]};
  auto gone = co_await told(db_, retire_trunk, std::move(with));
  if (!gone) co_return std::unexpected(std::move(gone.error()));
  if (gone->empty()) co_return fail(errc::not_found, "no such trunk");
  co_return net::nothing{};
}

task<result<did_page>> trunk_desk::dids(net::call asked) {
  const int limit = limit_of(asked);
  net::params with{asked.query["after"], limit};
  auto found = co_await db_.run(all_dids, std::move(with));
  if (!found) co_return std::unexpected(std::move(found.error()));
  did_page out;
  for (const auto row : *found) out.items.push_back(did_of(row));
  if (found->size() == limit) out.next = out.items.back().number;
  co_return out;
}

task<result<net::reply<did_view>>> trunk_desk::route(net::call asked, did_input input) {
  net::params with{asked.path["did"], input.target, input.trunk};
  auto done = co_await told(db_, put_did, std::move(with));
  if (!done) co_return std::unexpected(std::move(done.error()));
  net::reply<did_view> out{did_of((*done)[0])};
  out.version = std::to_string(out.body.version);
  co_return out;
}

task<result<net::nothing>> trunk_desk::unroute(net::call asked) {
  net::params with{asked.path["did"]};
  auto gone = co_await told(db_, drop_did, std::move(with));
  if (!gone) co_return std::unexpected(std::move(gone.error()));
  if (gone->empty()) co_return fail(errc::not_found, "no such number of ours");
  co_return net::nothing{};
}

void add_routes(net::router& to, trunk_desk& desk) {
  to.path_parameter({"trunk", "[0-9]{1,9}", "a trunk's number"});
  to.path_parameter({"did", "\\+[1-9][0-9]{6,14}", "one of our own numbers, +E.164"});
  const std::vector<net::parameter> page{{"limit", "[1-9][0-9]?|[1-4][0-9]{2}|500", "1 to 500, 50 when absent"},
                                         {"after", "[+0-9]{1,16}", "the cursor of the page before"}};
  to.add({.method = "GET",
          .path = "/ottb/trunks",
          .permission = "ottb.trunk.read",
          .summary = "trunks, their limits and health",
          .query = page},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/trunks",
          .permission = "ottb.trunk.write",
          .summary = "add a trunk",
          .status = 201,
          .audit = "ottb.trunk.add"},
         [&desk](net::call asked, trunk_input input) { return desk.make(std::move(asked), std::move(input)); });
  to.add({.method = "GET", .path = "/ottb/trunks/{trunk}", .permission = "ottb.trunk.read", .summary = "one trunk"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "PUT",
          .path = "/ottb/trunks/{trunk}",
          .permission = "ottb.trunk.write",
          .summary = "change a trunk",
          .if_match = true,
          .audit = "ottb.trunk.change"},
         [&desk](net::call asked, trunk_input input) { return desk.change(std::move(asked), std::move(input)); });
  to.add({.method = "DELETE",
          .path = "/ottb/trunks/{trunk}",
          .permission = "ottb.trunk.write",
          .summary = "retire a trunk",
          .audit = "ottb.trunk.retire"},
         [&desk](net::call asked) { return desk.retire(std::move(asked)); });
  to.add({.method = "GET",
          .path = "/ottb/dids",
          .permission = "ottb.did.read",
          .summary = "our own numbers and where they lead",
          .query = page},
         [&desk](net::call asked) { return desk.dids(std::move(asked)); });
  to.add({.method = "PUT",
          .path = "/ottb/dids/{did}",
          .permission = "ottb.did.write",
          .summary = "lead one of our numbers to a slot, a service or a queue",
          .audit = "ottb.did.route"},
         [&desk](net::call asked, did_input input) { return desk.route(std::move(asked), std::move(input)); });
  to.add({.method = "DELETE",
          .path = "/ottb/dids/{did}",
          .permission = "ottb.did.write",
          .summary = "take one of our numbers out of use",
          .audit = "ottb.did.drop"},
         [&desk](net::call asked) { return desk.unroute(std::move(asked)); });
}

}  // namespace vss::ottb
