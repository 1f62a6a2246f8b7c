#pragma once
// A gate with so many places: who finds none waits in line, first come first served. A place that becomes free wakes
// the first only, so that a thousand that wait cost no more than one. Belongs to one thread, as all of base/async.hpp.
#include "base/async.hpp"

namespace vss {

class gate {
 public:
  gate(executor on, std::size_t places);
  // A place, given back when the pass ends.
  class pass {
   public:
    pass(pass&&) noexcept = default;
    ~pass();

   private:
    friend class gate;
    struct state;
    explicit pass(std::shared_ptr<state> of) : of_(std::move(of)) {}
    std::shared_ptr<state> of_;
  };
  // Empty: `limit` passed first.
  task<std::optional<pass>> enter(milliseconds limit);
  std::size_t waiting() const;

 private:
  struct turn;
  std::shared_ptr<pass::state> state_;
};

}  // namespace vss
