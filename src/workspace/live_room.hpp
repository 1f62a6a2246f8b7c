#pragma once
// One topic with those who listen to it. Its loop keeps the picture up to date while somebody does; `tick` tells what
// changed to all of them with one encoded frame, then the whole picture to those who came since.
#include <memory>
#include <vector>

#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "net/websocket.hpp"
#include "workspace/live_feed.hpp"

namespace vss::workspace {

struct live_topic_rule {
  const char* name;
  const char* permission;
};
// Every topic, and whose facts it shows.
inline constexpr live_topic_rule live_topics[] = {
    {"slots", "ottb.slot.read"}, {"calls", "ottb.attempt.read"}, {"campaigns", "ottb.campaign.read"},
    {"hubs", "ottb.hub.read"},   {"trunks", "ottb.trunk.read"},  {"health", "workspace.health.read"},
};

class live_room {
 public:
  live_room(live_topic_rule rule, std::unique_ptr<live_feed> feed, executor on, const clock& time,
            net::metrics& meters);

  void join(net::ws_connection* who);  // twice is once; he gets the picture anew
  void leave(net::ws_connection* who);
  std::size_t listeners() const { return told_.size() + waiting_.size(); }
  const live_topic_rule& rule() const { return rule_; }
  task<void> live(scope& life);
  void tick();  // what cannot be told is logged; nothing is thrown

 private:
  void tell(const std::vector<net::ws_connection*>& whom, const std::string& frame);
  task<void> follow(scope& life);
  task<result<milliseconds>> turn();
  void answered();
  void failed(const error& why);
  void tell_changes();
  void notice_silence();

  live_topic_rule rule_;
  std::unique_ptr<live_feed> feed_;
  live_topic picture_;
  const clock& time_;
  net::metrics& meters_;
  wakeup wanted_;
  std::vector<net::ws_connection*> told_;        // who has the picture
  std::vector<net::ws_connection*> waiting_;     // who wants it
  bool known_ = false;                           // the picture is that of the source
  instant heard_{};                              // when the source answered last
  std::chrono::steady_clock::time_point due_{};  // when it shall answer at the latest
  std::optional<instant> stale_since_;
  bool said_ = false;  // the log knows that the source is away
};

}  // namespace vss::workspace
