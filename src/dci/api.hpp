#pragma once
// What other modules and app may call of DCI: take a call's end as the PBX saw it, note an event, give a hub its
// database role. Both takers return at once; a bounded queue and a writer stand behind them, PostgreSQL may be away
// meanwhile.
#include <string>

#include "base/async.hpp"
#include "base/dto.hpp"
#include "base/secret.hpp"
#include "base/trail.hpp"
#include "ottb/events.hpp"

namespace vss::dci {

// One row of dci.events_log. `subject`: "slot:7001", "call:<uuid>", "campaign:<uuid>"; never a phone number.
struct log_event {
  std::string kind;               // snake_case words with dots: "ottb.campaign.start"
  std::string severity = "info";  // info, warning, error
  std::string subject{};
  trail story{};
  dto::json::object detail{};
};

class call_facts {
 public:
  virtual ~call_facts() = default;
  // Refused attempts are no calls and are left out. Kept until stored; the oldest goes when 100,000 wait.
  virtual void ended(const ottb::call_ended& call) = 0;
};

class event_log {
 public:
  virtual ~event_log() = default;
  // At least once; dropped (and counted in the log) when 20,000 wait.
  virtual void note(log_event event) = 0;
};

// The role that a hub writes CDRs with: hub_<short id>, member of the group `hub`.
class hub_roles {
 public:
  virtual ~hub_roles() = default;
  // Makes or mends the role and sets its password; answers the role's name. Again with another password: changes it.
  virtual task<result<std::string>> admit(std::string hub_id, std::string short_id, secret password) = 0;
  // No new session for it, and its rows are refused from now on. Unknown hub: nothing happens.
  virtual task<result<void>> revoke(std::string hub_id) = 0;
};

}  // namespace vss::dci
