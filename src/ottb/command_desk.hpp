#pragma once
// Commands to hubs: numbered, kept in the outbox until the hub acknowledged them, answered once. An order is written in
// one transaction with what it changes; it reaches the hub over whichever server holds its link, at once or when it is
// back, and the answer finds the one who waits in any server process.
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "link/message.hpp"
#include "net/postgres.hpp"

namespace vss::ottb {

struct command_order {
  std::string hub;   // uuid
  std::string slot;  // "" for none
  std::string verb;
  dto::json::object args{};
  std::optional<std::int64_t> epoch{};  // negative or none: whatever the slot does now
  std::string asked_by;                 // person id, or "system"
  std::string reason{};
  std::string trail{};
};

struct command_view {
  std::string id;
  std::string hub;
  std::optional<std::string> slot;
  std::string verb;
  std::string asked_by;
  std::optional<std::string> reason;
  instant created_at{};
  std::optional<instant> done_at;
  std::optional<bool> ok;
  std::optional<std::string> message;
};
BOOST_DESCRIBE_STRUCT(command_view, (), (id, hub, slot, verb, asked_by, reason, created_at, done_at, ok, message))

class command_desk {
 public:
  command_desk(net::pg_pool& db, const vss::clock& time, random_source& random, executor on)
      : db_(db), time_(time), random_(random), on_(std::move(on)) {}

  // Writes `first` (may be empty) and the order in one transaction, then waits for the hub's answer at most `limit`.
  // The view without `done_at` means: not yet.
  task<result<command_view>> ask(command_order order, std::vector<net::step> first, milliseconds limit);
  task<result<command_view>> find(std::string id);
  void done(const std::string& id);  // heard from any process

 private:
  net::pg_pool& db_;
  const vss::clock& time_;
  random_source& random_;
  executor on_;
  std::map<std::string, std::shared_ptr<wakeup>> waiting_;
};

}  // namespace vss::ottb
