#pragma once
// A nursery for coroutines. Nothing runs detached: `spawn` counts, names and logs; `stop` cancels all children and
// waits for their end. A child that throws is logged with its name and counted; it never ends the process.
#include <memory>
#include <string>

#include "base/async.hpp"

namespace vss {

class scope {
 public:
  scope(executor on, std::string name);
  ~scope();  // the children must have ended (stop() was awaited) or the process is ending
  scope(const scope&) = delete;
  scope& operator=(const scope&) = delete;

  void spawn(std::string name, task<void> body);
  // Cancels every child and waits until the last has ended, at most `limit`. false: some did not end.
  task<bool> stop(milliseconds limit);
  bool stopping() const;
  std::size_t running() const;
  executor on() const;

 private:
  struct state;
  std::shared_ptr<state> state_;
};

inline void spawn(scope& owner, std::string name, task<void> body) { owner.spawn(std::move(name), std::move(body)); }

}  // namespace vss
