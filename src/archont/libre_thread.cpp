#include "archont/libre_thread.hpp"

#include <re/re.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <stdexcept>

namespace vss::archont {

libre_thread::libre_thread(int descriptors) {
  static std::once_flag once;
  std::call_once(once, [] {
    if (libre_init() != 0) throw std::runtime_error("libre cannot start");
  });
  wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_ < 0) throw std::runtime_error("no descriptor left for the SIP thread");
  std::promise<void> running;
  auto begun = running.get_future();
  thread_ = std::thread([this, descriptors, &running] {
    const int failed = re_thread_init() | fd_setsize(descriptors) | fd_listen(wake_, FD_READ, woken, this);
    if (failed != 0) {
      running.set_exception(std::make_exception_ptr(std::runtime_error("libre's loop cannot start")));
      return;
    }
    running.set_value();
    re_main(nullptr);
    fd_close(wake_);
    fd_setsize(0);
    re_thread_close();
  });
  begun.get();
}

libre_thread::~libre_thread() {
  stop();
  if (wake_ >= 0) ::close(wake_);
}

void libre_thread::stop() {
  if (!thread_.joinable()) return;
  run([this] {
    const std::lock_guard hold(lock_);
    ended_ = true;
    re_cancel();
  });
  thread_.join();
}

void libre_thread::run(std::function<void()> work) {
  const std::lock_guard hold(lock_);
  if (ended_) return;
  waiting_.push_back(std::move(work));
  if (waiting_.size() == 1) eventfd_write(wake_, 1);
}

void libre_thread::woken(int, void* self) { static_cast<libre_thread*>(self)->drain(); }

void libre_thread::drain() {
  eventfd_t count = 0;
  eventfd_read(wake_, &count);
  std::vector<std::function<void()>> work;
  {
    const std::lock_guard hold(lock_);
    work.swap(waiting_);
  }
  for (auto& one : work) one();
}

libre_ticker::libre_ticker(std::function<void()> tick) : tick_(std::move(tick)) {
  timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  if (timer_ < 0 || fd_listen(timer_, FD_READ, fired, this) != 0)
    throw std::runtime_error("no timer for the SIP thread");
}

libre_ticker::~libre_ticker() {
  fd_close(timer_);
  ::close(timer_);
}

void libre_ticker::start(int milliseconds) {
  if (period_ == milliseconds) return;
  period_ = milliseconds;
  itimerspec spec{};
  spec.it_interval.tv_sec = milliseconds / 1000;
  spec.it_interval.tv_nsec = milliseconds % 1000 * 1'000'000L;
  spec.it_value = spec.it_interval;
  ::timerfd_settime(timer_, 0, &spec, nullptr);
}

void libre_ticker::stop() {
  if (period_ == 0) return;
  period_ = 0;
  const itimerspec off{};
  ::timerfd_settime(timer_, 0, &off, nullptr);
}

void libre_ticker::fired(int, void* self) {
  auto& mine = *static_cast<libre_ticker*>(self);
  std::uint64_t times = 0;
  if (::read(mine.timer_, &times, sizeof times) != sizeof times) return;
  for (times = std::min<std::uint64_t>(times, 10); times > 0 && mine.period_ != 0; --times) mine.tick_();
}

}  // namespace vss::archont
