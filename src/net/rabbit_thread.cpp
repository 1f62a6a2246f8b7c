#include "net/rabbit_thread.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "base/log.hpp"

namespace vss::net {

rabbit_thread::rabbit_thread(rabbit_options options, outlet to)
    : options_(std::move(options)), to_(std::move(to)), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (bell_ < 0) throw std::runtime_error("no descriptor is left for the message broker's thread");
  thread_ = std::thread([this] { live(); });
}

rabbit_thread::~rabbit_thread() {
  stopping_ = true;
  ::eventfd_write(bell_, 1);
  // A thread that hangs in a send or a read comes back when its socket ends.
  if (const int socket = socket_; socket >= 0) ::shutdown(socket, SHUT_RDWR);
  thread_.join();
  ::close(bell_);
}

void rabbit_thread::order(rabbit_order what) {
  {
    const std::scoped_lock held(lock_);
    orders_.push_back(std::move(what));
    if (orders_.size() > 1) return;  // the bell has rung
  }
  ::eventfd_write(bell_, 1);
}

std::deque<rabbit_order> rabbit_thread::take_orders() {
  const std::scoped_lock held(lock_);
  return std::exchange(orders_, {});
}

void rabbit_thread::wait(milliseconds limit) {
  pollfd on[] = {{bell_, POLLIN, 0}, {line_ ? line_->descriptor() : -1, POLLIN, 0}};
  ::poll(on, 2, static_cast<int>(limit.count()));
  eventfd_t rung = 0;
  ::eventfd_read(bell_, &rung);
}

void rabbit_thread::live() {
  sigset_t all;  // signals are for the main thread
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
  while (!stopping_) {
    if (!line_) {
      offline();
      if (!restore()) hold_off();
    } else if (work()) {
      wait(milliseconds(1000));
    } else {
      lost();
      hold_off();
    }
  }
  socket_ = -1;
  line_.reset();
}

// A broker that takes connections and ends them at once is not asked faster than one that takes none.
void rabbit_thread::hold_off() {
  const auto now = std::chrono::steady_clock::now();
  if (now - restored_at_ > seconds(5) && was_up_) later_.reset();
  was_up_ = false;
  const auto until = now + later_.next();
  while (!stopping_ && std::chrono::steady_clock::now() < until) {
    wait(milliseconds(50));
    offline();
  }
}

void rabbit_thread::lost() {
  if (!stopping_) log::warn("net", "rabbit_lost", {{"why", line_->why()}, {"unconfirmed", unconfirmed_.size()}});
  connected_ = false;
  socket_ = -1;
  line_.reset();
}

// A new connection, the topology on it, and what was not confirmed on the last one.
bool rabbit_thread::restore() {
  auto line = std::make_unique<rabbit_line>(options_, ++connections_);
  bool good = line->open();
  if (good) socket_ = line->descriptor();
  for (const auto& [name, queue] : queues_) good = good && line->declare(queue);
  for (const auto& [number, one] : unconfirmed_) {
    good = good && line->publish(number, one.exchange, one.key, one.body);
  }
  for (const auto& queue : consumed_) good = good && line->consume(queue);
  if (!good) {
    log::warn("net", "rabbit_unavailable", {{"why", line->why()}});
    socket_ = -1;
    return false;
  }
  log::info("net", "rabbit_connected", {{"resent", unconfirmed_.size()}});
  line_ = std::move(line);
  restored_at_ = std::chrono::steady_clock::now();
  was_up_ = true;
  connected_ = true;
  return true;
}

bool rabbit_thread::work() {
  bool good = true;
  for (auto& one : take_orders()) {
    if (good)
      good = obey(one);
    else
      keep(one);
  }
  if (!good) return false;
  std::vector<rabbit_event> news;
  good = line_->pump(news);
  for (const auto& one : news) {
    if (one.what != rabbit_event::kind::delivered) unconfirmed_.erase(one.number);
  }
  if (!news.empty()) to_.news(std::move(news));
  return good;
}

void rabbit_thread::offline() {
  for (auto& one : take_orders()) keep(one);
}

namespace {
template <class... F>
struct either : F... {
  using F::operator()...;
};
}  // namespace

// Without a connection: publishes wait for the next one, acknowledgements are void, questions are answered.
void rabbit_thread::keep(rabbit_order& order) {
  const auto publish = [this](rabbit_publish& what) { unconfirmed_.emplace(what.number, std::move(what)); };
  const auto forget = [this](rabbit_forget& what) { unconfirmed_.erase(what.number); };
  const auto settle = [](rabbit_settle&) {};
  const auto declare = [this](rabbit_queue& what) { queues_.insert_or_assign(what.name, std::move(what)); };
  const auto consume = [this](rabbit_consume& what) { consumed_.insert(what.queue); };
  const auto ask = [this](rabbit_question& what) {
    to_.answered(what.number, fail(errc::unavailable, "the message broker is not available"));
  };
  std::visit(either{publish, forget, settle, declare, consume, ask}, order);
}

bool rabbit_thread::obey_publish(rabbit_publish& what) {
  const auto kept = unconfirmed_.emplace(what.number, std::move(what)).first;
  const auto& one = kept->second;
  return line_->publish(one.number, one.exchange, one.key, one.body);
}

bool rabbit_thread::obey(rabbit_order& order) {
  const auto settle = [this](rabbit_settle& what) {
    return what.connection != connections_ || line_->settle(what.tag, what.accept, what.requeue);
  };
  const auto declare = [this](rabbit_queue& what) {
    const bool good = line_->declare(what);
    queues_.insert_or_assign(what.name, std::move(what));
    return good;
  };
  const auto consume = [this](rabbit_consume& what) {
    return !consumed_.insert(what.queue).second || line_->consume(what.queue);
  };
  const auto ask = [this](rabbit_question& what) {
    result<std::int64_t> answer = 0;
    const bool good = line_->ask(what.queue, what.purge, answer);
    to_.answered(what.number, std::move(answer));
    return good;
  };
  const auto forget = [this](rabbit_forget& what) {
    unconfirmed_.erase(what.number);
    return true;
  };
  const auto publish = [this](rabbit_publish& what) { return obey_publish(what); };
  return std::visit(either{publish, forget, settle, declare, consume, ask}, order);
}

}  // namespace vss::net
