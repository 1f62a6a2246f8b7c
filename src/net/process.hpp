#pragma once
// Child processes: an argv vector (never a shell), own process group, deadline (SIGTERM, then SIGKILL), output caps.
#include <string>
#include <vector>

#include "base/async.hpp"

namespace vss::net {

struct process_options {
  std::vector<std::string> argv{};
  std::vector<std::string> environment{};  // exactly these "K=V"; empty: PATH, HOME and LANG of this process
  std::string input{};
  milliseconds limit{10000};
  std::size_t output_cap = 1 << 20;  // per stream; more is cut and `cut` set
};

struct process_end {
  int exit_code = 0;  // 128+n: ended by signal n
  std::string out;
  std::string err;
  bool cut = false;
  bool timed_out = false;
};

task<result<process_end>> run_process(process_options options);

}  // namespace vss::net
