#pragma once
// What one word about an attempt's end means, given what is known already: pure, and the heart of "an attempt ends in
// exactly one outcome". The first word ends it; the PBX's word wins; a word about something that never left is not
// counted.
#include "link/report.hpp"
#include "ottb/permit.hpp"
#include "ottb/report_store.hpp"

namespace vss::ottb {

attempt_end judge_report(const open_attempt& known, const link::attempt_report& said, instant now);
attempt_end judge_call(const open_attempt& known, const call_end& facts, instant now);
// The reconciler found no channel: what was answered stays answered, what was sent is unknown, what was not sent
// failed.
attempt_end judge_loss(const open_attempt& known, instant now);

}  // namespace vss::ottb
