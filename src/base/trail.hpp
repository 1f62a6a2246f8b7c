#pragma once
// The correlation id that one lead's whole story carries, from campaign to CDR. It is the first parameter of what takes
// part in a story, a field of every message and of every log line about it.
#include <string>

namespace vss {

struct trail {
  std::string id;
};

}  // namespace vss
