#pragma once
// SQL of browsers' sessions. A session that was revoked, is 7 days old or was idle for 12 h is not found.
#include <optional>
#include <string>
#include <vector>

#include "net/postgres.hpp"
#include "point/browser_book.hpp"

namespace vss::point {

struct ended_browser {
  std::string session;
  std::string person;
};

class browser_store {
 public:
  explicit browser_store(net::pg_pool& db) : db_(db) {}

  task<result<void>> add(net::transaction& in, std::string hash, std::string session);
  task<result<std::optional<browser_row>>> by_hash(std::string hash, instant now);
  task<result<std::optional<browser_row>>> by_session(std::string session, instant now);
  task<result<std::vector<browser_row>>> live(instant now);
  // The browser asked something at `now`.
  task<result<void>> seen(std::string session, instant now);
  // Revokes the session behind a cookie; empty when there is none that lives.
  task<result<std::optional<ended_browser>>> end(net::transaction& in, std::string hash, std::string why, instant now);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
