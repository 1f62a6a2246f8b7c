#include "point/browser_book.hpp"

#include <algorithm>

namespace vss::point {
namespace {

constexpr seconds keep_seen_every{60};

}  // namespace

bool is_over(const browser_row& row, instant now) { return row.expires <= now || row.seen + session_idle_limit <= now; }

void browser_book::learn(browser_row row) {
  if (const auto known = by_hash_.find(row.hash); known != by_hash_.end()) {
    row.seen = std::max(row.seen, known->second.seen);
  }
  hash_of_.insert_or_assign(row.session, row.hash);
  std::string hash = row.hash;
  by_hash_.insert_or_assign(std::move(hash), std::move(row));
}

std::optional<browser_row> browser_book::find(const std::string& hash) const {
  const auto known = by_hash_.find(hash);
  return known == by_hash_.end() ? std::nullopt : std::optional(known->second);
}

bool browser_book::touch(const std::string& hash, instant now) {
  const auto known = by_hash_.find(hash);
  if (known == by_hash_.end() || now - known->second.seen < keep_seen_every) return false;
  known->second.seen = now;
  return true;
}

void browser_book::forget(const std::string& session) {
  const auto known = hash_of_.find(session);
  if (known == hash_of_.end()) return;
  by_hash_.erase(known->second);
  hash_of_.erase(known);
}

std::vector<std::string> browser_book::sessions() const {
  std::vector<std::string> out;
  out.reserve(hash_of_.size());
  for (const auto& [session, hash] : hash_of_) out.push_back(session);
  return out;
}

}  // namespace vss::point
