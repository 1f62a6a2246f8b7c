#pragma once
// The compare-and-sets of permits. Each step of a permit's life is one statement of PostgreSQL that moves it from
// exactly one state to the next; of twenty at once one finds the state it needs.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "net/postgres.hpp"
#include "ottb/compliance.hpp"
#include "ottb/permit.hpp"
#include "ottb/permit_route.hpp"

namespace vss::ottb {

// Everything the decision looks at, read in one statement.
struct permit_facts {
  std::string attempt_state;
  std::string trail;
  std::int64_t lead = 0;
  std::string campaign;
  bool mine = false;  // hub, slot and epoch are the assignment's
  std::string network;
  std::string profile;
  int ring_seconds = 25;
  std::int64_t campaign_version = 0;
  campaign_snapshot what;
  lead_snapshot who;
  std::optional<std::string> open_permit;  // issued to this assignment already and still good
  std::optional<instant> open_until;
};

struct issued_permit {
  std::string id;
  instant expires_at{};
};

// The row behind a consumed permit; the number is still sealed.
struct consumed_row {
  consumed_permit order;
  std::string index;  // raw blind index
  std::string phone;  // sealed, raw
};

struct sent_row {
  std::string attempt;
  std::string caller_id;
  std::string profile;
  trunk_wish wish;
  std::vector<trunk_choice> trunks;
};

class permit_store {
 public:
  explicit permit_store(net::pg_pool& db) : db_(db) {}

  task<result<permit_facts>> facts(std::string attempt, std::string hub, std::string slot, std::int64_t epoch);
  // queued -> permitted, with the permit and the decision. Empty: the attempt is no longer queued. conflict: the person
  // is in another live attempt.
  task<result<std::optional<issued_permit>>> issue(std::string permit, link::permit_request request, std::string hub,
                                                   int valid_seconds, std::int64_t lead, std::string inputs);
  // The attempt ends without a call. `closes`: the lead is finished; otherwise due at `next_at`. `counts`: it is in the
  // books as refused; otherwise it is returned as if it had never been.
  struct refusal {
    std::string attempt;
    std::int64_t lead = 0;
    std::string reason;
    std::optional<instant> until;
    instant next_at{};
    bool closes = false;
    bool counts = false;
    std::string inputs;
  };
  task<result<bool>> refuse(refusal what);

  task<result<std::variant<consumed_row, permit_refusal>>> consume(std::string permit, std::string slot,
                                                                   std::string slot_call_id);
  task<result<std::variant<sent_row, permit_refusal>>> send(std::string permit, std::string index,
                                                            std::string lead_call_id);
  task<result<void>> ringing(std::string attempt, instant at, int trunk);
  task<result<void>> answered(std::string attempt, instant at, int trunk);

  // The sealed number behind an attempt.
  struct person {
    std::string campaign;
    std::string index;
    std::string phone;
  };
  task<result<person>> person_of(std::string attempt);

 private:
  // `slot` empty: the edge asks, and `index` is what it dials.
  task<result<permit_refusal>> why_not(std::string permit, std::string slot, std::string index);
  net::pg_pool& db_;
};

}  // namespace vss::ottb
