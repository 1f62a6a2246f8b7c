#include "workspace/live_room.hpp"

#include <boost/system/system_error.hpp>

#include "base/log.hpp"
#include "workspace/live_frame.hpp"

namespace vss::workspace {
namespace {

constexpr seconds patience{3};  // with a source, before its listeners are told

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

// A source that throws is one that did not answer: its room goes on. Only the end of the process passes.
task<result<milliseconds>> live_room::turn() {
  std::string defect;
  try {
    co_return co_await feed_->turn(picture_);
  } catch (const boost::system::system_error&) {
    throw;  // cancelled
  } catch (const std::exception& e) {
    defect = e.what();
  }
  co_return fail(errc::internal, std::move(defect));
}

task<void> live_room::follow(scope& life) {
  due_ = std::chrono::steady_clock::now() + patience;
  while (!life.stopping() && listeners() > 0) {
    const auto began = std::chrono::steady_clock::now();
    const auto next = co_await turn();
    if (next)
      answered();
    else
      failed(next.error());
    const auto rest = next.value_or(rest_after(std::chrono::steady_clock::now() - began, milliseconds(500)));
    if (next) due_ = std::chrono::steady_clock::now() + rest + patience;
    if (rest.count() > 0) co_await pause(rest);
  }
}

void live_room::answered() {
  known_ = true;
  said_ = false;
  heard_ = time_.now();
  if (!std::exchange(stale_since_, std::nullopt)) return;
  waiting_.insert(waiting_.end(), told_.begin(),
                  told_.end());  // whoever was told of the silence gets the whole picture
  told_.clear();
}

void live_room::failed(const error& why) {
  meters_.count("vss_live_feed_failures_total", {{"topic", rule_.name}});
  if (std::exchange(said_, true)) return;
  log::failed("workspace", "live_feed_away", why, {{"topic", rule_.name}});
}

// A source that is asked and does not answer is silent, whether it failed or hangs.
void live_room::notice_silence() {
  if (!known_ || stale_since_ || listeners() == 0 || std::chrono::steady_clock::now() < due_) return;
  stale_since_ = heard_;
  tell(told_, stale_frame(rule_.name, heard_));
}

void live_room::tell(const std::vector<net::ws_connection*>& whom, const std::string& frame) {
  if (whom.empty()) return;
  const net::ws_shared_text shared(frame);
  std::size_t dropped = 0;
  std::size_t passed = 0;
  for (auto* one : whom) {
    if (!one->open())
      ++passed;  // it is on its way out
    else if (!one->send(shared))
      ++dropped;  // its queue was full: that closes it with 1013
  }
  const auto sent = static_cast<double>(whom.size() - dropped - passed);
  meters_.count("vss_live_deliveries_total", {{"topic", rule_.name}}, sent);
  meters_.count("vss_live_bytes_total", {}, sent * static_cast<double>(frame.size()));
  if (dropped > 0) meters_.count("vss_live_dropped_total", {}, static_cast<double>(dropped));
}

void live_room::tell_changes() {
  if (const auto delta = picture_.flush()) tell(told_, *delta);
  notice_silence();
  if (!known_ || waiting_.empty()) return;
  tell(waiting_, picture_.snapshot());
  if (stale_since_) tell(waiting_, stale_frame(rule_.name, *stale_since_));
  told_.insert(told_.end(), waiting_.begin(), waiting_.end());
  waiting_.clear();
}

void live_room::tick() {
  try {
    tell_changes();
  } catch (const std::exception& e) {
    log::error("workspace", "live_tick_failed", {{"topic", rule_.name}, {"why", e.what()}});
  }
}

}  // namespace vss::workspace
