#include "point/access.hpp"

#include <algorithm>

#include "net/origin.hpp"
#include "point/browser_cookie.hpp"

namespace vss::point {
namespace {

// A token cannot live longer after its session ended.
constexpr auto remember_ended = token_life + 2 * clock_skew;

std::string key_of(const std::vector<std::string>& roles) {
  std::string out;
  for (const auto& role : roles) out += role + ' ';
  return out;
}

}  // namespace

permission_set first_steps() { return {"point.self.read", "point.self.update"}; }

access::access(net::pg_pool& db, change_feed& feed, key_ring& keys, archont_directory& hubs, const clock& time)
    : people_(db),
      sessions_(db),
      feed_(feed),
      keys_(keys),
      hubs_(hubs),
      time_(time),
      browsers_(db, feed, time,
                {[this](const std::string& session) { return ended_.contains(session); },
                 [this](const std::string& session, const std::string& of) { end_session(session, of); }}) {
  feed.on("person", [this](std::string id) { return reload_people(std::move(id)); });
  feed.on("role", [this](std::string) { return reload_roles(); });
  feed.on("session", [this](std::string id) { return reload_sessions(std::move(id)); });
  feed.on("key", [this](std::string) { return keys_.reload(); });
}

void access::learn(person_row who) {
  const auto known = known_people_.find(who.id);
  // Two reads may overtake each other.
  if (known != known_people_.end() && who.version < known->second.version) return;
  const bool told =
      known != known_people_.end() && (known->second.state != who.state || known->second.roles != who.roles ||
                                       known->second.must_change != who.must_change);
  const std::string id = who.id;
  known_people_.insert_or_assign(id, std::move(who));
  if (!told) return;
  for (const auto& tell : on_revoked_) tell({id, ""});
}

task<result<void>> access::reload_people(std::string id) {
  if (!id.empty()) {
    auto one = co_await people_.one(id);
    if (!one && one.error().kind != errc::not_found) co_return fail(std::move(one.error()));
    if (one)
      learn(std::move(*one));
    else
      known_people_.erase(id);
    co_return result<void>{};
  }
  auto all = co_await people_.all();
  if (!all) co_return fail(std::move(all.error()));
  for (auto& one : *all) learn(std::move(one));
  co_return result<void>{};
}

task<result<void>> access::reload_roles() {
  auto all = co_await people_.roles();
  if (!all) co_return fail(std::move(all.error()));
  roles_.clear();
  for (auto& role : *all) {
    std::string name = role.name;
    roles_.emplace(std::move(name), std::move(role));
  }
  combined_.clear();
  co_return result<void>{};
}

void access::end_session(const std::string& id, const std::string& of) {
  services_.erase(id);
  browsers_.forget(id);
  const bool fresh = ended_.insert_or_assign(id, time_.now()).second;
  if (!fresh) return;
  for (const auto& tell : on_revoked_) tell({of, id});
}

task<result<void>> access::reload_sessions(std::string id) {
  const auto now = time_.now();
  std::erase_if(ended_, [now](const auto& known) { return now - known.second > remember_ended; });
  if (!id.empty()) {
    auto one = co_await sessions_.one(id);
    if (!one && one.error().kind != errc::not_found) co_return fail(std::move(one.error()));
    if (!one || one->revoked)
      end_session(id, one ? one->person.value_or("") : "");
    else if (one->service_role && !ended_.contains(id))
      services_.insert_or_assign(id, std::move(*one));
    co_return result<void>{};
  }
  auto ended = co_await sessions_.revoked_since(now - remember_ended);
  if (!ended) co_return fail(std::move(ended.error()));
  auto services = co_await sessions_.live_services(now);
  if (!services) co_return fail(std::move(services.error()));
  for (const auto& one : *ended) end_session(one, "");
  services_.clear();
  for (auto& one : *services) services_.insert_or_assign(one.id, one);
  co_return result<void>{};
}

permission_set access::permissions_of(const std::vector<std::string>& roles) const {
  permission_set out;
  for (const auto& name : roles) {
    if (name == "root") return every_permission_;
    const auto role = roles_.find(name);
    if (role != roles_.end()) out.insert(role->second.permissions.begin(), role->second.permissions.end());
  }
  return out;
}

const permission_set& access::combined(const std::vector<std::string>& roles) {
  const std::string key = key_of(roles);
  const auto known = combined_.find(key);
  return known != combined_.end() ? known->second : combined_.emplace(key, permissions_of(roles)).first->second;
}

result<claims> access::check_token(std::string_view token) {
  if (keys_version_ != keys_.version()) {
    cache_.clear();
    keys_version_ = keys_.version();
  }
  const auto now = time_.now();
  if (auto known = cache_.find(token, now)) return std::move(*known);
  auto checked = keys_.verify(token);
  if (checked) cache_.keep(token, *checked, now);
  return checked;
}

task<result<net::principal>> access::person(std::string id, std::string session) {
  auto found = known_people_.find(id);
  if (found == known_people_.end()) {  // made a moment ago; the feed has not said so yet
    auto done = co_await reload_people(id);
    if (!done) co_return fail(std::move(done.error()));
    found = known_people_.find(id);
    if (found == known_people_.end()) co_return fail(errc::unauthorized, "unknown");
  }
  const person_row& row = found->second;
  if (row.state != "active") co_return fail(errc::unauthorized, "disabled");
  net::principal out{row.id, row.login, row.roles, {}, std::move(session)};
  if (row.must_change) {
    out.roles.clear();
    out.permissions = first_steps();
  } else {
    out.permissions = combined(row.roles);
  }
  co_return out;
}

result<const permission_set*> access::standing(const std::string& person, const std::string& session) {
  static const permission_set first = first_steps();
  if (!feed_.fresh()) return fail(errc::unavailable, "access cannot be judged now");
  if (ended_.contains(session)) return nullptr;
  const auto known = known_people_.find(person);
  if (known == known_people_.end()) return fail(errc::unavailable, "this person is not known yet");
  if (known->second.state != "active") return nullptr;
  return known->second.must_change ? &first : &combined(known->second.roles);
}

task<result<net::principal>> access::person_now(std::string id, std::string session) {
  auto done = co_await reload_people(id);
  if (!done) co_return fail(std::move(done.error()));
  co_return co_await person(std::move(id), std::move(session));
}

task<result<net::principal>> access::service(claims who) {
  auto found = services_.find(who.session);
  if (found == services_.end()) {
    auto done = co_await reload_sessions(who.session);
    if (!done) co_return fail(std::move(done.error()));
    found = services_.find(who.session);
    if (found == services_.end()) co_return fail(errc::unauthorized, "revoked");
  }
  const session_row& row = found->second;
  if (row.expires <= time_.now()) co_return fail(errc::unauthorized, "expired");
  if (who.subject != "service:" + row.service_role.value_or("")) co_return fail(errc::unauthorized, "claims");
  std::vector<std::string> roles{*row.service_role};
  net::principal out{who.subject, who.subject, roles, combined(roles), who.session};
  co_return out;
}

task<result<net::principal>> access::hub(const std::string& fingerprint) {
  auto known = co_await hubs_.archont(fingerprint);
  if (!known) co_return fail(std::move(known.error()));
  std::vector<std::string> roles{"archont"};
  net::principal out{known->id, known->label, roles, combined(roles), ""};
  co_return out;
}

// The origin is looked at first: what comes from elsewhere must not even keep a session awake.
task<result<net::principal>> access::browser(const net::http_request& request, secret cookie) {
  if (net::is_unsafe(request.method) && !net::from_own_origin(request)) {
    co_return fail_as(errc::forbidden, "other-origin", "a change must come from the page of this server");
  }
  if (!feed_.fresh()) co_return fail(errc::unavailable, "access cannot be checked now");
  auto who = co_await browsers_.judge(std::move(cookie));
  if (!who) co_return fail(std::move(who.error()));
  co_return co_await person(std::move(who->person), std::move(who->session));
}

task<result<net::principal>> access::authenticate(const net::http_request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view shown = request.headers.get("Authorization");
  if (shown.empty()) {
    auto cookie = cookie_of(request);
    if (!cookie) co_return fail(std::move(cookie.error()));
    if (*cookie) co_return co_await browser(request, std::move(**cookie));
    if (request.peer_fingerprint.empty()) co_return net::principal{};
    co_return co_await hub(request.peer_fingerprint);
  }
  const bool bearer = shown.size() > scheme.size() && (shown.starts_with(scheme) || shown.starts_with("bearer "));
  if (!bearer) co_return fail(errc::unauthorized, "only bearer tokens are taken");
  if (!feed_.fresh()) co_return fail(errc::unavailable, "access cannot be checked now");
  auto who = check_token(shown.substr(scheme.size()));
  if (!who) co_return fail(std::move(who.error()));
  if (ended_.contains(who->session)) co_return fail(errc::unauthorized, "revoked");
  if (who->service()) co_return co_await service(std::move(*who));
  co_return co_await person(std::move(who->subject), std::move(who->session));
}

}  // namespace vss::point
