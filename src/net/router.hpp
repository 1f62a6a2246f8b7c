#pragma once
// The endpoint table. A route names its verb, path template, permission and summary; its body and answer types are
// deduced from the function, so validation, the 422 problem list and docs/openapi.json come from the same description.
// There is no default permission: `open` must be spelled. Errors become problem details (RFC 9457), If-Match and ETag
// are kept here.
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/dto.hpp"
#include "base/trail.hpp"
#include "net/http.hpp"
#include "net/problem.hpp"

namespace vss::net {

struct principal {   // who asks
  std::string id;    // person uuid, archont id, or "" when open
  std::string name;  // login or hub label
  std::vector<std::string> roles;
  std::set<std::string, std::less<>> permissions;
  std::string session;  // refresh family
  bool may(std::string_view permission) const { return permissions.contains(permission); }
};

// What a route's function gets besides its body.
struct call {
  trail story{};
  principal who{};
  std::map<std::string, std::string> path{};  // template parameters, already checked against their patterns
  std::map<std::string, std::string> query{};
  std::optional<std::string> if_match{};  // the bare version, without quotes
  std::string reason{};                   // what the body or the query gives as its `reason`: for the audit
  const http_request* request = nullptr;
};

struct nothing {};  // 204
struct raw_reply {  // a body that is not JSON (CSV, metrics)
  std::string content_type;
  std::string body;
  int status = 200;
};
// Answer with more than a body. `version` becomes the ETag; If-None-Match of the same version answers 304.
template <class T>
struct reply {
  T body;
  int status = 200;
  std::optional<std::string> version{};
  std::optional<std::string> location{};
  std::vector<std::string> cookies{};  // Set-Cookie values
  std::optional<raw_reply> instead{};  // the same in the form that Accept asked for: the route's raw_type
};
// True when Accept names that type and does not like JSON better.
bool wants(const call& from, std::string_view type);
struct raw_body {  // a body that is not JSON (CSV upload); content type in call.request
  std::string text;
};

struct parameter {
  std::string name;
  std::string pattern;  // ECMAScript, anchored: checked before the function runs, published in the schema
  std::string summary;
};

struct route {
  std::string method;
  std::string path;  // "/ottb/slots/{number}"
  std::string permission;
  std::string summary;
  std::vector<parameter> query{};
  std::size_t body_limit = 1 << 20;
  bool if_match = false;   // required: 428 without
  std::string raw_type{};  // content type of raw_body / raw_reply / reply::instead
  int status = 0;          // of success; 0: 200, or 204 for `nothing`
  std::string audit{};     // audit action of a state-changing route or a read of personal data; "" = events log / none
};

class metrics;

// Order of checks: path (404), verb (405), who (401), permission (403), parameters (422), If-Match (428), content type
// (415), size (413), JSON (400), body (422), then the function. A body is not looked at before the permission is.
class router {
 public:
  using authenticate_fn = std::function<task<result<principal>>(const http_request&)>;  // open when no credentials
  using audit_fn = std::function<task<void>(const call&, const route&, int status)>;

  router(authenticate_fn who, audit_fn audit);
  ~router();

  // Patterns of path parameters, by name; a template with an undeclared name throws at start-up.
  void path_parameter(parameter p);

  // F: task<result<R>>(call) or task<result<R>>(call, In); R: a described struct, reply<struct>, nothing, raw_reply.
  template <class F>
  void add(route r, F function);

  task<http_response> answer(http_request request);  // never throws
  task<result<principal>> authenticate(const http_request& request) const;
  // Some route begins with this segment, so that a path below it is the API's.
  bool owns(std::string_view path) const;
  // The route's body limit, for http_service::body_limit.
  std::size_t body_limit(const http_request& head) const;
  // Counts http_requests_total and http_request_seconds by route, verb and status from now on.
  void measure(metrics& to);
  boost::json::object openapi(std::string title, std::string version) const;
  // Start-up check: every route has a permission that `known` contains or "open". Throws with the list.
  void check_permissions(const std::set<std::string, std::less<>>& known) const;

 private:
  struct erased;
  void add_erased(route r, erased e);
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace vss::net

#include "net/router_add.hpp"
