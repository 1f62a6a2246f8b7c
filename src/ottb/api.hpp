#pragma once
// What other modules may call of OTTB: live pictures of slots, calls, campaigns, hubs and trunks, read from PostgreSQL
// in one go each, and the entries of the stream that carries changes of slots. No phone numbers anywhere.
#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/dto.hpp"

namespace vss::ottb {

struct slot_now {
  std::string id;  // the number
  std::string kind;
  std::string hub;  // label
  std::string hub_id;
  std::string state;
  instant since{};
  bool registered = false;
  std::optional<std::string> fault_code;
  std::optional<std::string> campaign;  // id
  std::int64_t epoch = 0;
  bool locked = false;
  bool drained = false;  // takes no new calls
};
BOOST_DESCRIBE_STRUCT(slot_now, (),
                      (id, kind, hub, hub_id, state, since, registered, fault_code, campaign, epoch, locked, drained))

// A slot and the version of its row: a picture of a higher version is the newer one, whichever way it came.
struct slot_now_row {
  slot_now slot;
  std::int64_t version = 0;
};

// What an entry of the stream says of one slot; kind and label are not in it.
struct slot_news {
  std::string number;
  std::string hub_id;
  std::string state;
  instant since{};
  bool registered = false;
  std::optional<std::string> fault_code{};
  std::optional<std::string> campaign{};
  std::int64_t epoch = 0;
  std::int64_t version = 0;
  bool locked = false;
  bool drained = false;
};

// An attempt that is under way.
struct call_now {
  std::string id;
  std::string slot;
  std::string campaign;  // name
  std::string campaign_id;
  std::string state;
  instant queued_at{};
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(call_now, (), (id, slot, campaign, campaign_id, state, queued_at, ringing_at, answered_at))

// Counts of leads and outcomes are left out until they have been counted for the first time.
struct campaign_now {
  std::string id;
  std::string name;
  std::string state;
  std::optional<std::int64_t> total;
  std::optional<std::int64_t> finished;
  std::optional<std::int64_t> due;
  std::int64_t calls_now = 0;
  std::optional<std::int64_t> answered;
  std::optional<std::int64_t> busy;
  std::optional<std::int64_t> no_answer;
  std::optional<std::int64_t> failed;  // every other outcome
  std::int64_t rate = 0;               // calls begun in the last minute, as far as this process looked on
};
BOOST_DESCRIBE_STRUCT(campaign_now, (),
                      (id, name, state, total, finished, due, calls_now, answered, busy, no_answer, failed, rate))

struct hub_now {
  std::string id;
  std::string label;
  std::string kind;
  bool linked = false;
  std::optional<std::string> server;
  bool unreachable = true;
  bool locked = false;
  bool drained = false;
  std::optional<std::string> software;
  std::int64_t journal_depth = 0;
  std::int64_t clock_skew_ms = 0;    // to 100 ms
  std::optional<instant> last_seen;  // left out while the link is there
  bool in_sync = false;              // runs the configuration that it shall run
  std::int64_t slots = 0, registered = 0, idle = 0, busy = 0, fault = 0;
};
BOOST_DESCRIBE_STRUCT(hub_now, (),
                      (id, label, kind, linked, server, unreachable, locked, drained, software, journal_depth,
                       clock_skew_ms, last_seen, in_sync, slots, registered, idle, busy, fault))

struct trunk_now {
  std::string id;
  std::string name;
  bool enabled = true;
  bool simulated = false;
  std::string health;  // unknown, up, down
  std::int64_t cps = 0;
  std::int64_t channels = 0;
  std::int64_t in_use = 0;  // calls under way that can only be on this trunk
};
BOOST_DESCRIBE_STRUCT(trunk_now, (), (id, name, enabled, simulated, health, cps, channels, in_use))

// What waits and what is wrong.
struct fleet_waits {
  std::int64_t outbox = 0;  // leads on their way to the broker
  std::int64_t outbox_seconds = 0;
  std::int64_t hub_messages = 0;   // not acknowledged by their hub yet
  std::int64_t attempts_late = 0;  // queued for more than 30 s
  std::int64_t hubs_unreachable = 0;
  std::int64_t slots_fault = 0;
  std::int64_t trunks_down = 0;
  std::int64_t hub_journals = 0;   // messages that linked hubs hold and we have not confirmed
  std::int64_t clock_skew_ms = 0;  // of the linked hub whose clock is off most
  std::int64_t database_ms = 0;    // how long this very question took
  std::string servers;             // owners of leases and links now, separated by spaces: "host:pid:name:run"
};

class live_pictures {
 public:
  virtual ~live_pictures() = default;
  virtual task<result<std::vector<slot_now_row>>> slots() = 0;  // without retired ones
  virtual task<result<std::vector<call_now>>> calls() = 0;
  virtual task<result<std::vector<campaign_now>>> campaigns() = 0;  // of the ended ones the newest 200
  virtual task<result<std::vector<hub_now>>> hubs() = 0;
  virtual task<result<std::vector<trunk_now>>> trunks() = 0;
  virtual task<result<fleet_waits>> waits() = 0;
};

inline constexpr const char* slot_stream_key = "vss:slots";
inline constexpr const char* slot_stream_field = "deltas";
// What an entry of the stream carries; what does not read, or has no version, is left out.
std::vector<slot_news> read_slot_news(std::string_view entry);

}  // namespace vss::ottb
