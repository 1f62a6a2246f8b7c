#pragma once
// The hash chain of the audit log, pure. Each row's hash covers the chain's name, its own number and content, and its
// predecessor's hash; the numbers have no gaps. Checkpoints name a number and its hash, are signed with a key that is
// not in PostgreSQL, and hold the predecessor's own hash, so the file of checkpoints is a chain as well. What only
// checkpoints show: rows cut off at the end, and a log written anew from the start.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace vss::point {

struct audit_row {
  std::int64_t seq = 0;
  instant at{};
  std::string actor;
  std::string action;
  std::string object;
  bool allowed = true;
  std::string trail;
  std::string detail;  // canonical JSON text of an object
  std::string prev{};  // 32 raw bytes
  std::string hash{};  // 32 raw bytes
  friend bool operator==(const audit_row&, const audit_row&) = default;
};

struct chain_head {
  std::int64_t seq = 0;
  std::string hash;
};

std::string genesis_hash(std::string_view chain);  // the predecessor of row 1
std::string row_hash(std::string_view chain, const audit_row& row);
// Numbers and hashes the rows behind `head` and moves it.
void link_rows(std::string_view chain, chain_head& head, std::vector<audit_row>& rows);

struct checkpoint {
  std::string chain;  // uuid of the log
  std::int64_t seq = 0;
  std::string hash;  // hex
  std::string at;    // RFC 3339
  std::string prev;  // hex SHA-256 of the line before, "" on the first
};
// One line of the file, without its end: canonical JSON with the signature inside.
std::string checkpoint_line(const checkpoint& what, std::string_view seed);
result<checkpoint> read_checkpoint(std::string_view line, std::string_view public_key);

// One thing that is wrong. kind: edited, missing, moved, cut, rewritten, head, checkpoint.
struct finding {
  std::string kind;
  std::int64_t seq = 0;
  std::string message;
};

// Takes the checkpoint file line by line: bad signatures and broken order become findings.
struct checkpoint_file {
  std::vector<checkpoint> mine;  // of this chain, in order
  std::size_t foreign = 0;       // lines about other databases
  std::vector<finding> findings;
};
checkpoint_file read_checkpoints(std::string_view text, std::string_view chain, std::string_view public_key);

// Walks the rows in ascending order of seq. Keeps at most 100 findings.
class chain_walk {
 public:
  chain_walk(std::string chain, std::vector<checkpoint> checkpoints);
  void take(const audit_row& row);
  // `head`: what the database believes the last row to be.
  void finish(const chain_head& head);
  const std::vector<finding>& findings() const { return findings_; }
  std::int64_t rows() const { return rows_; }
  std::size_t checkpoints_met() const { return met_; }

 private:
  void say(std::string kind, std::int64_t seq, std::string message);
  void meet_checkpoints(const audit_row& row);

  std::string chain_;
  std::vector<checkpoint> checkpoints_;
  std::size_t next_checkpoint_ = 0;
  std::size_t met_ = 0;
  chain_head last_;
  std::int64_t rows_ = 0;
  std::vector<finding> findings_;
};

}  // namespace vss::point
