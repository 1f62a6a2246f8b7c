#pragma once
// The one thread that libre runs on: its loop, work handed over from other threads, and tickers (timerfd, so that
// libre's ordered timer list stays short). Everything of libre is touched on this thread only.
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vss::archont {

class libre_thread {
 public:
  explicit libre_thread(int descriptors);  // throws when the loop cannot be made
  ~libre_thread();                         // ends the loop and joins
  libre_thread(const libre_thread&) = delete;
  libre_thread& operator=(const libre_thread&) = delete;

  // From any thread, in order. Dropped after the end.
  void run(std::function<void()> work);
  void stop();  // ends the loop and joins; may be called twice

 private:
  static void woken(int flags, void* self);
  void loop(int descriptors);
  void drain();

  int wake_ = -1;
  std::mutex lock_;
  std::vector<std::function<void()>> waiting_;
  bool ended_ = false;
  std::thread thread_;
};

// Calls `tick` every `period` while it runs, as often as the time that passed asks for (at most 10 at once).
class libre_ticker {
 public:
  explicit libre_ticker(std::function<void()> tick);
  ~libre_ticker();
  libre_ticker(const libre_ticker&) = delete;
  libre_ticker& operator=(const libre_ticker&) = delete;
  void start(int milliseconds);  // a second start with the same period changes nothing
  void stop();

 private:
  static void fired(int flags, void* self);
  std::function<void()> tick_;
  int timer_ = -1;
  int period_ = 0;
};

}  // namespace vss::archont
