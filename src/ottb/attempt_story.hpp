#pragma once
// One call's story: what the permit's gates said, what went over SIP as far as it is on record, what the slot did, and
// how both sides saw the end. Pure parts: the gates of a decision and the SIP ladder of stored facts.
#include "ottb/attempt_view.hpp"
#include "ottb/compliance.hpp"

namespace vss::ottb {

enum class gate_result : std::uint8_t { passed, refused, not_asked };
BOOST_DESCRIBE_ENUM(gate_result, passed, refused, not_asked)

struct gate_view {
  std::string gate;  // the refusal that it guards against
  gate_result result{};
  std::string words, words_ru;  // of that refusal
};
BOOST_DESCRIBE_STRUCT(gate_view, (), (gate, result, words, words_ru))

struct attempt_decision {
  instant at{};
  bool allowed = false;
  std::optional<std::string> reason;
  std::optional<instant> until;
  dto::json::object inputs;
  std::vector<gate_view> gates;  // in the order in which they are asked
};
BOOST_DESCRIBE_STRUCT(attempt_decision, (), (at, allowed, reason, until, inputs, gates))

// Every gate, in the order of `decide`; what stands behind the refusal was not asked. `reason`: "" for a yes.
std::vector<gate_view> gates_of(const std::string& reason);

struct permit_view {  // without its id: that is a right to dial
  std::string state;
  instant issued_at{}, expires_at{};
  std::optional<instant> consumed_at, sent_at;
};
BOOST_DESCRIBE_STRUCT(permit_view, (), (state, issued_at, expires_at, consumed_at, sent_at))

struct ladder_step {
  instant at{};
  std::string from, to;  // slot, pbx, trunk
  std::string message;   // INVITE, 180, 200, BYE, CANCEL, the final code
  std::optional<std::int32_t> code;
  std::string words, words_ru;
};
BOOST_DESCRIBE_STRUCT(ladder_step, (), (at, from, to, message, code, words, words_ru))

struct attempt_step {  // of the slot's FSM
  instant at{};
  std::string from, to, event;
  std::int64_t epoch = 0;
  std::optional<std::string> fault_code;
  bool stale = false;  // the word came from an assignment that was over
};
BOOST_DESCRIBE_STRUCT(attempt_step, (), (at, from, to, event, epoch, fault_code, stale))

struct call_side {  // how one side saw the call
  instant received_at{}, started_at{};
  std::optional<instant> ringing_at, answered_at, ended_at;
  std::string outcome;
  std::optional<std::int32_t> sip_code, q850;
  std::optional<std::string> hangup_by;
  std::int64_t rtp_sent = 0, rtp_received = 0;  // packets
  std::optional<std::int64_t> rtp_lost;
  std::optional<std::string> dtmf_sent, dtmf_received;
};
BOOST_DESCRIBE_STRUCT(call_side, (),
                      (received_at, started_at, ringing_at, answered_at, ended_at, outcome, sip_code, q850, hangup_by,
                       rtp_sent, rtp_received, rtp_lost, dtmf_sent, dtmf_received))
struct call_sides {  // the CDR
  std::string outcome;
  std::optional<std::int32_t> sip_code;
  std::optional<std::string> hangup_by;
  std::vector<std::string> differs;  // where the two disagree
  std::optional<call_side> hub, pbx;
};
BOOST_DESCRIBE_STRUCT(call_sides, (), (outcome, sip_code, hangup_by, differs, hub, pbx))

struct attempt_story {
  attempt_view attempt;
  std::string number;  // masked
  std::vector<attempt_decision> decisions;
  std::vector<permit_view> permits;  // the newest first
  std::vector<ladder_step> ladder;
  std::optional<std::string> slot_call_id, lead_call_id;  // SIP Call-IDs of the legs
  std::vector<attempt_step> steps;
  std::optional<call_sides> record;
  bool can_hang_up = false;
};
BOOST_DESCRIBE_STRUCT(attempt_story, (),
                      (attempt, number, decisions, permits, ladder, slot_call_id, lead_call_id, steps, record,
                       can_hang_up))

// Dialling, ringing or answered: there is a call to end.
bool is_live_call(const std::string& state);

// In order of time. Which trunk was tried before the one that took the call is not on record.
std::vector<ladder_step> ladder_of(const attempt_view& attempt, const std::vector<permit_view>& permits,
                                   const std::optional<call_sides>& record);

}  // namespace vss::ottb
