#include "app/call_record.hpp"

namespace vss::app {
namespace {

std::optional<ottb::call_side> side(const std::optional<dci::call_half>& from) {
  if (!from) return std::nullopt;
  return ottb::call_side{.received_at = from->received_at,
                         .started_at = from->started_at,
                         .ringing_at = from->ringing_at,
                         .answered_at = from->answered_at,
                         .ended_at = from->ended_at,
                         .outcome = from->outcome,
                         .sip_code = from->sip_code,
                         .q850 = from->q850,
                         .hangup_by = from->hangup_by,
                         .rtp_sent = from->rtp_sent,
                         .rtp_received = from->rtp_received,
                         .rtp_lost = from->rtp_lost,
                         .dtmf_sent = from->dtmf_sent,
                         .dtmf_received = from->dtmf_received};
}

}  // namespace

task<result<std::optional<ottb::call_sides>>> call_record(dci::service& dci, std::string attempt) {
  auto told = co_await dci.call(std::move(attempt));
  std::optional<ottb::call_sides> out;
  if (!told && told.error().kind == errc::not_found) co_return out;
  if (!told) co_return fail(std::move(told.error()));
  out = ottb::call_sides{told->call.outcome, told->call.sip_code, told->call.hangup_by,
                         told->call.differs, side(told->hub),     side(told->pbx)};
  co_return out;
}

}  // namespace vss::app
