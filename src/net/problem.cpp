#include "net/problem.hpp"

#include "base/json_text.hpp"
#include "base/log.hpp"
#include "net/http_wire.hpp"

namespace vss::net {

int status_of(errc kind) {
  switch (kind) {
    case errc::not_found:
      return 404;
    case errc::conflict:
      return 409;
    case errc::invalid:
      return 422;
    case errc::unauthorized:
      return 401;
    case errc::forbidden:
      return 403;
    case errc::refused:
      return 403;
    case errc::precondition:
      return 412;
    case errc::too_large:
      return 413;
    case errc::too_many:
      return 429;
    case errc::unavailable:
      return 503;
    case errc::timeout:
      return 504;
    case errc::internal:
      return 500;
  }
  return 500;
}

namespace {

std::string urn(std::string_view type) { return "urn:vss:problem:" + std::string(type); }

http_response made(int status, std::string_view type, std::string_view detail,
                   const std::vector<vss::problem>& problems, const trail& story) {
  http_response out;
  out.status = status;
  out.headers.set("content-type", "application/problem+json");
  out.body = "{\"type\":\"" + std::string(type) + "\",\"title\":" + json_text(reason_phrase(status)) +
             ",\"status\":" + std::to_string(status) + ",\"detail\":" + json_text(detail);
  if (!story.id.empty()) {
    out.body += ",\"trail\":" + json_text(story.id);
    out.headers.set("x-trail", story.id);
  }
  if (!problems.empty()) {
    out.body += ",\"problems\":[";
    for (const auto& item : problems) {
      if (&item != &problems.front()) out.body += ',';
      out.body += "{\"pointer\":" + json_text(item.pointer) + ",\"message\":" + json_text(item.message) + "}";
    }
    out.body += ']';
  }
  out.body += '}';
  if (status == 401) out.headers.set("www-authenticate", "Bearer");
  if (status == 429 || status == 503) out.headers.set("retry-after", "1");
  secure(out);
  return out;
}

}  // namespace

http_response problem(const error& what, const trail& story) {
  if (what.kind != errc::internal) {
    const std::string type = what.type.empty() ? urn(name(what.kind)) : "/problems/" + what.type;
    return made(status_of(what.kind), type, what.message, what.problems, story);
  }
  log::failed("net", "request_failed", what, {{"trail", story}});
  return made(500, urn("internal"), "a defect on our side; the log has it under this trail", {}, story);
}

http_response problem(int status, std::string_view type, std::string detail, const trail& story) {
  return made(status, urn(type), detail, {}, story);
}

void secure(http_response& response) {
  static constexpr std::pair<std::string_view, std::string_view> always[] = {
      {"x-content-type-options", "nosniff"},
      {"referrer-policy", "no-referrer"},
      {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"},
      {"cross-origin-resource-policy", "same-origin"},
      {"cross-origin-opener-policy", "same-origin"},
      {"cache-control", "no-store"}};
  for (const auto& [name, value] : always) {
    if (response.headers.get(name).empty()) response.headers.all.emplace_back(name, value);
  }
}

}  // namespace vss::net
