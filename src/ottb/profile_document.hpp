#pragma once
// A compliance profile as people write it: the rules of one country and purpose as data, versioned. A new version is a
// new row and campaigns name a version, so a decision can be explained years later. Pure.
#include "base/dto.hpp"
#include "ottb/profile.hpp"

namespace vss::ottb {

struct window_rule {
  std::vector<std::string> days;  // mon..sun
  std::string from;               // "09:00" in the callee's local time
  std::string to;                 // exclusive; "24:00" is midnight
};
BOOST_DESCRIBE_STRUCT(window_rule, (), (days, from, to))
inline auto dto_rules(const window_rule*) {
  return dto::rules(dto::items<&window_rule::days>(1, 7),
                    dto::format<&window_rule::days>("mon|tue|wed|thu|fri|sat|sun"),
                    dto::format<&window_rule::from>("([01][0-9]|2[0-3]):[0-5][0-9]"),
                    dto::format<&window_rule::to>("([01][0-9]|2[0-3]):[0-5][0-9]|24:00"));
}

// At most `most` attempts to one person in any `hours` hours, all campaigns together.
struct attempt_cap {
  std::int32_t hours = 24;
  std::int32_t most = 1;
};
BOOST_DESCRIBE_STRUCT(attempt_cap, (), (hours, most))
inline auto dto_rules(const attempt_cap*) {
  return dto::rules(dto::range<&attempt_cap::hours>(1, 744), dto::range<&attempt_cap::most>(1, 1000));
}

struct profile_document {
  bool consent_required = true;
  std::vector<window_rule> windows;   // none: only simulated trunks are allowed
  std::vector<std::string> holidays;  // local dates without calls
  std::vector<attempt_cap> caps;
  bool machine_advertising = false;    // RU-1: advertising by machine
  std::vector<std::string> countries;  // ISO codes that may be called; none: all
  std::vector<std::string> sources;    // the laws it was written from
};
BOOST_DESCRIBE_STRUCT(profile_document, (),
                      (consent_required, windows, holidays, caps, machine_advertising, countries, sources))
inline auto dto_rules(const profile_document*) {
  return dto::rules(dto::has_default<&profile_document::consent_required>(),
                    dto::has_default<&profile_document::windows>(), dto::items<&profile_document::windows>(0, 50),
                    dto::has_default<&profile_document::holidays>(), dto::items<&profile_document::holidays>(0, 400),
                    dto::format<&profile_document::holidays>("20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
                    dto::has_default<&profile_document::caps>(), dto::items<&profile_document::caps>(0, 10),
                    dto::has_default<&profile_document::machine_advertising>(),
                    dto::has_default<&profile_document::countries>(), dto::items<&profile_document::countries>(0, 250),
                    dto::format<&profile_document::countries>("[A-Z]{2}"),
                    dto::has_default<&profile_document::sources>(), dto::items<&profile_document::sources>(0, 50),
                    dto::length<&profile_document::sources>(1, 300));
}

// Refuses windows that end before they begin, with the pointer of each.
result<profile> make_profile(std::string id, std::string name, int version, const profile_document& document);

}  // namespace vss::ottb
