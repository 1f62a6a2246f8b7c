#include "net/router.hpp"

#include <cstdlib>
#include <stdexcept>

#include "base/ids.hpp"
#include "base/json_text.hpp"
#include "base/log.hpp"
#include "net/http_wire.hpp"
#include "net/metrics.hpp"
#include "net/router_openapi.hpp"
#include "net/router_table.hpp"

namespace vss::net {

struct router::state {
  using table = route_table<erased>;
  using entry = table::entry;
  authenticate_fn who;
  audit_fn audit;
  table routes{};
  metrics* counted = nullptr;
  system_clock time{};
  system_random random{};

  trail story_of(const http_request& request) {
    const auto given = request.headers.get("x-trail");
    return {is_uuid(given) ? std::string(given) : make_uuid(time, random)};
  }
  task<http_response> answer(const http_request& request, trail story, const entry** taken);
  task<result<principal>> identify(const http_request& request, const route& r) const;
  task<http_response> perform(const entry& e, call c, http_request request);
  task<void> report(call c, const route& r, int status) const;
};

router::router(authenticate_fn who, audit_fn audit)
    : state_(std::make_unique<state>(std::move(who), std::move(audit))) {}
router::~router() = default;

void router::path_parameter(parameter p) {
  const std::string name = p.name;
  std::regex compiled(p.pattern, std::regex::ECMAScript | std::regex::optimize);
  state_->routes.parameters.insert_or_assign(name, checked_parameter{std::move(p), std::move(compiled)});
}

void router::add_erased(route r, erased e) {
  auto& routes = state_->routes;
  const std::string what = r.method + " " + r.path;
  if (r.permission.empty()) throw std::logic_error(what + " has no permission; say `open` if everyone may");
  if (!r.path.starts_with('/')) throw std::logic_error(what + " does not start with a slash");
  auto& made = routes.entries.emplace_back(std::move(r), std::move(e));
  auto* at = &routes.root;
  for (const auto segment : state::table::segments(made.told.path)) {
    auto& next = segment.starts_with('{') ? at->any : at->literals[std::string(segment)];
    if (!next) next = std::make_unique<state::table::node>();
    at = next.get();
    if (!segment.starts_with('{')) continue;
    const auto declared = routes.parameters.find(segment.substr(1, segment.size() - 2));
    if (declared == routes.parameters.end()) {
      throw std::logic_error(what + ": the path parameter " + std::string(segment) + " is not declared");
    }
    made.path.push_back(&declared->second);
  }
  for (const auto& p : made.told.query) {
    made.query.push_back({p, std::regex(p.pattern, std::regex::ECMAScript | std::regex::optimize)});
  }
  if (!at->verbs.emplace(made.told.method, &made).second) throw std::logic_error(what + " is added twice");
}

namespace {

error refused_by(const route& r) { return {errc::forbidden, "this needs the permission " + r.permission}; }

bool changes_state(const route& r) { return r.method != "GET"; }

// "\"7\"" -> "7"; `*` stays; a weak or malformed tag matches nothing.
std::string bare_version(std::string_view tag) {
  if (tag == "*") return "*";
  const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  return quoted ? std::string(tag.substr(1, tag.size() - 2)) : std::string("\x01");
}

constexpr const char* not_text = "must be UTF-8";

// Values by name, every problem at once; unknown query parameters are problems too.
template <class Entry>
result<void> read_parameters(const Entry& e, std::span<const std::string_view> values, const http_request& request,
                             call& c) {
  error bad{errc::invalid, "the address is not valid", {}};
  for (std::size_t i = 0; i < e.path.size(); ++i) {
    auto& value = c.path[e.path[i]->told.name] = std::string(values[i]);
    if (!is_utf8(value)) {
      bad.problems.push_back({"/path/" + e.path[i]->told.name, not_text});
    } else if (!e.path[i]->fits(value)) {
      bad.problems.push_back({"/path/" + e.path[i]->told.name, "must match " + e.path[i]->told.pattern});
    }
  }
  for (const auto& [name, value] : request.query) {
    const auto known = std::ranges::find(e.query, name, [](const auto& p) -> const auto& { return p.told.name; });
    const std::string at = "/query/" + (is_utf8(name) ? dto::pointer_token(name) : std::string());
    if (known == e.query.end())
      bad.problems.push_back({at, "unknown parameter"});
    else if (!is_utf8(value))
      bad.problems.push_back({at, not_text});
    else if (!known->fits(value))
      bad.problems.push_back({at, "must match " + known->told.pattern});
  }
  if (!bad.problems.empty()) return std::unexpected(std::move(bad));
  c.query = request.query;
  return {};
}

std::string_view media_type(const http_request& request) {
  const auto all = request.headers.get("content-type");
  auto bare = all.substr(0, std::min(all.find(';'), all.size()));
  while (!bare.empty() && bare.back() == ' ') bare.remove_suffix(1);
  return bare;
}

// A body of the right type and size, parsed; or the problem to answer.
template <class Entry, class Input>
std::optional<http_response> read_body(const Entry& e, http_request& request, Input& to, const trail& story) {
  if (!e.does.in && !e.does.raw_in) return std::nullopt;
  const std::string wanted = e.does.in ? "application/json" : e.told.raw_type;
  const auto got = media_type(request);
  const bool fits = wanted.empty() || same_name(got, wanted) || (e.does.raw_in && got == "application/octet-stream");
  if (!fits) return problem(415, "media_type", "the body must be " + wanted, story);
  if (request.body.size() > e.told.body_limit) return problem(413, "too_large", "the body is too large", story);
  if (e.does.raw_in) {
    to.raw = std::move(request.body);
    return std::nullopt;
  }
  auto json = dto::parse_json(request.body);
  if (!json && !json.error().problems.empty()) return problem(json.error(), story);
  if (!json) return problem(400, "malformed", json.error().message, story);
  to.json = std::move(*json);
  return std::nullopt;
}

template <class Output>
http_response made_of(Output out, const route& r, const http_request& request) {
  http_response response;
  response.status = out.status == 200 && r.status != 0 ? r.status : out.status;
  if (!out.content_type.empty()) response.headers.all.emplace_back("content-type", std::move(out.content_type));
  response.body = std::move(out.body);
  if (out.location) response.headers.all.emplace_back("location", std::move(*out.location));
  for (auto& cookie : out.cookies) response.headers.all.emplace_back("set-cookie", std::move(cookie));
  if (!out.version) return response;
  const std::string tag = '"' + *out.version + '"';
  response.headers.all.emplace_back("etag", tag);
  const auto known = request.headers.get("if-none-match");
  if (r.method == "GET" && !known.empty() &&
      (known == "*" || lists_token(known, tag) || lists_token(known, "W/" + tag))) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

template <class Node>
std::string allowed(const Node& at) {
  std::string out;
  for (const auto& [verb, unused] : at.verbs) {
    out += (out.empty() ? "" : ", ") + verb;
    if (verb == "GET") out += ", HEAD";
  }
  return out;
}

}  // namespace

bool wants(const call& from, std::string_view type) {
  if (from.request == nullptr) return false;
  double json = 0;
  double other = 0;
  std::string_view rest = from.request->headers.get("accept");
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    const auto q = one.find("q=");
    const double weight = q == one.npos ? 1 : std::strtod(std::string(one.substr(q + 2, 5)).c_str(), nullptr);
    auto name = one.substr(0, one.find(';'));
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (same_name(name, "application/json")) json = weight;
    if (same_name(name, type)) other = weight;
  }
  return other > 0 && other >= json;
}

task<result<principal>> router::state::identify(const http_request& request, const route& r) const {
  auto known = co_await who(request);
  if (r.permission == "open") {
    // Stale credentials must not keep anybody from the login.
    if (known) co_return std::move(*known);
    co_return principal{};
  }
  if (!known) co_return std::unexpected(std::move(known.error()));
  if (known->id.empty()) co_return fail(errc::unauthorized, "credentials are needed");
  co_return std::move(*known);
}

namespace {

constexpr std::size_t reason_bound = 1200;  // bytes; a longer one is refused by the route's own rules

// Why somebody does it, wherever a route asks for it.
std::string reason_of(const call& from, const boost::json::value& body) {
  std::string out;
  const auto asked = from.query.find("reason");
  if (asked != from.query.end()) out = asked->second;
  if (const auto* members = body.if_object())
    if (const auto* told = members->if_contains("reason"); told && told->is_string()) out = told->get_string();
  const bool good = out.size() <= reason_bound && out.find('\0') == std::string::npos && is_utf8(out);
  return good ? out : std::string();
}

}  // namespace

task<void> router::state::report(call c, const route& r, int status) const {
  if (audit && (changes_state(r) || !r.audit.empty())) co_await audit(c, r, status);
}

task<http_response> router::state::perform(const entry& e, call c, http_request request) {
  erased::input in;
  if (auto wrong = read_body(e, request, in, c.story)) {
    const int refused = wrong->status;
    co_await report(std::move(c), e.told, refused);
    co_return std::move(*wrong);
  }
  c.request = &request;
  c.reason = reason_of(c, in.json);
  const trail story = c.story;
  const bool told = changes_state(e.told) || !e.told.audit.empty();
  std::optional<call> kept;
  if (told) kept = c;
  auto got = co_await e.does.run(std::move(c), std::move(in));
  http_response out = got ? made_of(std::move(*got), e.told, request) : problem(got.error(), story);
  if (told) co_await report(std::move(*kept), e.told, out.status);
  co_return out;
}

task<http_response> router::state::answer(const http_request& request, trail story, const entry** taken) {
  const auto found = routes.find(request.path);
  if (!found.at) co_return problem(404, "not_found", "there is nothing at this path", story);
  auto verb = found.at->verbs.find(request.method);
  if (verb == found.at->verbs.end() && request.method == "HEAD") verb = found.at->verbs.find("GET");
  if (verb == found.at->verbs.end()) {
    http_response refusal = problem(405, "method", "this path has no " + request.method, story);
    refusal.headers.set("allow", allowed(*found.at));
    co_return refusal;
  }
  const entry& e = *verb->second;
  *taken = &e;
  call c{.story = story};
  auto known = co_await identify(request, e.told);
  if (!known) co_return problem(known.error(), story);
  c.who = std::move(*known);
  if (e.told.permission != "open" && !c.who.may(e.told.permission)) {
    c.request = &request;
    co_await report(std::move(c), e.told, 403);
    co_return problem(refused_by(e.told), story);
  }
  const auto fits = read_parameters(e, found.values, request, c);
  if (!fits) co_return problem(fits.error(), story);
  const auto tag = request.headers.get("if-match");
  if (!tag.empty()) c.if_match = bare_version(tag);
  if (e.told.if_match && tag.empty()) {
    co_return problem(428, "precondition_required", "If-Match with the version you know is needed", story);
  }
  co_return co_await perform(e, std::move(c), request);
}

task<http_response> router::answer(http_request request) {
  const auto started = state_->time.steady();
  const state::entry* taken = nullptr;
  const trail story = state_->story_of(request);
  http_response out;
  std::string defect;
  try {
    out = co_await state_->answer(request, story, &taken);
  } catch (const std::exception& e) {
    defect = e.what();
  }
  if (!defect.empty()) {
    const error why{errc::internal, std::move(defect), {}};
    out = problem(why, story);
  }
  out.headers.set("x-trail", story.id);
  secure(out);
  if (state_->counted) {
    const std::string route = taken ? taken->told.path : "none";
    const double took = std::chrono::duration<double>(state_->time.steady() - started).count();
    state_->counted->count(
        "http_requests_total",
        {{"route", route}, {"verb", taken ? request.method : "none"}, {"status", std::to_string(out.status)}});
    state_->counted->observe("http_request_seconds", took, {{"route", route}});
  }
  co_return out;
}

task<result<principal>> router::authenticate(const http_request& request) const {
  co_return co_await state_->who(request);
}

bool router::owns(std::string_view path) const {
  const auto parts = decltype(state_->routes)::segments(path);
  return !parts.empty() && state_->routes.root.literals.contains(parts.front());
}

std::size_t router::body_limit(const http_request& head) const {
  const auto found = state_->routes.find(head.path);
  const auto verb = found.at ? found.at->verbs.find(head.method) : decltype(found.at->verbs.begin()){};
  if (!found.at || verb == found.at->verbs.end()) return route{}.body_limit;
  return verb->second->told.body_limit;
}

void router::measure(metrics& to) { state_->counted = &to; }

boost::json::object router::openapi(std::string title, std::string version) const {
  openapi_document out(std::move(title), std::move(version));
  for (const auto& e : state_->routes.entries) {
    described_route about{&e.told, {}, e.does.in, e.does.out, e.does.raw_in, e.does.raw_out, e.does.versioned};
    for (const auto* p : e.path) about.path.push_back(p->told);
    out.add(about);
  }
  return std::move(out).finish();
}

void router::check_permissions(const std::set<std::string, std::less<>>& known) const {
  std::string unknown;
  for (const auto& e : state_->routes.entries) {
    if (e.told.permission == "open" || known.contains(e.told.permission)) continue;
    unknown += "\n  " + e.told.method + " " + e.told.path + ": " + e.told.permission;
  }
  if (!unknown.empty()) throw std::logic_error("routes with permissions that no role can hold:" + unknown);
}

}  // namespace vss::net
