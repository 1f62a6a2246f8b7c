#include "ottb/number_desk.hpp"

#include "ottb/hub_news.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement list_dids{"did_list", R"(
select number, target, trunk_id, version from ottb.did where number > $1 order by number limit $2)"};
constexpr net::statement find_did{"did_find",
                                  "select number, target, trunk_id, version from ottb.did where number = $1"};
constexpr net::statement put_did{"did_put", R"(
insert into ottb.did as d (number, target, trunk_id) values ($1, $2, $3)
on conflict (number) do update set target = excluded.target, trunk_id = excluded.trunk_id, version = d.version + 1
where $4 = '' or d.version::text = $4 returning version = 1)"};
constexpr net::statement remove_did{"did_remove", R"(
delete from ottb.did where number = $1 and ($2 = '' or version::text = $2) returning number)"};
constexpr net::statement slot_exists{"did_slot_exists", R"(
select from ottb.slot where number = $1 and not retired)"};

did_view did_of(const net::row& row) {
  did_view out{row.string(0), row.string(1), {}};
  if (!row.null(2)) out.trunk = static_cast<std::int32_t>(row.whole(2));
  return out;
}

// In a URL the plus may be left out.
std::string number_of(net::call& asked) {
  const auto& text = asked.path["did"];
  return text.starts_with('+') ? text : "+" + text;
}

}  // namespace

task<result<did_page>> number_desk::list(net::call asked) {
  const auto wish = page_of(asked);
  net::params with{wish.after, wish.limit + 1};
  auto found = co_await db_.run(list_dids, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  did_page out;
  for (const auto row : *found) {
    if (static_cast<int>(out.items.size()) == wish.limit) {
      out.next = out.items.back().number;
      break;
    }
    out.items.push_back(did_of(row));
  }
  co_return out;
}

task<result<net::reply<did_view>>> number_desk::get(net::call asked) {
  net::params with{number_of(asked)};
  auto found = co_await db_.run(find_did, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "not one of our numbers");
  net::reply<did_view> out{did_of((*found)[0])};
  out.version = (*found)[0].string(3);
  co_return out;
}

task<result<net::reply<did_view>>> number_desk::put(net::call asked, did_input input) {
  if (input.target.starts_with("slot:")) {
    net::params slot{input.target.substr(5)};
    auto known = co_await db_.run(slot_exists, std::move(slot));
    if (!known) co_return fail(std::move(known.error()));
    if (known->empty()) co_return invalid("/target", "no such slot");
  }
  net::params with{number_of(asked), input.target, input.trunk, asked.if_match.value_or("")};
  std::vector<net::step> steps;
  steps.push_back({&put_did, std::move(with)});
  steps.push_back(edge_changed());
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done && done.error().kind == errc::conflict) co_return invalid("/trunk", "no such trunk");
  if (!done) co_return fail(std::move(done.error()));
  if (done->front().empty()) co_return fail(errc::precondition, "the number has changed meanwhile");
  const bool made = done->front()[0].yes(0);
  auto out = co_await get(std::move(asked));
  if (out && made) out->status = 201;
  co_return out;
}

task<result<net::nothing>> number_desk::remove(net::call asked) {
  net::params with{number_of(asked), asked.if_match.value_or("")};
  std::vector<net::step> steps;
  steps.push_back({&remove_did, std::move(with)});
  steps.push_back(edge_changed());
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  if (!done->front().empty()) co_return net::nothing{};
  auto known = co_await get(asked);
  if (!known) co_return fail(std::move(known.error()));
  co_return fail(errc::precondition, "the number has changed meanwhile");
}

}  // namespace vss::ottb
