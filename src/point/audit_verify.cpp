#include "point/audit_verify.hpp"

#include <fstream>
#include <sstream>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr int page_size = 1000;
constexpr seconds checkpoint_grace{300};

std::string read_file(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  std::ostringstream out;
  out << from.rdbuf();
  return std::move(out).str();
}

}  // namespace

task<result<verification>> verify_audit(net::pg_pool& db, std::string checkpoint_path, std::string public_key,
                                        instant now) {
  audit_store store(db);
  // The file first: a checkpoint written while we walk would otherwise seem to be ahead of the rows.
  const std::string file = read_file(checkpoint_path);
  auto head = co_await store.head();
  if (!head) co_return fail(std::move(head.error()));
  auto points = read_checkpoints(file, head->chain, public_key);
  const bool no_points = points.mine.empty();

  chain_walk walk(head->chain, std::move(points.mine));
  std::optional<instant> first;
  std::int64_t after = 0;
  while (true) {
    auto page = co_await store.page(after, head->last.seq, page_size);
    if (!page) co_return fail(std::move(page.error()));
    for (const auto& row : *page) walk.take(row);
    if (page->empty()) break;
    if (!first) first = page->front().at;
    after = page->back().seq;
  }
  walk.finish(head->last);

  verification out;
  out.chain = head->chain;
  out.rows = walk.rows();
  out.last_seq = head->last.seq;
  out.last_hash = to_hex(head->last.hash);
  out.checkpoints = walk.checkpoints_met();
  out.foreign = points.foreign;
  out.findings = std::move(points.findings);
  out.findings.insert(out.findings.end(), walk.findings().begin(), walk.findings().end());
  if (no_points && first && now - *first > checkpoint_grace) {
    out.findings.push_back({"checkpoint", 0, "no signed checkpoint of this log exists"});
  }
  out.ok = out.findings.empty();
  co_return out;
}

}  // namespace vss::point
