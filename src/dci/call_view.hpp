#pragma once
// What DCI shows of calls and events, and what one may ask for. Pages go by key, newest first: `next` of a page is the
// `after` of the following one.
#include "base/dto.hpp"

namespace vss::dci {

struct call_view {
  std::string call_id;
  instant started_at{};
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
  std::optional<instant> ended_at;
  std::string direction;
  std::string outcome;
  std::optional<std::int32_t> sip_code;
  std::optional<std::string> hangup_by;
  std::optional<std::string> slot;
  std::optional<std::string> attempt_id;
  std::optional<std::string> campaign_id;
  std::optional<std::int32_t> trunk_id;
  std::optional<std::string> trail;
  std::vector<std::string> differs;  // where the hub and the PBX disagree
};
BOOST_DESCRIBE_STRUCT(call_view, (),
                      (call_id, started_at, ringing_at, answered_at, ended_at, direction, outcome, sip_code, hangup_by,
                       slot, attempt_id, campaign_id, trunk_id, trail, differs))

// One side's view of a call.
struct call_half {
  instant received_at{};
  instant started_at{};
  std::optional<instant> ringing_at;
  std::optional<instant> answered_at;
  std::optional<instant> ended_at;
  std::string outcome;
  std::optional<std::int32_t> sip_code;
  std::optional<std::int32_t> q850;  // the PBX's side only
  std::optional<std::string> hangup_by;
  std::int64_t rtp_sent = 0;
  std::int64_t rtp_received = 0;
  std::optional<std::int64_t> rtp_lost;  // the hub's side only
  std::optional<std::string> dtmf_sent;  // the hub's side only
  std::optional<std::string> dtmf_received;
};
BOOST_DESCRIBE_STRUCT(call_half, (),
                      (received_at, started_at, ringing_at, answered_at, ended_at, outcome, sip_code, q850, hangup_by,
                       rtp_sent, rtp_received, rtp_lost, dtmf_sent, dtmf_received))

struct call_story {
  call_view call;
  std::optional<std::string> hub_id;
  std::optional<std::string> slot_call_id;  // SIP Call-IDs of the legs
  std::optional<std::string> lead_call_id;
  std::optional<call_half> hub;
  std::optional<call_half> pbx;
};
BOOST_DESCRIBE_STRUCT(call_story, (), (call, hub_id, slot_call_id, lead_call_id, hub, pbx))

struct event_view {
  std::int64_t id = 0;
  instant at{};
  std::string kind;
  std::string severity;
  std::string subject;
  std::optional<std::string> trail;
  dto::json::object detail;
};
BOOST_DESCRIBE_STRUCT(event_view, (), (id, at, kind, severity, subject, trail, detail))

struct call_page {
  std::vector<call_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(call_page, (), (items, next))
struct event_page {
  std::vector<event_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(event_page, (), (items, next))

// Milliseconds as seconds, rounded once, at the end of a sum: every sum of the same calls says the same.
constexpr std::int64_t whole_seconds(std::int64_t milliseconds) { return (milliseconds + 500) / 1000; }

struct summary_view {
  std::int64_t total = 0;
  std::map<std::string, std::int64_t> outcomes;
  std::int64_t talk_seconds = 0;  // of answered calls
  std::int64_t one_sided = 0;     // only one of hub and PBX has told
  std::int64_t differing = 0;     // the two disagree
};
BOOST_DESCRIBE_STRUCT(summary_view, (), (total, outcomes, talk_seconds, one_sided, differing))

struct call_filter {
  std::optional<instant> from;
  std::optional<instant> to;
  std::optional<std::string> slot;
  std::optional<std::string> campaign;
  std::optional<std::string> outcome;
  std::optional<std::string> attempt;
  std::optional<instant> before_at;  // the page's edge: (started_at, call_id) of the last row seen
  std::string before_id;
  std::int64_t limit = 50;
};

struct event_filter {
  std::optional<std::string> kind;
  std::optional<std::string> severity;
  std::optional<std::string> subject;
  std::optional<instant> from;
  std::optional<instant> to;
  std::optional<std::int64_t> before_id;
  std::int64_t limit = 50;
};

// "2026-11-22T15:04:05.123456Z,<uuid>" <-> the edge of a page.
std::string cursor_of(const call_view& last);
result<void> read_cursor(std::string_view text, call_filter& into);

}  // namespace vss::dci
