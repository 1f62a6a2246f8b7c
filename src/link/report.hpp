#pragma once
// F-11: the hub's report of how attempts ended. POST /link/reports, batches of at most 100, idempotent by attempt id.
#include "base/dto.hpp"
#include "link/slot_state.hpp"

namespace vss::link {

struct attempt_report {
  std::string trail;
  std::string attempt;
  std::string slot;
  std::int64_t epoch = 0;
  link::outcome outcome = outcome::unknown;  // as the slot saw it; the PBX's view wins where they differ
  std::int32_t sip_code = 0;                 // final code on the slot leg, 0: none
  std::optional<instant> dialled_at;
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
  instant ended_at{};
  std::int64_t rtp_sent = 0;
  std::int64_t rtp_received = 0;
  std::int64_t rtp_lost = 0;
  std::string detail{};
};
BOOST_DESCRIBE_STRUCT(attempt_report, (),
                      (trail, attempt, slot, epoch, outcome, sip_code, dialled_at, ringing_at, answered_at, ended_at,
                       rtp_sent, rtp_received, rtp_lost, detail))

struct report_batch {
  std::vector<attempt_report> reports;
};
BOOST_DESCRIBE_STRUCT(report_batch, (), (reports))
inline auto dto_rules(const report_batch*) { return dto::rules(dto::items<&report_batch::reports>(1, 100)); }

struct report_receipt {
  std::vector<std::string> accepted;  // attempt ids; a repeat is accepted again
  std::vector<std::string> unknown;   // no such attempt of this hub: drop it, an event was written
};
BOOST_DESCRIBE_STRUCT(report_receipt, (), (accepted, unknown))

}  // namespace vss::link
