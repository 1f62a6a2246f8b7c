#include "ottb/campaign.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace vss::ottb {

std::optional<campaign_state> next_state(campaign_state from, campaign_verb verb) {
  using s = campaign_state;
  struct step {
    s from;
    campaign_verb verb;
    s to;
  };
  using v = campaign_verb;
  static constexpr step table[] = {
      {s::draft, v::start, s::running},       {s::stopped, v::start, s::running},
      {s::finished, v::start, s::running},    {s::running, v::pause, s::paused},
      {s::paused, v::resume, s::running},     {s::running, v::drain, s::draining},
      {s::paused, v::drain, s::draining},     {s::draining, v::resume, s::running},
      {s::running, v::stop, s::stopped},      {s::paused, v::stop, s::stopped},
      {s::draining, v::stop, s::stopped},     {s::draining, v::drained, s::stopped},
      {s::running, v::finished, s::finished}, {s::draining, v::finished, s::finished},
  };
  for (const auto& each : table) {
    if (each.from == from && each.verb == verb) return each.to;
  }
  return std::nullopt;
}

const char* name(campaign_state state) { return boost::describe::enum_to_string(state, ""); }

}  // namespace vss::ottb
