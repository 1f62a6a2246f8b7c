#pragma once
// The process's one thread: runs `body` until it ends or until SIGTERM/SIGINT, then `stop` (drain, finish, close), and
// answers the exit code. A signal that comes during `start` counts when `start` has returned. A second signal ends at
// once with 130.
#include <functional>

#include "base/async.hpp"

namespace vss {

struct loop_body {
  std::function<task<void>(executor)> start;  // returns when everything runs; an exception is a start-up failure
  std::function<task<void>()> stop;           // graceful end
};

// Runs until a signal. 0: stopped cleanly; 1: start-up failed (the reason is printed).
int run_loop(loop_body body);

// Runs one task to its end on a loop of its own and answers its value: for command-line verbs.
int run_to_end(std::function<task<int>(executor)> body);

}  // namespace vss
