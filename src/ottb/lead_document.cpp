#include "ottb/lead_document.hpp"

namespace vss::ottb {

namespace {

std::optional<std::string> some(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

lead_view view(const lead_record& row, const std::string& masked_number) {
  lead_view out;
  out.id = row.id;
  out.campaign = row.campaign;
  out.number = masked_number;
  out.state = row.state;
  out.outcome = some(row.outcome);
  out.refusal = some(row.refusal);
  out.refused_until = row.refused_until;
  out.attempts = row.attempts;
  out.priority = row.priority;
  out.next_at = row.next_at;
  out.region = some(row.region);
  out.zone = some(row.zone);
  out.import_id = some(row.import_id);
  out.zones = row.zones;
  out.consent = row.consent;
  out.consent_source = some(row.consent_source);
  out.trail = row.trail;
  out.created_at = row.created_at;
  return out;
}

explanation_view view(const explanation& why, const std::vector<decision_record>& decisions) {
  explanation_view out{why.code, why.english, why.russian, why.may_be_called, why.when, {}};
  for (const auto& each : decisions) {
    decision_view shown{each.at, each.allowed, some(each.reason), each.until, {}};
    auto tree = dto::parse_json(each.inputs);
    if (tree && tree->is_object()) shown.inputs = std::move(tree->get_object());
    out.decisions.push_back(std::move(shown));
  }
  return out;
}

import_view view(const import_record& row) {
  return {row.id,
          row.campaign,
          row.state,
          row.filename,
          row.counts.rows,
          row.counts.accepted,
          row.counts.duplicates,
          row.counts.rejected,
          row.counts.unknown_zone,
          row.created_by,
          row.created_at,
          row.finished_at,
          row.share};
}

}  // namespace vss::ottb
