#include "ottb/report_end.hpp"

#include <algorithm>

namespace vss::ottb {

namespace {

using link::outcome;

bool ended(const open_attempt& known) { return known.state == "done" || known.state == "returned"; }

// The desk gave the permit out and nobody used it: whatever the hub saw, no carrier was asked. A hub that claims an
// answer, a ring or a doubt is believed all the same: the caps must not be cheated by a lost word.
bool never_left(const open_attempt& known, outcome said) {
  const bool unused = known.state == "queued" || known.state == "permitted";
  const bool claims_a_call = said == outcome::answered || said == outcome::busy || said == outcome::no_answer ||
                             said == outcome::invalid || said == outcome::unknown;
  return unused && !claims_a_call;
}

void plan_next(attempt_end& end, const open_attempt& known, int counted, instant now) {
  const auto next = after(end.outcome, counted, known.max_attempts, known.retry, now);
  end.finished = next.finished;
  end.next_at = next.next_at.value_or(now);
}

// A hub's clock may be off; a moment in the future would delay nothing but would lie.
std::optional<instant> not_later(std::optional<instant> at, instant now) {
  if (at && *at > now) return now;
  return at;
}

}  // namespace

attempt_end judge_report(const open_attempt& known, const link::attempt_report& said, instant now) {
  attempt_end end;
  end.id = known.id;
  end.source = end_source::hub;
  end.outcome = said.outcome;
  end.sip_code = said.sip_code;
  end.dialled_at = not_later(said.dialled_at, now);
  end.ringing_at = not_later(said.ringing_at, now);
  end.answered_at = not_later(said.answered_at, now);
  end.ended_at = *not_later(said.ended_at, now);
  if (ended(known)) {
    end.kind = end_kind::note;
    end.next_at = now;
    return end;
  }
  if (never_left(known, said.outcome)) {
    end.kind = end_kind::give_back;
    end.next_at = now + seconds(10);
    return end;
  }
  // "refused" is the desk's word alone; a hub that says it of a call that was under way saw it fail.
  if (end.outcome == outcome::refused) end.outcome = outcome::failed;
  end.kind = end_kind::first;
  plan_next(end, known, known.lead_attempts + 1, now);
  return end;
}

attempt_end judge_call(const open_attempt& known, const call_end& facts, instant now) {
  attempt_end end;
  end.id = known.id;
  end.source = end_source::pbx;
  end.outcome = facts.outcome;
  end.sip_code = facts.sip_code;
  end.q850 = facts.q850;
  end.trunk = facts.trunk;
  end.dtmf = facts.dtmf;
  end.lead_call_id = facts.lead_call_id;
  end.ringing_at = facts.ringing_at;
  end.answered_at = facts.answered_at;
  end.ended_at = facts.ended_at;
  if (!ended(known)) {
    end.kind = end_kind::first;
    plan_next(end, known, known.lead_attempts + 1, now);
    return end;
  }
  const bool correctable = known.state == "done" && known.pbx_outcome.empty() && known.outcome != "refused";
  end.kind = correctable ? end_kind::correct : end_kind::note;
  plan_next(end, known, known.lead_attempts, now);
  return end;
}

attempt_end judge_loss(const open_attempt& known, instant now) {
  attempt_end end;
  end.id = known.id;
  end.source = end_source::desk;
  end.ended_at = now;
  if (known.state == "answered") {
    end.outcome = outcome::answered;
  } else {
    end.outcome = known.permit_state == "sent" ? outcome::unknown : outcome::failed;
  }
  end.kind = ended(known) ? end_kind::note : end_kind::first;
  plan_next(end, known, known.lead_attempts + 1, now);
  return end;
}

}  // namespace vss::ottb
