#include "net/origin.hpp"

#include "net/http_wire.hpp"

namespace vss::net {

bool from_own_origin(const http_request& request) {
  const auto origin = request.headers.get("origin");
  const auto host = request.headers.get("host");
  if (origin.empty() || host.empty()) return false;
  const std::string_view scheme = request.encrypted ? "https://" : "http://";
  return origin.size() == scheme.size() + host.size() && same_name(origin.substr(0, scheme.size()), scheme) &&
         same_name(origin.substr(scheme.size()), host);
}

bool from_other_origin(const http_request& request) {
  return !request.headers.get("origin").empty() && !from_own_origin(request);
}

bool is_unsafe(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

}  // namespace vss::net
