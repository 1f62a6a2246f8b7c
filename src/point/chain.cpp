#include "point/chain.hpp"

#include <algorithm>
#include <boost/json/object.hpp>

#include "point/base64.hpp"
#include "point/canonical.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace json = boost::json;
namespace {

constexpr std::size_t finding_limit = 100;

std::string signed_text(const checkpoint& what) {
  return canonical(
             json::object{
                 {"at", what.at}, {"chain", what.chain}, {"hash", what.hash}, {"prev", what.prev}, {"seq", what.seq}})
      .value();
}

}  // namespace

std::string genesis_hash(std::string_view chain) { return sha256("vss audit log 1\n" + std::string(chain)); }

// Canonical JSON, spelled by hand because every append and every verification walks through here.
std::string row_hash(std::string_view chain, const audit_row& row) {
  std::string text;
  text.reserve(400 + row.detail.size() + row.object.size());
  const auto put = [&text](std::string_view name, std::string_view value) {
    text += name;
    put_canonical(value, text);
  };
  put("{\"action\":", row.action);
  put(",\"actor\":", row.actor);
  text += row.allowed ? ",\"allowed\":true" : ",\"allowed\":false";
  put(",\"at\":", to_text(row.at));
  put(",\"chain\":", chain);
  put(",\"detail\":", row.detail);
  put(",\"object\":", row.object);
  put(",\"prev\":", to_hex(row.prev));
  text += ",\"seq\":" + std::to_string(row.seq);
  put(",\"trail\":", row.trail);
  text += '}';
  return sha256(text);
}

void link_rows(std::string_view chain, chain_head& head, std::vector<audit_row>& rows) {
  for (auto& row : rows) {
    row.seq = head.seq + 1;
    row.prev = head.hash;
    row.hash = row_hash(chain, row);
    head = {row.seq, row.hash};
  }
}

std::string checkpoint_line(const checkpoint& what, std::string_view seed) {
  return canonical(json::object{{"at", what.at},
                                {"chain", what.chain},
                                {"hash", what.hash},
                                {"prev", what.prev},
                                {"seq", what.seq},
                                {"signature", base64url(ed25519_sign(seed, signed_text(what)))}})
      .value();
}

result<checkpoint> read_checkpoint(std::string_view line, std::string_view public_key) {
  const auto value = parse_canonical(line);
  if (!value || !value->is_object() || value->get_object().size() != 6) return fail(errc::invalid, "not a checkpoint");
  const auto& object = value->get_object();
  const auto text = [&object](std::string_view name) {
    const auto* found = object.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
  };
  const auto* seq = object.if_contains("seq");
  if (!seq || !seq->is_int64()) return fail(errc::invalid, "not a checkpoint");
  checkpoint out{text("chain"), seq->get_int64(), text("hash"), text("at"), text("prev")};
  const auto signature = from_base64url(text("signature"));
  if (!signature || !ed25519_verify(public_key, signed_text(out), *signature)) {
    return fail(errc::invalid, "the signature of a checkpoint is wrong");
  }
  return out;
}

checkpoint_file read_checkpoints(std::string_view text, std::string_view chain, std::string_view public_key) {
  checkpoint_file out;
  std::string before;
  std::int64_t number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    // A last line without its end was being written when the power went; it was never relied on.
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    ++number;
    const auto read = read_checkpoint(line, public_key);
    if (!read) {
      out.findings.push_back({"checkpoint", number, "line " + std::to_string(number) + ": " + read.error().message});
    } else {
      if (read->prev != before) {
        out.findings.push_back(
            {"checkpoint", number, "line " + std::to_string(number) + " does not follow the one before"});
      }
      if (read->chain == chain)
        out.mine.push_back(*read);
      else
        ++out.foreign;
    }
    before = sha256_hex(line);
  }
  std::ranges::sort(out.mine, {}, &checkpoint::seq);
  return out;
}

chain_walk::chain_walk(std::string chain, std::vector<checkpoint> checkpoints)
    : chain_(std::move(chain)), checkpoints_(std::move(checkpoints)), last_{0, genesis_hash(chain_)} {}

void chain_walk::say(std::string kind, std::int64_t seq, std::string message) {
  if (findings_.size() < finding_limit) findings_.push_back({std::move(kind), seq, std::move(message)});
}

void chain_walk::take(const audit_row& row) {
  ++rows_;
  if (row.seq != last_.seq + 1) {
    say("missing", last_.seq + 1,
        "rows " + std::to_string(last_.seq + 1) + " to " + std::to_string(row.seq - 1) + " are gone");
  } else if (row.prev != last_.hash) {
    say("moved", row.seq, "the row does not follow its predecessor");
  }
  if (row_hash(chain_, row) != row.hash) say("edited", row.seq, "the row's content does not fit its hash");
  meet_checkpoints(row);
  last_ = {row.seq, row.hash};
}

void chain_walk::meet_checkpoints(const audit_row& row) {
  for (; next_checkpoint_ < checkpoints_.size() && checkpoints_[next_checkpoint_].seq <= row.seq; ++next_checkpoint_) {
    const auto& point = checkpoints_[next_checkpoint_];
    ++met_;
    if (point.seq == row.seq && point.hash != to_hex(row.hash)) {
      say("rewritten", row.seq, "the row is not the one that the signed checkpoint of " + point.at + " saw");
    }
  }
}

void chain_walk::finish(const chain_head& head) {
  if (next_checkpoint_ < checkpoints_.size()) {
    const auto& last = checkpoints_.back();
    say("cut", last_.seq + 1, "the signed checkpoint of " + last.at + " saw rows up to " + std::to_string(last.seq));
  }
  if (head.seq != last_.seq || head.hash != last_.hash) {
    say("head", head.seq, "the database's note of the last row does not fit the rows");
  }
}

}  // namespace vss::point
