#include "point/routes.hpp"

#include <charconv>

namespace vss::point {

net::parameter limit_parameter() {
  return {"limit", "[1-9]|[1-9][0-9]|[1-4][0-9][0-9]|500", "items of a page, 1 to 500; 50 when absent"};
}
net::parameter after_parameter() { return {"after", "[A-Za-z0-9._@-]{1,64}", "the `next` of the page before"}; }

int limit_of(const net::call& from) {
  const std::string text = query_of(from, "limit");
  int out = 50;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::string query_of(const net::call& from, const std::string& name) {
  const auto found = from.query.find(name);
  return found == from.query.end() ? std::string() : found->second;
}

result<std::int64_t> version_of(const net::call& from) {
  const std::string text = from.if_match.value_or("");
  std::int64_t out = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (ec != std::errc{} || end != text.data() + text.size()) {
    return fail(errc::precondition, "If-Match must hold the version that you know");
  }
  return out;
}

void add_routes(net::router& to, service& point) {
  constexpr auto uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  to.path_parameter({"person", uuid, "a person's id"});
  to.path_parameter({"session", uuid, "a session's id"});
  to.path_parameter({"archont", uuid, "an archont's id, which is its hub's"});
  to.path_parameter({"role", "[a-z]{1,30}", "a role's name"});
  add_session_routes(to, point);
  add_browser_routes(to, point);
  add_people_routes(to, point);
  add_site_routes(to, point);
}

}  // namespace vss::point
