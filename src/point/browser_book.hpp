#pragma once
// The sessions of browsers that a process knows, in memory: by the cookie's hash and by the session. It says when one
// is over; what to do about it is browser_access's part. Pure.
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"

namespace vss::point {

constexpr auto session_idle_limit = std::chrono::hours(12);
constexpr auto session_family_limit = std::chrono::days(7);

struct browser_row {
  std::string hash;  // SHA-256 of the cookie's text, raw
  std::string session;
  std::string person;
  instant seen{};
  instant expires{};  // absolute
};

// Idle for 12 h, or 7 days old.
bool is_over(const browser_row& row, instant now);

class browser_book {
 public:
  // A row that was known keeps the later `seen`: another process may have heard from the browser.
  void learn(browser_row row);
  std::optional<browser_row> find(const std::string& hash) const;
  // The browser asked something; true when that should be kept for the other processes: once a minute.
  bool touch(const std::string& hash, instant now);
  void forget(const std::string& session);
  std::vector<std::string> sessions() const;
  std::size_t size() const { return by_hash_.size(); }

 private:
  std::unordered_map<std::string, browser_row> by_hash_;
  std::map<std::string, std::string, std::less<>> hash_of_;  // session -> hash
};

}  // namespace vss::point
