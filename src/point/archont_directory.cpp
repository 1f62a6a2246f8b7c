#include "point/archont_directory.hpp"

#include "base/log.hpp"

namespace vss::point {

archont_directory::archont_directory(net::pg_pool& db, change_feed& feed, const clock& time)
    : store_(db), feed_(feed), time_(time) {
  feed.on("archont", [this](std::string id) { return reload(std::move(id)); });
}

task<result<void>> archont_directory::reload(std::string id) {
  if (id.empty()) {
    auto all = co_await store_.all();
    if (!all) co_return fail(std::move(all.error()));
    for (auto& row : *all) learn(std::move(row));
    co_return result<void>{};
  }
  auto row = co_await store_.one(id);
  if (!row && row.error().kind != errc::not_found) co_return fail(std::move(row.error()));
  if (row)
    learn(std::move(*row));
  else
    forget(id);
  co_return result<void>{};
}

void archont_directory::forget(const std::string& id) {
  std::erase_if(by_fingerprint_, [&id](const auto& known) { return known.second == id; });
  by_id_.erase(id);
}

void archont_directory::learn(archont_row row) {
  const auto known = by_id_.find(row.id);
  const bool was_revoked = known != by_id_.end() && known->second.state == "revoked";
  const bool was_active = known != by_id_.end() && known->second.state == "active";
  const bool was_known = known != by_id_.end();
  // Two reads may overtake each other.
  if (was_known && row.version < known->second.version) return;
  if (was_known) {
    for (const auto& print : {known->second.fingerprint, known->second.next_fingerprint}) {
      if (print) by_fingerprint_.erase(*print);
    }
  }
  if (row.fingerprint) by_fingerprint_[*row.fingerprint] = row.id;
  if (row.next_fingerprint) by_fingerprint_[*row.next_fingerprint] = row.id;
  by_id_[row.id] = row;
  if (row.state == "revoked" && !was_revoked && was_known) {
    for (const auto& tell : on_revoked_) tell(row.id);
  }
  if (row.state == "active" && !was_active) {
    for (const auto& tell : on_enrolled_) tell(row);
  }
}

task<result<archont_identity>> archont_directory::archont(std::string fingerprint) {
  if (!feed_.fresh()) co_return fail(errc::unavailable, "identities cannot be checked now");
  auto found = by_fingerprint_.find(fingerprint);
  if (found == by_fingerprint_.end()) {
    auto row = co_await store_.by_fingerprint(fingerprint);
    if (!row && row.error().kind == errc::not_found) co_return fail(errc::unauthorized, "unknown certificate");
    if (!row) co_return fail(std::move(row.error()));
    learn(std::move(*row));
    found = by_fingerprint_.find(fingerprint);
    if (found == by_fingerprint_.end()) co_return fail(errc::unauthorized, "unknown certificate");
  }
  const archont_row& row = by_id_.at(found->second);
  if (row.state != "active") co_return fail(errc::unauthorized, "this archont is revoked");
  const bool is_next = row.next_fingerprint == fingerprint;
  const auto expires = is_next ? row.next_expires : row.expires;
  if (!expires || *expires <= time_.now()) co_return fail(errc::unauthorized, "the certificate has expired");
  archont_identity out{row.id, row.label, row.kind, fingerprint, false};
  if (is_next) {
    auto promoted = co_await store_.promote(out.id, fingerprint);
    if (!promoted) log::failed("point", "certificate_not_promoted", promoted.error(), {{"archont", out.id}});
  }
  co_return out;
}

}  // namespace vss::point
