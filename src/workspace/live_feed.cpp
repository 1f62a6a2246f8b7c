#include "workspace/live_feed.hpp"

namespace vss::workspace {

task<result<milliseconds>> polled_feed::turn(live_topic& picture) {
  const auto began = std::chrono::steady_clock::now();
  auto all = co_await read_();
  if (!all) co_return std::unexpected(std::move(all.error()));
  picture.replace(std::move(*all));
  const auto took = std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - began);
  co_return std::max(milliseconds(500), took * 20);
}

}  // namespace vss::workspace
