#include "dci/call_view.hpp"

#include "base/ids.hpp"

namespace vss::dci {

std::string cursor_of(const call_view& last) { return to_text(last.started_at) + "," + last.call_id; }

result<void> read_cursor(std::string_view text, call_filter& into) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return invalid("/after", "not the `next` of a page");
  const auto when = parse_instant(text.substr(0, comma));
  const auto id = text.substr(comma + 1);
  if (!when || !is_uuid(id)) return invalid("/after", "not the `next` of a page");
  into.before_at = *when;
  into.before_id = std::string(id);
  return {};
}

}  // namespace vss::dci
