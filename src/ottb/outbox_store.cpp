#include "ottb/outbox_store.hpp"

namespace vss::ottb {

namespace {

constexpr net::statement take_rows{"ottb_outbox_take", R"(
select id, exchange, routing_key, body from ottb.outbox order by id limit $1 for update skip locked)"};
constexpr net::statement drop_rows{"ottb_outbox_drop", "delete from ottb.outbox where id = any($1::bigint[])"};
constexpr net::statement any_row{"ottb_outbox_any", "select exists(select 1 from ottb.outbox)"};

}  // namespace

task<result<std::vector<outbox_message>>> outbox_store::take(net::transaction& within, int limit) {
  net::params with{limit};
  auto found = co_await within.run(take_rows, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  std::vector<outbox_message> out;
  for (const auto row : *found) out.push_back({row.whole(0), row.string(1), row.string(2), row.string(3)});
  co_return out;
}

task<result<void>> outbox_store::drop(net::transaction& within, std::vector<std::int64_t> ids) {
  net::params with{net::bigint_array(ids)};
  auto done = co_await within.run(drop_rows, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<bool>> outbox_store::any() {
  auto found = co_await db_.run(any_row, {});
  if (!found) co_return fail(std::move(found.error()));
  co_return (*found)[0].yes(0);
}

}  // namespace vss::ottb
