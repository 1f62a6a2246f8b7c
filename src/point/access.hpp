#pragma once
// Who is asking. People, roles, sessions that ended and service tokens in memory, refreshed by the change feed; every
// request is judged against them, so that a logout, a change of roles or a disabled person counts within a second in
// every process. When the feed is older than 30 s nobody is let in (unavailable).
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "net/router.hpp"
#include "point/archont_directory.hpp"
#include "point/browser_access.hpp"
#include "point/change_feed.hpp"
#include "point/events.hpp"
#include "point/key_ring.hpp"
#include "point/people_store.hpp"
#include "point/session_store.hpp"
#include "point/token_cache.hpp"

namespace vss::point {

using permission_set = std::set<std::string, std::less<>>;

// What a person may do before the one-time password was changed.
permission_set first_steps();

class access {
 public:
  access(net::pg_pool& db, change_feed& feed, key_ring& keys, archont_directory& hubs, const clock& time);

  // For net::router. "Authorization: Bearer <token>", else a browser's cookie, else a verified client certificate, else
  // nobody (open). unauthorized: a credential was shown and does not count. forbidden (other-origin): an unsafe method
  // with a cookie that does not come from the server's own page.
  task<result<net::principal>> authenticate(const net::http_request& request);
  // A person whose session was opened just now, read anew.
  task<result<net::principal>> person_now(std::string id, std::string session);

  // What that person may do in that session by what is in memory, valid until the next suspension; nullptr: the session
  // or the person is over. unavailable: it cannot be judged now.
  result<const permission_set*> standing(const std::string& person, const std::string& session);

  // Called in every process when sessions end, a person is disabled or roles change, within 1 s.
  void on_revoked(std::function<void(access_revoked)> revoked) { on_revoked_.push_back(std::move(revoked)); }

  permission_set permissions_of(const std::vector<std::string>& roles) const;
  const std::map<std::string, role_row, std::less<>>& roles() const { return roles_; }
  const permission_set& every_permission() const { return every_permission_; }
  void every_permission(permission_set all) { every_permission_ = std::move(all); }

 private:
  task<result<void>> reload_people(std::string id);
  task<result<void>> reload_roles();
  task<result<void>> reload_sessions(std::string id);
  void learn(person_row who);
  const permission_set& combined(const std::vector<std::string>& roles);
  void end_session(const std::string& id, const std::string& of);
  result<claims> check_token(std::string_view token);
  task<result<net::principal>> person(std::string id, std::string session);
  task<result<net::principal>> service(claims who);
  task<result<net::principal>> hub(const std::string& fingerprint);
  task<result<net::principal>> browser(const net::http_request& request, secret cookie);

  people_store people_;
  session_store sessions_;
  change_feed& feed_;
  key_ring& keys_;
  archont_directory& hubs_;
  const clock& time_;
  std::map<std::string, person_row, std::less<>> known_people_;
  std::map<std::string, role_row, std::less<>> roles_;
  std::map<std::string, instant, std::less<>> ended_;            // session -> when it was heard of
  std::map<std::string, session_row, std::less<>> services_;     // sessions of service tokens that live
  std::map<std::string, permission_set, std::less<>> combined_;  // "a b" -> permissions; emptied when roles change
  permission_set every_permission_;
  browser_access browsers_;
  token_cache cache_;
  std::uint64_t keys_version_ = 0;
  std::vector<std::function<void(access_revoked)>> on_revoked_;
};

}  // namespace vss::point
