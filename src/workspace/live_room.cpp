#include "workspace/live_room.hpp"

#include "base/log.hpp"
#include "workspace/live_frame.hpp"

namespace vss::workspace {
namespace {

constexpr seconds stale_after{3};

}  // namespace

live_room::live_room(live_topic_rule rule, std::unique_ptr<live_feed> feed, executor on, const clock& time,
                     net::metrics& meters)
    : rule_(rule), feed_(std::move(feed)), picture_(rule.name), time_(time), meters_(meters), wanted_(on) {}

void live_room::join(net::ws_connection* who) {
  leave(who);
  waiting_.push_back(who);
  wanted_.notify();
}

void live_room::leave(net::ws_connection* who) {
  std::erase(told_, who);
  std::erase(waiting_, who);
}

task<void> live_room::live(scope& life) {
  while (!life.stopping()) {
    if (listeners() == 0) {
      known_ = false;
      feed_->rest();
      co_await wanted_.wait(seconds(60));
      continue;
    }
    co_await follow(life);
  }
}

task<void> live_room::follow(scope& life) {
  while (!life.stopping() && listeners() > 0) {
    const auto next = co_await feed_->turn(picture_);
    if (!next) {
      failed(next.error());
      co_await pause(milliseconds(500));
      continue;
    }
    known_ = true;
    heard_ = time_.now();
    if (std::exchange(stale_since_, std::nullopt)) {  // whoever was told of it learns the picture anew
      waiting_.insert(waiting_.end(), told_.begin(), told_.end());
      told_.clear();
    }
    if (next->count() > 0) co_await pause(*next);
  }
}

void live_room::failed(const error& why) {
  meters_.count("vss_live_feed_failures_total", {{"topic", rule_.name}});
  const auto now = time_.now();
  if (!known_ || stale_since_ || now - heard_ < stale_after) return;
  stale_since_ = heard_;
  log::failed("workspace", "live_feed_away", why, {{"topic", rule_.name}});
  tell(told_, stale_frame(rule_.name, heard_));
}

void live_room::tell(const std::vector<net::ws_connection*>& whom, const std::string& frame) {
  if (whom.empty()) return;
  const net::ws_shared_text shared(frame);
  std::size_t dropped = 0;
  for (auto* one : whom) dropped += one->send(shared) ? 0 : 1;  // a full queue closes the connection with 1013
  const auto sent = static_cast<double>(whom.size() - dropped);
  meters_.count("vss_live_deliveries_total", {{"topic", rule_.name}}, sent);
  meters_.count("vss_live_bytes_total", {}, sent * static_cast<double>(frame.size()));
  if (dropped > 0) meters_.count("vss_live_dropped_total", {}, static_cast<double>(dropped));
}

void live_room::tick() {
  if (const auto delta = picture_.flush()) tell(told_, *delta);
  if (!known_ || waiting_.empty()) return;
  tell(waiting_, picture_.snapshot());
  told_.insert(told_.end(), waiting_.begin(), waiting_.end());
  waiting_.clear();
}

}  // namespace vss::workspace
