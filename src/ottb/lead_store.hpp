#pragma once
// SQL of leads: importing all-or-nothing, undoing, listing, searching by blind index, and what `explain` needs. Numbers
// are sealed before they come here.
#include <functional>
#include <string>
#include <vector>

#include "net/postgres.hpp"
#include "ottb/compliance.hpp"

namespace vss::ottb {

// One lead ready to be stored.
struct sealed_lead {
  std::int64_t line = 0;
  std::string index;       // blind index, raw
  std::string phone;       // sealed, raw
  std::string attributes;  // sealed, raw; "" without
  std::string zone;
  std::vector<std::string> zones;
  std::string region;
  bool consent = false;
  std::string consent_source;
  std::optional<instant> consent_at;
  int priority = 0;
  std::string trail;
};

struct import_row_counts {
  std::int64_t rows = 0, accepted = 0, duplicates = 0, rejected = 0, unknown_zone = 0;
};

struct import_record {
  std::string id;
  std::string campaign;
  std::string state;  // running, done, failed, undone
  std::string filename;
  import_row_counts counts;
  std::string created_by;
  instant created_at{};
  std::optional<instant> finished_at;
  std::optional<double> share;  // of the file that has been read, while it runs
};

struct lead_record {
  std::int64_t id = 0;
  std::string campaign;
  std::string index;  // raw
  std::string phone;  // sealed, raw
  std::string attributes;
  std::string zone;
  std::vector<std::string> zones;
  std::string region;
  bool consent = false;
  std::string consent_source;
  std::string state;
  std::string outcome;
  int attempts = 0;
  instant next_at{};
  int priority = 0;
  std::string refusal;
  std::optional<instant> refused_until;
  std::string import_id;
  std::string trail;
  instant created_at{};
};

struct lead_filter {
  std::string campaign, state, outcome, refusal, import_id;
  std::string index;  // raw blind index, "" any
};

struct decision_record {
  instant at{};
  bool allowed = false;
  std::string reason;
  std::optional<instant> until;
  std::string inputs;  // JSON
};

class lead_store {
 public:
  explicit lead_store(net::pg_pool& db) : db_(db) {}

  // `bytes`: the whole file.
  task<result<void>> begin_import(std::string id, std::string campaign, std::string filename, std::string mapping,
                                  std::string by, std::int64_t bytes);
  // In the import's transaction. Answers the blind indexes (raw) that were new.
  task<result<std::vector<std::string>>> add(net::transaction& within, std::string import, std::string campaign,
                                             std::vector<sealed_lead> leads);
  task<result<void>> finish_import(net::transaction& within, std::string id, import_row_counts counts,
                                   std::string errors_csv);
  // How far it has come, at once to be seen by others; what ends it says it again.
  task<result<void>> tell_progress(std::string id, import_row_counts counts, std::int64_t bytes_read);
  task<result<void>> fail_import(std::string id, import_row_counts counts, std::string errors_csv);
  task<result<import_record>> import(std::string id);
  task<result<std::vector<import_record>>> imports(std::string campaign, std::string after, int limit);
  task<result<std::string>> errors_csv(std::string id);
  // Exactly the leads that this import made; conflict when one of them has an attempt.
  task<result<std::int64_t>> undo_import(std::string id);
  // Imports that have said nothing for five minutes are failed: their server died, and nothing of them was kept.
  task<result<std::int64_t>> fail_orphans();
  task<result<net::transaction>> begin() { co_return co_await db_.begin(); }

  task<result<lead_record>> get(std::int64_t id);
  task<result<std::vector<lead_record>>> list(lead_filter filter, std::int64_t after, int limit);
  task<result<std::vector<decision_record>>> decisions(std::int64_t lead, int limit);
  task<result<lead_snapshot>> snapshot(std::int64_t lead);

  // too_many: this person has asked sixty times within a minute.
  task<result<void>> add_search(std::string id, std::string index, std::string by);
  // The blind index behind a search of this person; not_found when it is over an hour old.
  task<result<std::string>> search(std::string id, std::string by);

 private:
  net::pg_pool& db_;
};

// Columns that make a lead_snapshot, for a row `l` of ottb.lead; read_snapshot reads them back from `first` on.
#define VSS_SNAPSHOT_COLUMNS                                                                                          \
  "coalesce(l.region, ''), array_to_string(l.zones, ','), l.consent, l.attempts, "                                    \
  "(select coalesce(string_agg(case d.scope when 'global' then 'g' when 'national' then 'n' else 'c' end, ''), '') "  \
  "from ottb.dnc d where d.phone_index = l.phone_index and d.scope in ('global', 'national', l.campaign_id::text)), " \
  "(select coalesce(string_agg((extract(epoch from coalesce(o.dialled_at, o.permitted_at, o.queued_at)) * 1000000)"   \
  "::bigint::text, ','), '') from ottb.attempt o where o.phone_index = l.phone_index "                                \
  "and o.queued_at > now() - interval '32 days' "                                                                     \
  "and (o.dialled_at is not null or o.state in ('permitted', 'dialling', 'ringing', 'answered')))"
lead_snapshot read_snapshot(const net::row& row, int first);

}  // namespace vss::ottb
