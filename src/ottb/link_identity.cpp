#include "ottb/link_identity.hpp"

namespace vss::ottb {

hello_verdict judge(const known_run& known, const link::hello& said) {
  if (known.locked) return hello_verdict::locked;
  if (known.run_id.empty()) return hello_verdict::accepted;
  const bool numbers_went_back = said.last_sent < known.received_n;
  if (known.run_id == said.run_id) return numbers_went_back ? hello_verdict::rolled_back : hello_verdict::accepted;
  if (known.replaced_runs.contains(said.run_id)) return hello_verdict::copied;
  if (said.generation == known.generation) {
    // A reboot that lost the last writes loses the numbers too; a copy keeps them.
    const bool lost_power = said.boot_id != known.boot_id && numbers_went_back;
    // Enrolled again after its disk was lost: it counts from the beginning. Should the old one live, it comes back and
    // is a copy.
    const bool anew = said.generation == 1 && said.last_sent == 0 && numbers_went_back;
    return lost_power || anew ? hello_verdict::rolled_back : hello_verdict::copied;
  }
  if (said.generation < known.generation || numbers_went_back) return hello_verdict::rolled_back;
  return hello_verdict::accepted;
}

const char* name(hello_verdict verdict) {
  switch (verdict) {
    case hello_verdict::accepted:
      return "accepted";
    case hello_verdict::rolled_back:
      return "rolled_back";
    case hello_verdict::copied:
      return "copied";
    case hello_verdict::locked:
      return "locked";
  }
  return "";
}

}  // namespace vss::ottb
