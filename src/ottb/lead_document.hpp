#pragma once
// Leads, decisions, imports and do-not-call entries as the API speaks of them. Numbers are masked here.
#include "base/dto.hpp"
#include "ottb/dnc_store.hpp"
#include "ottb/explain.hpp"
#include "ottb/lead_store.hpp"

namespace vss::ottb {

struct lead_view {
  std::int64_t id = 0;
  std::string campaign;
  std::string number;  // masked
  std::string state;
  std::optional<std::string> outcome, refusal;
  std::optional<instant> refused_until;
  std::int32_t attempts = 0, priority = 0;
  instant next_at{};
  std::optional<std::string> region, zone, import_id;
  std::vector<std::string> zones;
  bool consent = false;
  std::optional<std::string> consent_source;
  std::string trail;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(lead_view, (),
                      (id, campaign, number, state, outcome, refusal, refused_until, attempts, priority, next_at,
                       region, zone, import_id, zones, consent, consent_source, trail, created_at))
struct lead_page {
  std::vector<lead_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(lead_page, (), (items, next))

struct decision_view {
  instant at{};
  bool allowed = false;
  std::optional<std::string> reason;
  std::optional<instant> until;
  dto::json::object inputs;
};
BOOST_DESCRIBE_STRUCT(decision_view, (), (at, allowed, reason, until, inputs))
struct explanation_view {
  std::string code;
  std::string words;  // English
  std::string words_ru;
  bool may_be_called = false;
  std::optional<instant> when;
  std::vector<decision_view> decisions;  // the newest first
};
BOOST_DESCRIBE_STRUCT(explanation_view, (), (code, words, words_ru, may_be_called, when, decisions))

struct import_view {
  std::string id, campaign, state, filename;
  std::int64_t rows = 0, accepted = 0, duplicates = 0, rejected = 0, unknown_zone = 0;
  std::string created_by;
  instant created_at{};
  std::optional<instant> finished_at;
  std::optional<double> share;  // of the file that has been read, while it runs: counts are those so far
};
BOOST_DESCRIBE_STRUCT(import_view, (),
                      (id, campaign, state, filename, rows, accepted, duplicates, rejected, unknown_zone, created_by,
                       created_at, finished_at, share))
struct import_page {
  std::vector<import_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(import_page, (), (items, next))

struct number_input {
  e164 number;
  std::optional<std::string> region;  // ISO country of a number in national format
};
BOOST_DESCRIBE_STRUCT(number_input, (), (number, region))
inline auto dto_rules(const number_input*) {
  return dto::rules(dto::length<&number_input::number>(1, 64), dto::format<&number_input::region>("[A-Z]{2}"));
}
struct search_view {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(search_view, (), (id))
struct reveal_reason {
  std::string reason;  // why somebody must see it
};
BOOST_DESCRIBE_STRUCT(reveal_reason, (), (reason))
inline auto dto_rules(const reveal_reason*) { return dto::rules(dto::length<&reveal_reason::reason>(1, 300)); }
struct revealed_number {
  std::string number;
};
BOOST_DESCRIBE_STRUCT(revealed_number, (), (number))

// A number as a person wrote it, to +E.164; invalid by pointer /number.
result<e164> number_from(const number_input& input);

lead_view view(const lead_record& row, const std::string& masked_number);
explanation_view view(const explanation& why, const std::vector<decision_record>& decisions);
import_view view(const import_record& row);

}  // namespace vss::ottb
