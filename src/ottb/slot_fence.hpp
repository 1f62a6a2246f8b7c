#pragma once
// What a hub's word about a slot is worth (F-05). The hub's numbers order its own words; the epoch fences words about
// an assignment that is over. A word is stale - kept in the history, without effect on the projection - when its epoch
// is below what the hub itself has already reached, or below a lease that is live now. When that lease ends, the newest
// stale word takes effect after all (link_sweep), so a lost lead message never leaves a slot's picture behind. Pure;
// the same rule stands in SQL in link_store.cpp, and a module test holds both against each other.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "link/message.hpp"

namespace vss::ottb {

struct slot_mark {
  std::string number;
  std::string state;
  std::int64_t state_n = 0;     // number of the message that set the state
  std::int64_t epoch = 0;       // of the last lease
  std::int64_t seen_epoch = 0;  // highest epoch that the hub has spoken in
  bool leased = false;          // the lease is live
  std::string attempt;          // of the lease
  bool registered = false;
  bool drain = false;
  bool locked = false;
  std::string fault_code;
  std::int32_t rung = 0;
};

enum class fence_verdict : std::uint8_t { apply, stale, seen };

fence_verdict judge(const slot_mark& slot, std::int64_t n, std::int64_t epoch);

// What a hub's snapshot (hello.slots) changes in the projection.
struct slot_correction {
  link::slot_picture picture;
  bool state_differs = false;
};
struct wanted_command {
  std::string slot;
  std::string verb;  // drain, undrain, lock, unlock
};
struct reconcile_plan {
  std::vector<slot_correction> corrections;  // slots whose row must be set to the picture
  std::vector<std::string> absent;           // ours, but the hub does not hold them (yet)
  std::vector<std::string> foreign;          // the hub holds them, but they are not its own
  std::vector<std::string> lost;             // slots whose leased attempt the hub no longer knows
  std::vector<wanted_command> commands;      // attributes that the hub holds differently: ours are the truth
};

// `last_sent`: the hub's highest number when it took the snapshot; a slot that spoke later is left alone.
reconcile_plan reconcile(const std::vector<slot_mark>& ours, const std::vector<link::slot_picture>& pictures,
                         std::int64_t last_sent);

}  // namespace vss::ottb
