#include "point/audit_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement read_head{"point.audit.head", "select chain, seq, hash from point.audit_head"};
constexpr net::statement lock{"point.audit.lock", "select chain, seq, hash from point.audit_head for update",
                              seconds(5)};
constexpr net::statement insert_rows{
    "point.audit.insert",
    "with moved as (update point.audit_head set seq = $1, hash = $2) "
    "insert into point.security_audit_log "
    "(seq, at, actor, action, object, allowed, trail, detail, prev_hash, hash) "
    "select * from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::bool[], "
    "$9::text[], $10::text[], $11::bytea[], $12::bytea[])",
    seconds(5)};
constexpr net::statement holds_row{"point.audit.holds",
                                   "select 1 from point.security_audit_log where seq = $1 and hash = $2", seconds(5)};
constexpr net::statement read_page{"point.audit.page",
                                   "select seq, at, actor, action, object, allowed, trail, detail, prev_hash, hash "
                                   "from point.security_audit_log where seq > $1 and seq <= $2 order by seq limit $3",
                                   seconds(30)};
constexpr net::statement find_rows{
    "point.audit.search",
    "select seq, at, actor, action, object, allowed, trail, detail, prev_hash, hash from point.security_audit_log "
    "where ($1::bigint = 0 or seq < $1) and ($2::text is null or actor = $2) "
    "and ($3::text is null or action = $3) and ($4::text is null or starts_with(action, $4)) "
    "and ($5::text is null or object = $5) and ($6::text is null or trail = $6) "
    "and ($7::bool is null or allowed = $7) and ($8::timestamptz is null or at >= $8) "
    "and ($9::timestamptz is null or at < $9) order by seq desc limit $10",
    seconds(10)};

audit_head head_of(const net::row& row) {
  audit_head out{row.string(0), {row.whole(1), ""}};
  out.last.hash = row.null(2) ? genesis_hash(out.chain) : net::from_bytea(row.text(2));
  return out;
}

std::vector<audit_row> rows_of(const net::rows& found) {
  std::vector<audit_row> out;
  out.reserve(static_cast<std::size_t>(found.size()));
  for (const auto row : found) {
    out.push_back({row.whole(0), row.time(1), row.string(2), row.string(3), row.string(4), row.yes(5), row.string(6),
                   row.string(7), net::from_bytea(row.text(8)), net::from_bytea(row.text(9))});
  }
  return out;
}

std::optional<std::string> asked(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

}  // namespace

task<result<audit_head>> audit_store::head() {
  auto found = co_await db_.run(read_head, {});
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::internal, "the audit log has no head");
  co_return head_of((*found)[0]);
}

task<result<audit_head>> audit_store::lock_head(net::transaction& in) {
  auto found = co_await in.run(lock, {});
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::internal, "the audit log has no head");
  co_return head_of((*found)[0]);
}

task<result<void>> audit_store::insert(net::transaction& in, std::vector<audit_row> rows) {
  std::vector<std::int64_t> seqs;
  std::vector<std::string> at, actor, action, object, allowed, story, detail, prev, hash;
  for (const auto& row : rows) {
    seqs.push_back(row.seq);
    at.push_back(to_text(row.at));
    actor.push_back(row.actor);
    action.push_back(row.action);
    object.push_back(row.object);
    allowed.emplace_back(row.allowed ? "t" : "f");
    story.push_back(row.trail);
    detail.push_back(row.detail);
    prev.push_back(net::bytea(row.prev));
    hash.push_back(net::bytea(row.hash));
  }
  net::params with{rows.back().seq,         net::bytea(rows.back().hash), net::bigint_array(seqs),
                   net::text_array(at),     net::text_array(actor),       net::text_array(action),
                   net::text_array(object), net::text_array(allowed),     net::text_array(story),
                   net::text_array(detail), net::text_array(prev),        net::text_array(hash)};
  auto done = co_await in.run(insert_rows, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return result<void>{};
}

task<result<bool>> audit_store::holds(net::transaction& in, std::int64_t seq, std::string hash) {
  net::params with{seq, net::bytea(hash)};
  auto found = co_await in.run(holds_row, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return !found->empty();
}

task<result<std::vector<audit_row>>> audit_store::page(std::int64_t after, std::int64_t upto, int limit) {
  net::params with{after, upto, limit};
  auto found = co_await db_.run(read_page, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return rows_of(*found);
}

task<result<std::vector<audit_row>>> audit_store::search(audit_filter what, std::int64_t before, int limit) {
  std::optional<std::string> exact = asked(what.action);
  std::optional<std::string> prefix;
  if (exact && (exact->back() == '*' || exact->back() == '.')) {
    if (exact->back() == '*') exact->pop_back();
    prefix = std::exchange(exact, std::nullopt);
  }
  net::params with{before,       asked(what.actor), exact,      prefix, asked(what.object), asked(what.trail),
                   what.allowed, what.from,         what.until, limit};
  auto found = co_await db_.run(find_rows, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  co_return rows_of(*found);
}

}  // namespace vss::point
