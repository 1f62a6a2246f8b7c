#include "point/asker.hpp"

#include "base/json_text.hpp"

namespace vss::point {

asker asker_of(const net::call& from) {
  asker out{from.who, from.story, "", ""};
  if (from.request) {
    out.address = from.request->peer_address;
    const std::string agent(from.request->headers.get("User-Agent").substr(0, 200));
    const bool sound = is_utf8(agent) && agent.find('\0') == std::string::npos;
    out.agent = sound ? agent : "?";
  }
  return out;
}

audit_entry entry_of(const asker& by, std::string action, std::string object, bool allowed, dto::json::object detail) {
  if (!by.address.empty()) detail["address"] = by.address;
  audit_entry out;
  out.actor = by.who.id.empty() ? "nobody" : by.who.id;
  out.action = std::move(action);
  out.object = std::move(object);
  out.allowed = allowed;
  out.trail = by.story.id;
  out.detail = std::move(detail);
  return out;
}

}  // namespace vss::point
