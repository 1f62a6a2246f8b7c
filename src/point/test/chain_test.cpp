#include "point/chain.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace {

const std::string chain = "0192b3c4-0000-7000-8000-00000000000a";
const auto key = ed25519_from_seed(std::string(32, 'c'));

struct log_under_test {
  std::vector<audit_row> rows;
  chain_head head{0, genesis_hash(chain)};
  std::string file;

  explicit log_under_test(int count, int step = 10) {
    std::string before;
    for (int i = 0; i < count; ++i) {
      std::vector<audit_row> one{{.at = instant(seconds(1'800'000'000 + i)),
                                  .actor = "0192b3c4-0000-7000-8000-00000000000" + std::to_string(i % 10),
                                  .action = i % 3 ? "point.person.create" : "point.login",
                                  .object = "person:" + std::to_string(i),
                                  .allowed = i % 7 != 0,
                                  .trail = "t" + std::to_string(i),
                                  .detail = "{\"n\":" + std::to_string(i) + "}"}};
      link_rows(chain, head, one);
      rows.push_back(one[0]);
      if (i % step == step - 1) {
        const auto line = checkpoint_line({chain, head.seq, to_hex(head.hash), to_text(one[0].at), before}, key.seed);
        before = sha256_hex(line);
        file += line + "\n";
      }
    }
  }
  std::vector<finding> check() const {
    const auto points = read_checkpoints(file, chain, key.open);
    auto all = points.findings;
    const auto more = walk(points.mine);
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::vector<finding> walk(const std::vector<checkpoint>& points) const {
    chain_walk over(chain, points);
    for (const auto& row : rows) over.take(row);
    over.finish(head);
    return over.findings();
  }
  // What somebody who can write to PostgreSQL but has no signing key can do to hide a change.
  void relink(std::size_t from) {
    head = from == 0 ? chain_head{0, genesis_hash(chain)} : chain_head{rows[from - 1].seq, rows[from - 1].hash};
    std::vector<audit_row> tail(rows.begin() + static_cast<std::ptrdiff_t>(from), rows.end());
    link_rows(chain, head, tail);
    std::ranges::copy(tail, rows.begin() + static_cast<std::ptrdiff_t>(from));
  }
};

TEST(chain, an_honest_log_has_no_findings) {
  EXPECT_TRUE(log_under_test(0).check().empty());
  EXPECT_TRUE(log_under_test(1).check().empty());
  EXPECT_TRUE(log_under_test(125).check().empty());
}

// One random change of one row; false when it changed nothing.
bool mutate(log_under_test& log, random_source& random) {
  const auto size = log.rows.size();
  const auto i = static_cast<std::size_t>(random_number(random, size));
  auto& row = log.rows[i];
  const auto before = log.rows;
  switch (random_number(random, 12)) {
    case 0:
      row.actor += "x";
      break;
    case 1:
      row.action = "point.logout";
      break;
    case 2:
      row.object = "person:0";
      break;
    case 3:
      row.allowed = !row.allowed;
      break;
    case 4:
      row.at += std::chrono::microseconds(1);
      break;
    case 5:
      row.detail = "{}";
      break;
    case 6:
      row.trail.clear();
      break;
    case 7:
      row.hash[random_number(random, 32)] ^= 1;
      break;
    case 8:
      row.prev[random_number(random, 32)] ^= 1;
      break;
    case 9:
      log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    case 10: {  // two rows change places, numbers stay in order
      auto& other = log.rows[random_number(random, size)];
      std::swap(row, other);
      std::swap(row.seq, other.seq);
      break;
    }
    default:
      log.rows.insert(log.rows.begin() + static_cast<std::ptrdiff_t>(i), row);
      return true;
  }
  return before != log.rows;
}

TEST(chain, ten_thousand_random_changes_are_all_found) {
  const log_under_test honest(5, 2);
  const auto points = read_checkpoints(honest.file, chain, key.open);
  fake_random random(7);
  int changed = 0;
  while (changed < 10'000) {
    auto log = honest;
    if (!mutate(log, random)) continue;
    ++changed;
    ASSERT_FALSE(log.walk(points.mine).empty()) << changed;
  }
}

TEST(chain, a_cut_tail_is_found_even_when_the_head_is_cut_too) {
  for (std::size_t keep = 0; keep < 20; ++keep) {
    log_under_test log(20);
    log.rows.resize(keep);
    log.head = keep == 0 ? chain_head{0, genesis_hash(chain)} : chain_head{log.rows.back().seq, log.rows.back().hash};
    const auto found = log.check();
    ASSERT_FALSE(found.empty()) << keep;
    EXPECT_EQ(found[0].kind, "cut");
  }
}

TEST(chain, a_log_written_anew_is_found) {
  for (std::size_t from = 0; from < 20; ++from) {
    log_under_test log(20);
    log.rows[from].actor = "somebody else";
    log.relink(from);
    const auto found = log.check();
    ASSERT_FALSE(found.empty()) << from;
    EXPECT_EQ(found[0].kind, "rewritten");
  }
}

TEST(chain, checkpoints_are_signed_and_chained) {
  log_under_test log(40);
  const auto points = read_checkpoints(log.file, chain, key.open);
  EXPECT_EQ(points.mine.size(), 4u);
  EXPECT_TRUE(points.findings.empty());
  EXPECT_EQ(read_checkpoints(log.file, "another", key.open).foreign, 4u);

  const auto stranger = ed25519_from_seed(std::string(32, 'x'));
  EXPECT_EQ(read_checkpoints(log.file, chain, stranger.open).findings.size(), 4u);

  auto edited = log;
  edited.file.replace(edited.file.find("\"seq\":10"), 8, "\"seq\":11");
  EXPECT_FALSE(edited.check().empty());

  auto shorter = log;  // a line in the middle taken out
  const auto second = shorter.file.find('\n') + 1;
  shorter.file.erase(second, shorter.file.find('\n', second) + 1 - second);
  EXPECT_FALSE(shorter.check().empty());

  auto torn = log;  // the power went while the last line was written
  torn.file += R"({"at":"2027-01)";
  EXPECT_TRUE(torn.check().empty());
}

TEST(chain, the_hash_does_not_depend_on_anything_else) {
  audit_row row{
      1, instant(seconds(1'800'000'000)), "system", "point.start", "site", true, "", "{}", genesis_hash(chain), ""};
  EXPECT_EQ(to_hex(row_hash(chain, row)), to_hex(row_hash(chain, row)));
  EXPECT_NE(row_hash(chain, row), row_hash("another", row));
}

}  // namespace
}  // namespace vss::point
