#pragma once
// Is the archont that says hello the one we know? One identity lives once: a run that comes back after another run took
// its place, or a generation used twice, proves a copy. A generation that went back (a disk that lost power, a restored
// backup) only warns. Two links at once are watched by link_session, not here. Pure.
#include <cstdint>
#include <set>
#include <string>

#include "link/message.hpp"

namespace vss::ottb {

// What the hub's row remembers.
struct known_run {
  std::string run_id;
  std::string boot_id;
  std::int64_t generation = 0;
  std::int64_t received_n = 0;          // highest number committed
  std::set<std::string> replaced_runs;  // runs that a later run took the place of
  bool locked = false;
};

enum class hello_verdict : std::uint8_t {
  accepted,     // the same run again, or the next one
  rolled_back,  // accepted, but the generation or the numbers went back: warn
  copied,       // a second live copy: lock both
  locked,       // refused until an engineer unlocks
};

hello_verdict judge(const known_run& known, const link::hello& said);
const char* name(hello_verdict verdict);

}  // namespace vss::ottb
