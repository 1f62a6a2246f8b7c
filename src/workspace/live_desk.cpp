#include "workspace/live_desk.hpp"

#include "base/log.hpp"
#include "net/origin.hpp"
#include "workspace/live_frame.hpp"

namespace vss::workspace {
namespace {

constexpr int ended = 4001;
constexpr int wrong_protocol = 1002;
constexpr int full = 1013;
constexpr int again = 1012;
constexpr const char* open_permission = "workspace.live.open";
constexpr milliseconds silence{30000};  // beats are answered by pongs; a peer without any sign of life is gone
constexpr int most_wrong = 8;

}  // namespace

live_desk::live_desk(scope& life, live_rules rules, ticket_office& tickets, standing_fn standing, const clock& time,
                     random_source& random, net::metrics& meters)
    : life_(life),
      rules_(std::move(rules)),
      tickets_(tickets),
      standing_(std::move(standing)),
      time_(time),
      meters_(meters),
      run_(make_uuid(time, random)),
      someone_(life.on()),
      changed_(life.on()) {}

void live_desk::add(live_topic_rule rule, std::unique_ptr<live_feed> feed) {
  rooms_.push_back(std::make_unique<live_room>(rule, std::move(feed), life_.on(), time_, meters_));
}

void live_desk::start() {
  for (auto& one : rooms_) life_.spawn("live_room", one->live(life_));
  life_.spawn("live_tick", tick());
  life_.spawn("live_beat", beat());
  life_.spawn("live_rights", watch_rights());
}

task<result<void>> live_desk::may_upgrade(const net::http_request& request) const {
  if (!net::from_own_origin(request)) {
    co_return fail_as(errc::forbidden, "other-origin", "live data is for pages of this server");
  }
  if (open_.size() + greeting_ >= rules_.sockets) co_return fail(errc::too_many, "too many live sockets");
  co_return result<void>{};
}

// A ping would prolong the wait for the first frame: the limit is one of its own.
task<void> live_desk::hurry(std::shared_ptr<net::ws_connection> line, std::shared_ptr<bool> greeted) {
  co_await pause(rules_.hello);
  if (!*greeted) line->close(ended, "no hello in time");
}

task<result<ticket_holder>> live_desk::greet(net::ws_connection& line) {
  const auto first = co_await line.receive(rules_.hello);
  if (!first) co_return std::unexpected(first.error());
  const auto said = read_client_frame(*first);
  if (!said || said->verb != live_verb::hello) co_return fail(errc::unauthorized, "the first frame is hello");
  co_return co_await tickets_.take(said->text);
}

class live_desk::seat {
 public:
  explicit seat(live_desk& of) : of_(of), at_(of.open_.end()) { ++of_.greeting_; }
  ~seat() {
    if (at_ == of_.open_.end()) {
      --of_.greeting_;
      return;
    }
    for (auto* one : at_->rooms) one->leave(at_->line.get());
    of_.open_.erase(at_);
    of_.meters_.gauge("vss_live_sockets", static_cast<double>(of_.open_.size()));
  }
  seat(const seat&) = delete;
  seat& operator=(const seat&) = delete;
  socket& take(socket who) {
    at_ = of_.open_.insert(of_.open_.end(), std::move(who));
    --of_.greeting_;
    of_.meters_.gauge("vss_live_sockets", static_cast<double>(of_.open_.size()));
    of_.someone_.notify();
    return *at_;
  }

 private:
  live_desk& of_;
  std::list<socket>::iterator at_;
};

task<void> live_desk::serve(std::shared_ptr<net::ws_connection> line) {
  seat mine(*this);
  const auto greeted = std::make_shared<bool>(false);
  life_.spawn("live_hello", hurry(line, greeted));
  auto who = co_await greet(*line);
  *greeted = true;
  if (!who) {  // no word of an end: the browser asks for another ticket, and is told there whether its session lives
    line->close(who.error().kind == errc::unavailable ? full : ended, who.error().message);
    co_return;
  }
  const auto now = std::chrono::steady_clock::now();
  auto& taken = mine.take({line, std::move(*who), now + rules_.longest, now});
  line->send(welcome_frame(rules_.server, run_, time_.now()));
  judge(taken);
  co_await listen(taken);
}

task<void> live_desk::listen(socket& mine) {
  int wrong = 0;
  for (;;) {
    const auto text = co_await mine.line->receive(silence);
    if (!text) co_return mine.line->close(again, "no sign of life");
    const auto said = read_client_frame(*text);
    if (!said || said->verb == live_verb::hello) {
      if (++wrong >= most_wrong) co_return mine.line->close(wrong_protocol, "not " + std::string(live_protocol));
    } else if (said->verb == live_verb::sub) {
      subscribe(mine, said->text);
    } else {
      unsubscribe(mine, said->text);
    }
  }
}

live_room* live_desk::room(const std::string& topic) {
  for (auto& one : rooms_)
    if (one->rule().name == topic) return one.get();
  return nullptr;
}

void live_desk::subscribe(socket& mine, const std::string& topic) {
  auto* const wanted = room(topic);
  const auto may = standing_(mine.who.person, mine.who.session);
  if (!may) return mine.line->close(full, may.error().message);
  if (!wanted || !*may || !(*may)->contains(wanted->rule().permission)) {
    mine.line->send(refused_frame(topic, wanted ? wanted->rule().permission : ""));
    return;
  }
  mine.rooms.insert(wanted);
  wanted->join(mine.line.get());
}

void live_desk::unsubscribe(socket& mine, const std::string& topic) {
  auto* const left = room(topic);
  if (left && mine.rooms.erase(left) > 0) left->leave(mine.line.get());
}

void live_desk::judge(socket& one) {
  const auto now = std::chrono::steady_clock::now();
  if (now >= one.until) return one.line->close(again, "come again");
  const auto judged = standing_(one.who.person, one.who.session);
  if (!judged) {
    if (now - one.judged > rules_.unjudged) one.line->close(full, judged.error().message);
    return;
  }
  one.judged = now;
  const auto* const may = *judged;
  if (!may || !may->contains(open_permission)) {
    for (auto* in : one.rooms) in->leave(one.line.get());
    one.rooms.clear();
    one.line->send(end_frame(may ? "rights" : "session"));
    one.line->close(ended, may ? "rights" : "session");
    return;
  }
  std::erase_if(one.rooms, [&](live_room* in) {
    if (may->contains(in->rule().permission)) return false;
    in->leave(one.line.get());
    one.line->send(refused_frame(in->rule().name, in->rule().permission));
    return true;
  });
}

task<void> live_desk::tick() {
  while (!life_.stopping()) {
    if (open_.empty()) {
      co_await someone_.wait(seconds(60));
      continue;
    }
    for (auto& one : rooms_) one->tick();  // never throws
    co_await pause(rules_.tick);
  }
}

task<void> live_desk::beat() {
  while (!life_.stopping()) {
    co_await pause(rules_.beat);
    const net::ws_shared_text now(beat_frame(time_.now()));
    for (auto& one : open_) {
      one.line->send(now);
      one.line->ping();
    }
  }
}

task<void> live_desk::watch_rights() {
  while (!life_.stopping()) {
    co_await changed_.wait(rules_.look);
    for (auto& one : open_)
      if (one.line->open()) judge(one);
  }
}

}  // namespace vss::workspace
