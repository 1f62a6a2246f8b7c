#pragma once
// DCI's record of a call in the words of OTTB's story of an attempt: the left module cannot ask the right one itself.
#include "dci/service.hpp"
#include "ottb/attempt_story.hpp"

namespace vss::app {

// Nothing while neither side has told.
task<result<std::optional<ottb::call_sides>>> call_record(dci::service& dci, std::string attempt);

}  // namespace vss::app
