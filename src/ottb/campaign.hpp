#pragma once
// A campaign's states, modes and purposes, and which state follows which. Pure.
//   draft -> running <-> paused; running, paused -> draining -> stopped; running, draining -> finished (by itself)
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>

namespace vss::ottb {

enum class campaign_state : std::uint8_t { draft, running, paused, draining, stopped, finished };
BOOST_DESCRIBE_ENUM(campaign_state, draft, running, paused, draining, stopped, finished)

enum class campaign_mode : std::uint8_t { ivr, progressive };
BOOST_DESCRIBE_ENUM(campaign_mode, ivr, progressive)

enum class campaign_purpose : std::uint8_t { service, survey, advertising, collection };
BOOST_DESCRIBE_ENUM(campaign_purpose, service, survey, advertising, collection)

// start, pause, resume, drain, stop are asked by people; drained and finished happen.
enum class campaign_verb : std::uint8_t { start, pause, resume, drain, stop, drained, finished };
BOOST_DESCRIBE_ENUM(campaign_verb, start, pause, resume, drain, stop, drained, finished)

// The state that `verb` leads to; empty: not allowed in this state. stop ends what is queued, drain lets it happen.
std::optional<campaign_state> next_state(campaign_state from, campaign_verb verb);
const char* name(campaign_state state);

}  // namespace vss::ottb
