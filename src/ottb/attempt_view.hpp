#pragma once
// Attempts as lists show them, and what one may ask a list for. Ids are UUIDs that grow with time, so pages go by id.
#include "base/dto.hpp"

namespace vss::ottb {

struct attempt_view {
  std::string id;
  std::int64_t lead = 0;
  std::string campaign, campaign_name;
  std::int32_t n = 0;
  std::string slot, hub, hub_id, state, trail;  // hub: its label
  std::optional<std::string> outcome, pbx_outcome, hub_outcome, refusal, dtmf;
  std::optional<std::int32_t> sip_code, q850, trunk;
  std::optional<std::string> trunk_name;
  instant queued_at{};
  std::optional<instant> permitted_at, dialled_at, ringing_at, answered_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(attempt_view, (),
                      (id, lead, campaign, campaign_name, n, slot, hub, hub_id, state, trail, outcome, pbx_outcome,
                       hub_outcome, refusal, dtmf, sip_code, q850, trunk, trunk_name, queued_at, permitted_at,
                       dialled_at, ringing_at, answered_at, ended_at))
struct attempt_page {
  std::vector<attempt_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(attempt_page, (), (items, next))

struct attempt_filter {  // empty members ask for nothing
  std::string campaign;
  std::int64_t lead = 0;
  std::string slot, hub;  // hub: its label
  std::int32_t trunk = 0;
  std::string outcome;
  std::string state;  // live, ended, or one of the states
  std::optional<instant> from, to;
  std::string index;  // raw blind index of a number
  bool newest_first = false;
  std::string after;  // id of the last row seen
  int limit = 50;
};

// Between which ids (both excluded) the rows of that filter lie. Ids carry the time of the server, `queued_at` the
// database's: an hour of grace on both sides, the exact time is compared besides.
struct id_range {
  std::string above, below;
};
id_range ids_of(const attempt_filter& filter);

}  // namespace vss::ottb
