#include "ottb/import_row.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/clock.hpp"
#include "ottb/window.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t most_attribute = 4096;

// Trimmed, ASCII and Cyrillic letters made small: enough to find a header.
std::string folded(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if (c == 0xD0 && i + 1 < text.size()) {  // U+0410..U+042F -> U+0430..U+044F
      const auto next = static_cast<unsigned char>(text[++i]);
      if (next >= 0x90 && next <= 0x9F)
        out += {static_cast<char>(0xD0), static_cast<char>(next + 0x20)};
      else if (next >= 0xA0 && next <= 0xAF)
        out += {static_cast<char>(0xD1), static_cast<char>(next - 0x20)};
      else
        out += {static_cast<char>(0xD0), static_cast<char>(next)};
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, std::string_view wanted) {
  const std::string small = folded(wanted);
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (folded(header[i]) == small) return i;
  }
  return std::nullopt;
}

struct usual {
  std::string_view member;
  std::array<std::string_view, 7> names;
};
constexpr usual phone_names{"phone", {"phone", "number", "telephone", "msisdn", "phone_number", "телефон", "номер"}};
constexpr usual zone_names{"zone", {"zone", "timezone", "time_zone", "tz", "часовой пояс", "зона", ""}};
constexpr usual consent_names{"consent", {"consent", "согласие", "", "", "", "", ""}};
constexpr usual source_names{"consent_source", {"consent_source", "источник согласия", "", "", "", "", ""}};
constexpr usual at_names{"consent_at", {"consent_at", "consent_date", "дата согласия", "", "", "", ""}};
constexpr usual priority_names{"priority", {"priority", "приоритет", "", "", "", "", ""}};

// The column of a member: the one the mapping names (a missing one is a problem), else one of the usual names.
std::optional<std::size_t> find(const std::vector<std::string>& header, const usual& known, const std::string& mapped,
                                std::vector<problem>& bad) {
  if (!mapped.empty()) {
    const auto found = column(header, mapped);
    if (!found) bad.push_back({"/mapping/" + std::string(known.member), "the file has no such column"});
    return found;
  }
  for (const auto name : known.names) {
    if (name.empty()) continue;
    if (const auto found = column(header, name)) return found;
  }
  return std::nullopt;
}

