#pragma once
// What one assignment of a slot gathers on its way: whose it is, its call's times and counts, and from them the CDR and
// the report. Pure.
#include <optional>
#include <string>

#include "archont/sip_agent.hpp"
#include "base/trail.hpp"
#include "link/cdr.hpp"
#include "link/lead.hpp"
#include "link/report.hpp"

namespace vss::archont {

struct slot_work {
  trail story{};
  link::call_way way = link::call_way::outbound;
  std::string call_id{};  // ours: the attempt's id, or what the edge or we gave the call
  std::string attempt{};  // empty: not a campaign's
  std::string campaign{};
  std::int64_t epoch = 0;
  std::string target{};  // what is dialled: the permit, or an internal number
  call_number call = 0;  // the phone's number for it
  std::optional<instant> started_at{};
  std::optional<instant> ringing_at{};
  std::optional<instant> answered_at{};
  std::optional<sip_event> end{};
  std::string hangup_by{};
  bool ring_limit = false;    // we gave up ringing
  bool nobody_there = false;  // nothing answered our INVITE

  bool any() const { return !call_id.empty(); }
};

// How the call ended as the slot's leg saw it. The PBX's word outranks it (docs/calls.md).
link::outcome outcome_of(const slot_work& work);
link::call_record cdr_of(const slot_work& work, const std::string& slot, instant now);
link::attempt_report report_of(const slot_work& work, const std::string& slot, instant now);

}  // namespace vss::archont
