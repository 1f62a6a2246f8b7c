#pragma once
// SQL of how attempts end. Reading is one statement for a whole batch, writing another; a row moves from open to ended
// once, whoever comes first, and what comes second is noted beside it.
#include <optional>
#include <string>
#include <vector>

#include "link/slot_state.hpp"
#include "net/postgres.hpp"
#include "ottb/outcome.hpp"

namespace vss::ottb {

struct open_attempt {
  std::string id;
  std::string trail;
  std::string state;
  std::string hub, slot, campaign;
  std::int64_t lead = 0;
  int n = 0;
  int lead_attempts = 0;
  int max_attempts = 0;
  retry_rules retry;
  std::string outcome, hub_outcome, pbx_outcome;  // "" not yet
  std::string permit_state;                       // of the newest permit, "" none
};

enum class end_source : std::uint8_t { hub, pbx, desk };

enum class end_kind : std::uint8_t {
  first,      // open -> done, the lead gets its next step
  give_back,  // open -> returned: nothing was dialled, the lead is due again unchanged
  correct,    // done by the hub's word, the PBX says it better
  note        // ended already; kept beside it
};

struct attempt_end {
  std::string id;
  end_source source = end_source::desk;
  end_kind kind = end_kind::first;
  link::outcome outcome = link::outcome::unknown;
  int sip_code = 0;
  int q850 = 0;
  std::optional<int> trunk{};
  std::string dtmf{};
  std::string lead_call_id{};
  std::optional<instant> dialled_at{}, ringing_at{}, answered_at{};
  instant ended_at{};
  bool finished = false;  // the lead's next step
  instant next_at{};
};

class report_store {
 public:
  explicit report_store(net::pg_pool& db) : db_(db) {}
  task<result<std::vector<open_attempt>>> read(std::vector<std::string> attempts);
  // Answers the ids that were written; another one was moved meanwhile: read again.
  task<result<std::vector<std::string>>> write(std::vector<attempt_end> ends);

  // What nobody has spoken of for too long; see permit_reconciler.
  struct stale_attempt {
    std::string id;
    std::string state;
    std::string permit_state;
    double age_seconds = 0;  // since the last thing that happened to it
  };
  task<result<std::vector<stale_attempt>>> stale(int queued_seconds, int permitted_seconds, int live_seconds);
  task<result<std::optional<stale_attempt>>> one(std::string attempt);
  // queued, or permitted with an unused permit -> returned; their outbox rows go, their slots are free when
  // `free_slots`. Answers the campaigns that got a lead back.
  task<result<std::vector<std::string>>> give_back(std::vector<std::string> attempts, std::string why,
                                                   int pause_seconds, bool free_slots);
  // Permits that nobody used; housekeeping.
  task<result<std::int64_t>> expire_permits();

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
