#pragma once
// A call's end as the PBX saw it, in the form that dci.merge_pbx_facts takes. Pure.
#include <boost/json/object.hpp>

#include "ottb/events.hpp"

namespace vss::dci {

// A refused attempt was never a call; a call without one of our ids cannot meet its other half.
bool is_call(const ottb::call_ended& call);

boost::json::object fact_of(const ottb::call_ended& call);

}  // namespace vss::dci
