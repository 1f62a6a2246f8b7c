#pragma once
// SQL of the pacer (F-01 step 1). Everything of one tick runs in one transaction: free slots and due leads are locked
// with SKIP LOCKED, so any number of pacers never choose the same.
#include <string>
#include <vector>

#include "net/postgres.hpp"
#include "ottb/campaign_document.hpp"
#include "ottb/compliance.hpp"

namespace vss::ottb {

struct paced_campaign {
  std::string id;
  campaign_state state{};
  std::string profile;
  slot_choice slots;
  std::string trunks;  // as PostgreSQL prints int[]
  std::string caller_id;
  int ring_seconds = 25;
  int calls_per_second = 20;
  std::int64_t version = 0;
  campaign_snapshot what;  // trunks included
};

struct free_slot {
  std::string number;
  std::string hub;
  std::string queue;  // of its hub's leads
  std::int64_t epoch = 0;
};

struct due_lead {
  std::int64_t id = 0;
  std::string trail;
  lead_snapshot who;
};

// What the campaign's trunks can take now, all campaigns counted.
struct trunk_room {
  std::vector<int> ids;  // by priority
  std::vector<double> tokens;
  std::int64_t channels = 0;
  std::int64_t open_calls = 0;
  int room() const;
};

struct lead_assignment {
  std::int64_t lead = 0;
  std::string attempt;
  free_slot slot;
};

struct lead_refusal {
  std::int64_t lead = 0;
  std::string reason;
  std::optional<instant> until;
  instant next_at{};
  bool closes = false;
};

class pacer_store {
 public:
  explicit pacer_store(net::pg_pool& db) : db_(db) {}
  // Ids of campaigns that are running or draining.
  task<result<std::vector<std::string>>> live();
  task<result<paced_campaign>> campaign(std::string id);

  task<result<net::transaction>> begin() { co_return co_await db_.begin(); }
  task<result<std::vector<free_slot>>> slots(net::transaction& within, slot_choice choice, int limit);
  task<result<trunk_room>> room(net::transaction& within, std::string trunks, std::string caller_id,
                                bool only_simulated);
  task<result<std::vector<due_lead>>> leads(net::transaction& within, std::string campaign, int limit);
  // Attempts, leases, outbox rows and spent tokens in one statement. Only while the lease `fence` is `owner`'s:
  // otherwise nothing is written and conflict is answered.
  struct assignment {
    std::string campaign;
    std::string owner;
    std::int64_t fence = 0;
    instant not_after{};
    std::vector<lead_assignment> leads;
    trunk_room spent;
  };
  task<result<void>> assign(net::transaction& within, assignment what);
  task<result<void>> refuse(net::transaction& within, std::vector<lead_refusal> refusals, instant now,
                            std::string inputs);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
