#pragma once
// SQL of campaigns, profiles, flows and caller IDs. Every change of a campaign is a compare-and-set on its version.
#include <string>
#include <vector>

#include "net/postgres.hpp"
#include "ottb/campaign_document.hpp"
#include "ottb/profile.hpp"

namespace vss::ottb {

// A named, versioned JSON document: a compliance profile or an IVR flow.
struct named_document {
  std::string id;
  std::string name;
  int version = 0;
  std::string document;  // JSON
  instant created_at{};
};

struct caller_row {
  std::string number;
  std::string proof;
  std::optional<instant> verified_at;
  std::vector<std::int32_t> trunks;
  bool enabled = true;
  std::int64_t version = 1;
};

enum class document_kind : std::uint8_t { profile, flow };

class campaign_store {
 public:
  explicit campaign_store(net::pg_pool& db) : db_(db) {}

  // conflict: the name is taken, or profile, flow or caller ID do not exist.
  task<result<campaign_view>> create(std::string id, campaign_input input, std::string by);
  // precondition: the version is another; conflict: not in draft, paused or stopped.
  task<result<campaign_view>> change(std::string id, std::int64_t version, campaign_input input);
  task<result<campaign_view>> get(std::string id);
  task<result<std::vector<campaign_view>>> list(std::string after, int limit, std::string state);
  // From any of `from` to `to`; precondition when `version` is given and another one; conflict: in none of `from`.
  task<result<campaign_view>> move(std::string id, std::vector<campaign_state> from, campaign_state to,
                                   std::optional<std::int64_t> version);
  task<result<campaign_counts>> counts(std::string id);
  // Queued attempts of a stopped campaign go back: returned, their leads due.
  task<result<std::int64_t>> take_back(std::string id);
  // draining -> stopped when nothing is open; running or draining -> finished when every lead is. The new state, if
  // any.
  task<result<std::optional<campaign_state>>> settle(std::string id);

  task<result<named_document>> add_document(document_kind kind, std::string id, std::string name, std::string document);
  task<result<named_document>> document(document_kind kind, std::string id);
  task<result<std::vector<named_document>>> documents(document_kind kind, std::string name, std::string after,
                                                      int limit);
  // The newest version of that name.
  task<result<named_document>> newest(document_kind kind, std::string name);

  task<result<caller_row>> add_caller(std::string number, std::string proof, std::vector<std::int32_t> trunks);
  task<result<caller_row>> change_caller(std::string number, std::int64_t version, bool enabled,
                                         std::vector<std::int32_t> trunks);
  task<result<std::vector<caller_row>>> callers(std::string after, int limit);

 private:
  net::pg_pool& db_;
};

// Wakes every pacer: leads came, a campaign changed. The payload is the campaign's id.
constexpr std::string_view campaign_topic = "ottb_campaign";

}  // namespace vss::ottb
