#pragma once
// What changed in POINT, heard through NOTIFY point_changed in every process as kind:id. A subscriber is called with
// the id, or with "" when it must read everything (start, reconnect, every minute). A beat of our own every 5 s shows
// that the feed lives. `fresh()` is false when nothing was heard for 30 s, until what was missed has been read, or when
// a change could not be read for 30 s: then nobody may be let in.
#include <deque>
#include <functional>
#include <map>
#include <string>

#include "base/scope.hpp"
#include "net/postgres.hpp"

namespace vss::point {

class change_feed {
 public:
  using reload_fn = std::function<task<result<void>>(std::string)>;

  change_feed(scope& work, net::pg_pool& db, const clock& time);
  void on(std::string kind, reload_fn reload);
  // Reads everything once; then start() keeps it so.
  task<result<void>> read_all();
  void start();
  bool fresh() const;

 private:
  struct change {
    std::string kind;
    std::string id;
    std::chrono::steady_clock::time_point since;
  };
  void heard(const std::string& payload);
  void put(const std::string& kind, const std::string& id);
  void put_everything();
  task<void> listen_loop();
  task<void> beat_loop();
  task<void> reload_loop();

  scope& work_;
  net::pg_pool& db_;
  const clock& time_;
  std::map<std::string, reload_fn> subscribers_;
  std::deque<change> unread_;  // oldest first, no doubles; beyond 1,000 a kind is read whole
  std::optional<change> reading_;
  wakeup changed_;
  std::chrono::steady_clock::time_point alive_{};
  bool read_ = false;
};

}  // namespace vss::point
