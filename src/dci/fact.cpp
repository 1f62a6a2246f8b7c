#include "dci/fact.hpp"

#include "base/dto.hpp"
#include "base/ids.hpp"

namespace vss::dci {
namespace {

void put(boost::json::object& into, std::string_view key, const std::string& text) {
  if (!text.empty()) into[key] = text;
}
void put(boost::json::object& into, std::string_view key, const std::optional<std::string>& text) {
  if (text) put(into, key, *text);
}
void put(boost::json::object& into, std::string_view key, const std::optional<instant>& when) {
  if (when) into[key] = to_text(*when);
}

const char* name(ottb::call_direction direction) {
  switch (direction) {
    case ottb::call_direction::inbound:
      return "inbound";
    case ottb::call_direction::internal:
      return "internal";
    default:
      return "outbound";
  }
}

}  // namespace

bool is_call(const ottb::call_ended& call) { return call.outcome != link::outcome::refused && is_uuid(call.call_id); }

boost::json::object fact_of(const ottb::call_ended& call) {
  boost::json::object out{{"call_id", call.call_id},
                          {"direction", name(call.direction)},
                          {"started_at", to_text(call.started_at)},
                          {"ended_at", to_text(std::max(call.ended_at, call.started_at))},
                          {"outcome", dto::to_json(call.outcome)},
                          {"sip_code", call.sip_code},
                          {"q850", call.q850},
                          {"rtp_sent", call.rtp_sent},
                          {"rtp_received", call.rtp_received},
                          {"dtmf", call.dtmf}};
  put(out, "trail", call.story.id);
  put(out, "slot", call.slot);
  put(out, "attempt_id", call.attempt);
  put(out, "campaign_id", call.campaign);
  if (call.trunk) out["trunk_id"] = *call.trunk;
  put(out, "ringing_at", call.ringing_at);
  put(out, "answered_at", call.answered_at);
  put(out, "hangup_by", call.hangup_by);
  put(out, "slot_call_id", call.slot_call_id);
  put(out, "lead_call_id", call.lead_call_id);
  return out;
}

}  // namespace vss::dci
