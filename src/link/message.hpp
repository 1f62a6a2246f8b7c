#pragma once
// The link between a hub's archont and the server (F-05, F-14, commands): one WebSocket at /link, mutually
// authenticated, text frames, each one `envelope`. What must not be lost has a number `n` > 0, counted per direction
// and per archont identity, journalled by its sender until the other side's `ack` (cumulative). The receiver drops
// numbers it has seen.
//   archont -> server: hello, status, event, config_state, command_done, ack, ping
//   server -> archont: welcome, config, command, ack, pong
#include "base/dto.hpp"
#include "link/slot_state.hpp"

namespace vss::link {

constexpr std::int32_t link_version = 1;

struct envelope {
  std::string t;          // message type, as above
  std::int64_t n = 0;     // 0: not numbered (hello, welcome, ack, ping, pong)
  dto::json::value body;  // the struct below
};
BOOST_DESCRIBE_STRUCT(envelope, (), (t, n, body))

// One slot as the archont holds it.
struct slot_picture {
  std::string slot;
  slot_state state = slot_state::IDLE;
  std::int64_t epoch = 0;
  bool registered = false;
  std::optional<std::string> attempt;
  std::optional<std::string> call_id;
  std::optional<std::string> fault_code;
  std::int32_t rung = 0;
  bool drain = false;
  bool locked = false;
};
BOOST_DESCRIBE_STRUCT(slot_picture, (),
                      (slot, state, epoch, registered, attempt, call_id, fault_code, rung, drain, locked))

struct hello {
  std::int32_t v = link_version;
  std::string software;            // "0.1.0"
  std::string boot_id;             // of the host
  std::string run_id;              // of this process: two at once with one identity are a clone
  std::int64_t generation = 0;     // +1 at every process start, journalled: a clone or a rollback shows here
  std::int64_t last_sent = 0;      // highest own number in the journal
  std::int64_t last_received = 0;  // highest number received from the server
  std::int64_t journal_depth = 0;
  instant wall{};
  std::optional<std::string> config_hash;
  std::vector<slot_picture> slots;
};
BOOST_DESCRIBE_STRUCT(hello, (),
                      (v, software, boot_id, run_id, generation, last_sent, last_received, journal_depth, wall,
                       config_hash, slots))

struct welcome {
  std::int32_t v = link_version;
  std::string server;  // process name
  instant wall{};
  std::int64_t resume_after = 0;  // highest number of the archont's that is committed
  std::int32_t heartbeat_seconds = 5;
};
BOOST_DESCRIBE_STRUCT(welcome, (), (v, server, wall, resume_after, heartbeat_seconds))

// One transition of one slot (F-05). `at` is the hub's wall clock, `mono_us` its monotonic one since boot_id.
struct status {
  std::string trail;
  std::string slot;
  slot_state from = slot_state::IDLE;
  slot_state to = slot_state::IDLE;
  std::string event;
  std::int64_t epoch = 0;
  instant at{};
  std::int64_t mono_us = 0;
  bool registered = false;
  std::optional<std::string> attempt;
  std::optional<std::string> call_id;
  std::optional<std::string> fault_code;
  std::optional<std::int32_t> rung;
};
BOOST_DESCRIBE_STRUCT(status, (),
                      (trail, slot, from, to, event, epoch, at, mono_us, registered, attempt, call_id, fault_code,
                       rung))

// Something worth knowing that is not a transition (registration lost, journal full, clone suspected).
struct hub_event {
  std::string trail;
  std::string kind;
  std::string severity;  // info, warning, error
  std::optional<std::string> slot;
  std::string detail;
  instant at{};
};
BOOST_DESCRIBE_STRUCT(hub_event, (), (trail, kind, severity, slot, detail, at))

// F-14, link/hub_config.hpp.
struct config_push {
  std::string hash;
  dto::json::value document;  // link::hub_config
};
BOOST_DESCRIBE_STRUCT(config_push, (), (hash, document))

struct config_state {
  std::string hash;                  // what runs now
  std::vector<std::string> drift{};  // JSON pointers that differ from what was pushed
};
BOOST_DESCRIBE_STRUCT(config_state, (), (hash, drift))

// verb: drain, undrain, lock, unlock, recover, hangup, dial (test and internal calls: args.to), dtmf (args.digits).
// `epoch` with recover and hangup: only when the slot is still in that assignment.
struct command {
  std::string id;  // uuid; a repeat is answered again, not done again
  std::string trail;
  std::string verb;
  std::string slot;
  std::optional<std::int64_t> epoch;
  dto::json::object args;
};
BOOST_DESCRIBE_STRUCT(command, (), (id, trail, verb, slot, epoch, args))

struct command_done {
  std::string id;
  bool ok = false;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(command_done, (), (id, ok, message))

struct ack {
  std::int64_t upto = 0;  // every number up to and including this is committed
};
BOOST_DESCRIBE_STRUCT(ack, (), (upto))

struct ping {
  instant wall{};
  std::int64_t journal_depth = 0;
};
BOOST_DESCRIBE_STRUCT(ping, (), (wall, journal_depth))

}  // namespace vss::link
