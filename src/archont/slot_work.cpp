#include "archont/slot_work.hpp"

#include <algorithm>

namespace vss::archont {

link::outcome outcome_of(const slot_work& work) {
  if (work.answered_at) return link::outcome::answered;
  if (!work.end) return link::outcome::unknown;
  if (work.nobody_there) return link::outcome::failed;
  switch (work.end->code) {
    case 486:
    case 600:
      return link::outcome::busy;
    case 408:
    case 480:
      return link::outcome::no_answer;
    case 404:
    case 410:
    case 484:
    case 604:
      return link::outcome::invalid;
    case 403:
    case 603:
    case 607:
    case 608:
      return link::outcome::rejected;
    default:
      break;
  }
  const bool ours = work.end->how == call_end::local || work.end->how == call_end::cancelled;
  if (ours && work.way == link::call_way::inbound) return link::outcome::no_answer;
  if (ours) return work.ring_limit ? link::outcome::no_answer : link::outcome::abandoned;
  return link::outcome::failed;
}

link::call_record cdr_of(const slot_work& work, const std::string& slot, instant now) {
  link::call_record out;
  out.call_id = work.call_id;
  out.trail = work.story.id;
  out.direction = work.way;
  out.slot = slot;
  if (!work.attempt.empty()) out.attempt_id = work.attempt;
  if (!work.campaign.empty()) out.campaign_id = work.campaign;
  out.started_at = work.started_at.value_or(now);
  out.ended_at = std::max(now, out.started_at);
  // The clock may have been set back during the call; the order of its steps has not changed.
  if (work.ringing_at) out.ringing_at = std::clamp(*work.ringing_at, out.started_at, out.ended_at);
  if (work.answered_at)
    out.answered_at = std::clamp(*work.answered_at, out.ringing_at.value_or(out.started_at), out.ended_at);
  out.outcome = outcome_of(work);
  out.hangup_by = work.hangup_by;
  if (work.end) {
    out.sip_code = work.end->code;
    out.rtp_sent = static_cast<std::int64_t>(work.end->rtp.sent);
    out.rtp_received = static_cast<std::int64_t>(work.end->rtp.received);
    out.rtp_lost = static_cast<std::int64_t>(work.end->rtp.lost);
    out.dtmf_sent = work.end->digits_sent;
    out.dtmf_received = work.end->digits;
    out.slot_call_id = work.end->call_id;
  }
  return out;
}

link::attempt_report report_of(const slot_work& work, const std::string& slot, instant now) {
  const link::call_record call = cdr_of(work, slot, now);
  link::attempt_report out;
  out.trail = call.trail;
  out.attempt = work.attempt;
  out.slot = slot;
  out.epoch = work.epoch;
  out.outcome = call.outcome;
  out.sip_code = call.sip_code;
  out.dialled_at = work.started_at;
  out.ringing_at = work.ringing_at;
  out.answered_at = work.answered_at;
  out.ended_at = call.ended_at;
  out.rtp_sent = call.rtp_sent;
  out.rtp_received = call.rtp_received;
  out.rtp_lost = call.rtp_lost;
  return out;
}

}  // namespace vss::archont
