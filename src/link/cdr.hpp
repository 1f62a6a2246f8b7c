#pragma once
// F-08: the hub's half of a call detail record. The archont journals one per call and writes batches (a JSON array of
// at most 5,000) straight to PostgreSQL with its own role:
//   select n, call_id, accepted, reason from dci.ingest_cdr($1::jsonb)
// One row comes back per element (n counts from 0). Accepted: it is stored, or was before; drop it. Refused: it never
// will be; put it aside and say so. An error of the whole statement: keep everything and come again. Which hub it is,
// the server takes from the session. No phone numbers.
#include "base/dto.hpp"
#include "link/slot_state.hpp"

namespace vss::link {

constexpr std::size_t cdr_batch_limit = 5000;

enum class call_way : std::uint8_t { outbound, inbound, internal };
BOOST_DESCRIBE_ENUM(call_way, outbound, inbound, internal)

struct call_record {
  std::int32_t v = 1;
  std::string call_id;  // ours, a UUID: the attempt's id outbound, made by Kamailio (X-VSS-Call) otherwise
  std::string trail;
  call_way direction = call_way::outbound;
  std::string slot;
  std::optional<std::string> attempt_id{};
  std::optional<std::string> campaign_id{};
  instant started_at{};  // of the hub's clock, like all times here
  std::optional<instant> ringing_at{};
  std::optional<instant> answered_at{};
  instant ended_at{};
  link::outcome outcome = outcome::unknown;
  std::int32_t sip_code = 0;  // final code on the slot's leg, 0: none
  std::string hangup_by{};    // lead, slot, flow, limit, operator, lost
  std::int64_t rtp_sent = 0;  // packets on the slot's leg
  std::int64_t rtp_received = 0;
  std::int64_t rtp_lost = 0;
  std::string dtmf_sent{};
  std::string dtmf_received{};
  std::string slot_call_id{};  // SIP Call-ID of the slot's leg
};
BOOST_DESCRIBE_STRUCT(call_record, (),
                      (v, call_id, trail, direction, slot, attempt_id, campaign_id, started_at, ringing_at, answered_at,
                       ended_at, outcome, sip_code, hangup_by, rtp_sent, rtp_received, rtp_lost, dtmf_sent,
                       dtmf_received, slot_call_id))

}  // namespace vss::link
