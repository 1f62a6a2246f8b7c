#include "point/change_feed.hpp"

#include "base/log.hpp"

namespace vss::point {
namespace {

constexpr std::string_view topic = "point_changed";
constexpr seconds beat_every{5};
constexpr seconds stale_after{30};
constexpr seconds read_all_every{60};
constexpr std::size_t unread_bound = 1000;
constexpr milliseconds again{250};

constexpr net::statement beat{"point.feed.beat", "select pg_notify('point_changed', 'beat:')"};

}  // namespace

change_feed::change_feed(scope& work, net::pg_pool& db, const clock& time)
    : work_(work), db_(db), time_(time), changed_(work.on()) {}

void change_feed::on(std::string kind, reload_fn reload) { subscribers_.emplace(std::move(kind), std::move(reload)); }

bool change_feed::fresh() const {
  const auto now = time_.steady();
  if (!read_ || now - alive_ > stale_after) return false;
  if (reading_ && now - reading_->since > stale_after) return false;
  return unread_.empty() || now - unread_.front().since <= stale_after;
}

task<result<void>> change_feed::read_all() {
  const auto asked = time_.steady();
  for (const auto& [kind, subscriber] : subscribers_) {
    std::string everything;
    auto done = co_await subscriber(std::move(everything));
    if (!done) co_return done;
  }
  alive_ = asked;
  read_ = true;
  co_return result<void>{};
}

void change_feed::start() {
  spawn(work_, "point_listen", listen_loop());
  spawn(work_, "point_beat", beat_loop());
  spawn(work_, "point_reload", reload_loop());
}

void change_feed::put(const std::string& kind, const std::string& id) {
  for (const auto& known : unread_) {
    if (known.kind == kind && (known.id == id || known.id.empty())) return;
  }
  unread_.push_back({kind, id, time_.steady()});
}

void change_feed::heard(const std::string& payload) {
  const auto colon = payload.find(':');
  const std::string kind = payload.substr(0, colon);
  if (payload.empty()) {
    put_everything();
  } else if (subscribers_.contains(kind) && colon != std::string::npos) {
    put(kind, unread_.size() < unread_bound ? payload.substr(colon + 1) : std::string());
  }
  alive_ = time_.steady();
  changed_.notify();
}

// What was missed may be as old as the last word that was heard.
void change_feed::put_everything() {
  const auto since = unread_.empty() ? alive_ : std::min(alive_, unread_.front().since);
  unread_.clear();
  for (const auto& [kind, subscriber] : subscribers_) unread_.push_back({kind, "", since});
}

task<void> change_feed::listen_loop() {
  const std::function<void(std::string)> hear = [this](std::string payload) { heard(payload); };
  co_await db_.listen(std::string(topic), hear);
}

task<void> change_feed::beat_loop() {
  auto read_at = time_.steady();
  while (true) {
    co_await pause(beat_every);
    co_await db_.run(beat, {});
    if (time_.steady() - read_at < read_all_every) continue;
    heard("");
    read_at = time_.steady();
  }
}

task<void> change_feed::reload_loop() {
  while (true) {
    if (unread_.empty()) {
      co_await changed_.wait(seconds(60));
      continue;
    }
    reading_ = std::move(unread_.front());
    unread_.pop_front();
    const auto& subscriber = subscribers_.at(reading_->kind);
    auto done = co_await subscriber(reading_->id);
    if (!done) {
      log::failed("point", "reload_failed", done.error(), {{"kind", reading_->kind}});
      unread_.push_front(std::move(*reading_));
      co_await pause(again);
    }
    reading_.reset();
  }
}

}  // namespace vss::point
