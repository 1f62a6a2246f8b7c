#pragma once
// Whose cookie it is. The live sessions of browsers stand in memory, refreshed by the change feed; a cookie that is not
// known, or that was idle too long as far as this process knows, is looked up once. At most 32 cookies are looked up at
// the same time: the rest is told to come again.
#include <functional>

#include "base/secret.hpp"
#include "point/browser_book.hpp"
#include "point/browser_store.hpp"
#include "point/change_feed.hpp"

namespace vss::point {

// What browser_access asks of and tells to the one who knows all sessions.
struct session_ends {
  std::function<bool(const std::string& session)> heard_of;
  std::function<void(const std::string& session, const std::string& person)> over;
};

class browser_access {
 public:
  browser_access(net::pg_pool& db, change_feed& feed, const clock& time, session_ends ends);
  // unauthorized: the cookie does not count; unavailable: too many unknown ones at once.
  task<result<browser_row>> judge(secret cookie);
  void forget(const std::string& session) { book_.forget(session); }

 private:
  task<result<void>> reload(std::string session);
  task<result<void>> reload_one(std::string session);
  task<result<std::optional<browser_row>>> look_up(std::string hash);
  void learn(browser_row row);

  browser_store store_;
  const clock& time_;
  session_ends ends_;
  browser_book book_;
  int looking_ = 0;
};

}  // namespace vss::point
