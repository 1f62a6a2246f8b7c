#include "ottb/campaign_document.hpp"

#include "ottb/outcome.hpp"

namespace vss::ottb {

result<void> check(const campaign_input& input, bool profile_has_windows) {
  error bad{errc::invalid, "the input is not valid"};
  if (input.mode == campaign_mode::ivr && !input.flow)
    bad.problems.push_back({"/flow", "an IVR campaign needs a flow"});
  if (input.starts_at && input.ends_at && *input.ends_at <= *input.starts_at) {
    bad.problems.push_back({"/ends_at", "must be later than starts_at"});
  }
  for (const auto& [outcome, seconds] : input.retry) {
    if (!parse_outcome(outcome))
      bad.problems.push_back({"/retry/" + dto::pointer_token(outcome), "no such outcome"});
    else if (seconds > 31LL * 24 * 3600)
      bad.problems.push_back({"/retry/" + outcome, "at most 31 days"});
  }
  if (profile_has_windows && input.ring_seconds < 15) {
    bad.problems.push_back({"/ring_seconds", "at least 15 seconds (47 CFR 64.1200(a)(6))"});
  }
  if (!bad.problems.empty()) return fail(std::move(bad));
  return {};
}

}  // namespace vss::ottb
