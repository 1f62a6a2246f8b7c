#pragma once
// The thread that owns the connection to the broker: it keeps it open, keeps what is not confirmed and sends it again
// on a new connection. Orders come in by `order()` from any thread; news goes out through the two functions, which it
// calls on its own thread.
#include <atomic>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

#include "net/backoff.hpp"
#include "net/rabbit_line.hpp"

namespace vss::net {

struct rabbit_publish {
  std::uint64_t number;
  std::string exchange;
  std::string key;
  std::string body;
};
struct rabbit_forget {  // the publisher stopped waiting
  std::uint64_t number;
};
struct rabbit_settle {
  std::uint64_t tag;
  std::uint64_t connection;
  bool accept;
  bool requeue;
};
struct rabbit_consume {
  std::string queue;
};
struct rabbit_question {
  std::uint64_t number;
  std::string queue;
  bool purge;
};
using rabbit_order =
    std::variant<rabbit_publish, rabbit_forget, rabbit_settle, rabbit_queue, rabbit_consume, rabbit_question>;

class rabbit_thread {
 public:
  struct outlet {
    std::function<void(std::vector<rabbit_event>)> news;
    std::function<void(std::uint64_t, result<std::int64_t>)> answered;
  };
  rabbit_thread(rabbit_options options, outlet to);
  ~rabbit_thread();
  void order(rabbit_order what);
  bool connected() const { return connected_; }

 private:
  void live();
  void wait(milliseconds limit);
  bool restore();
  bool work();
  void offline();
  void keep(rabbit_order& order);
  bool obey(rabbit_order& order);
  bool obey_publish(rabbit_publish& what);
  void lost();
  void hold_off();
  std::deque<rabbit_order> take_orders();

  rabbit_options options_;
  outlet to_;
  std::mutex lock_;
  std::deque<rabbit_order> orders_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> connected_{false};
  std::atomic<int> socket_{-1};
  int bell_;
  // of the thread alone:
  std::unique_ptr<rabbit_line> line_;
  std::uint64_t connections_ = 0;
  std::map<std::string, rabbit_queue> queues_;
  std::set<std::string> consumed_;
  std::map<std::uint64_t, rabbit_publish> unconfirmed_;
  backoff later_;
  bool was_up_ = false;
  std::chrono::steady_clock::time_point restored_at_{};
  std::thread thread_;  // last: it starts when all else stands
};

}  // namespace vss::net