std::optional<bool> yes_or_no(std::string_view text) {
  const std::string word = folded(text);
  for (const auto* yes : {"yes", "y", "true", "1", "да", "есть"}) {
    if (word == yes) return true;
  }
  for (const auto* no : {"", "no", "n", "false", "0", "нет"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

// A date alone is midnight UTC of that day.
result<instant> moment(std::string_view text) {
  return parse_instant(text.size() == 10 ? std::string(text) + "T00:00:00Z" : std::string(text));
}

// A field of the errors file. What a spreadsheet would take for a formula gets an apostrophe.
std::string csv_cell(std::string_view text) {
  if (!text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos) {
    return csv_cell("'" + std::string(text));
  }
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

result<import_plan> plan_import(const csv_row& header, const import_mapping& mapping) {
  error what{errc::invalid, "the input is not valid"};
  auto& bad = what.problems;
  if (header.fault) return invalid("/header", words(*header.fault));
  const auto& names = header.fields;
  import_plan plan;
  plan.columns = names.size();
  const auto phone = find(names, phone_names, mapping.phone, bad);
  if (!phone && bad.empty()) bad.push_back({"/mapping/phone", "no column holds the telephone number; name it"});
  plan.phone = phone.value_or(0);
  plan.zone = find(names, zone_names, mapping.zone, bad);
  plan.consent = find(names, consent_names, mapping.consent, bad);
  plan.consent_source = find(names, source_names, mapping.consent_source, bad);
  plan.consent_at = find(names, at_names, mapping.consent_at, bad);
  plan.priority = find(names, priority_names, mapping.priority, bad);
  plan.region = mapping.region;
  plan.zone_default = mapping.zone_default;
  plan.consent_all = mapping.consent_all;
  if (plan.zone_default && !is_zone(*plan.zone_default)) bad.push_back({"/mapping/zone_default", "no such time zone"});
  const auto taken = [&](std::size_t i) {
    return i == plan.phone || i == plan.zone || i == plan.consent || i == plan.consent_source || i == plan.consent_at ||
           i == plan.priority;
  };
  if (mapping.keep) {
    for (const auto& each : *mapping.keep) {
      const auto found = column(names, each);
      if (!found)
        bad.push_back({"/mapping/keep", "the file has no column " + each});
      else
        plan.keep.emplace_back(*found, names[*found]);
    }
  } else {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!taken(i) && !folded(names[i]).empty()) plan.keep.emplace_back(i, names[i]);
    }
  }
  if (!bad.empty()) return fail(std::move(what));
  return plan;
}

std::expected<lead_row, std::vector<import_fault>> read_row(const import_plan& plan, const csv_row& row) {
  std::vector<import_fault> bad;
  const auto wrong = [&](std::string_view where, std::string_view code, std::string_view text) {
    bad.push_back({row.line, std::string(where), std::string(code), std::string(text)});
  };
  if (row.fault) {
    wrong("", name(*row.fault), words(*row.fault));
    return std::unexpected(std::move(bad));
  }
  if (row.fields.size() > plan.columns) wrong("", "too_many_fields", "the row has more fields than the header");
  const auto text = [&](std::optional<std::size_t> i) {
    return i && *i < row.fields.size() ? std::string_view(row.fields[*i]) : std::string_view();
  };
  lead_row lead;
  lead.line = row.line;
  auto who = parse_phone(text(plan.phone), plan.region);
  if (!who)
    wrong("phone", name(who.error()), words(who.error()));
  else
    lead.who = std::move(*who);
  lead.zone = text(plan.zone).empty() ? plan.zone_default.value_or("") : std::string(text(plan.zone));
  if (!lead.zone.empty() && !is_zone(lead.zone)) wrong("zone", "no_such_zone", "not an IANA time zone");
  const auto consent = yes_or_no(text(plan.consent));
  if (!consent) wrong("consent", "not_yes_or_no", "expected yes or no");
  lead.consent = consent.value_or(false) || plan.consent_all.has_value();
  if (text(plan.consent_source).size() > 300)
    wrong("consent_source", "too_long", "at most 300 bytes");
  else
    lead.consent_source = std::string(text(plan.consent_source));
  if (lead.consent_source.empty()) lead.consent_source = plan.consent_all.value_or("");
  if (const auto when = text(plan.consent_at); !when.empty()) {
    const auto at = moment(when);
    if (at)
      lead.consent_at = *at;
    else
      wrong("consent_at", "not_a_date", "expected an RFC 3339 date or time");
  }
  if (const auto priority = text(plan.priority); !priority.empty()) {
    const auto [end, ec] = std::from_chars(priority.data(), priority.data() + priority.size(), lead.priority);
    if (ec != std::errc{} || end != priority.data() + priority.size() || lead.priority < -1000 ||
        lead.priority > 1000) {
      wrong("priority", "not_a_number", "expected a whole number from -1000 to 1000");
    }
  }
  for (const auto& [i, title] : plan.keep) {
    if (text(i).size() > most_attribute)
      wrong(title, "too_long", "at most 4096 bytes");
    else if (!text(i).empty())
      lead.attributes[title] = std::string(text(i));
  }
  if (!bad.empty()) return std::unexpected(std::move(bad));
  lead.zones = zones_of(lead.who.number.reveal(), lead.who.region, lead.zone);
  return lead;
}

std::string csv_line(const import_fault& fault) {
  return std::to_string(fault.line) + "," + csv_cell(fault.column) + "," + fault.code + "," + csv_cell(fault.words) +
         "\r\n";
}

}  // namespace vss::ottb
