#include "workspace/live_feed.hpp"

namespace vss::workspace {

milliseconds rest_after(std::chrono::steady_clock::duration took, milliseconds least) {
  return std::clamp(std::chrono::ceil<milliseconds>(took) * 20, least, milliseconds(10000));
}

task<result<milliseconds>> polled_feed::turn(live_topic& picture) {
  const auto began = std::chrono::steady_clock::now();
  auto all = co_await read_();
  if (!all) co_return std::unexpected(std::move(all.error()));
  picture.replace(std::move(*all));
  co_return rest_after(std::chrono::steady_clock::now() - began, milliseconds(500));
}

}  // namespace vss::workspace
