#pragma once
// The topic `slots`: PostgreSQL read whole about once a second, and between those reads the Redis stream to which every
// server writes what its hubs say, so that a browser on one server sees slots that are linked to another within a tick.
// The version of a slot's row decides which of two pictures is newer. Without Redis the reads alone remain.
#include <unordered_map>

#include "net/redis.hpp"
#include "ottb/api.hpp"
#include "workspace/live_feed.hpp"

namespace vss::workspace {

class slots_feed final : public live_feed {
 public:
  // `stream`: a connection of its own, it waits inside of Redis; its timeout is longer than 200 ms.
  slots_feed(ottb::live_pictures& pictures, net::redis& stream) : pictures_(pictures), stream_(stream) {}
  void rest() override;
  task<result<milliseconds>> turn(live_topic& picture) override;

 private:
  task<result<void>> read_all(live_topic& picture);
  task<bool> read_news(live_topic& picture);  // false: Redis did not answer
  task<void> find_end();
  void take(const ottb::slot_news& news, live_topic& picture);

  ottb::live_pictures& pictures_;
  net::redis& stream_;
  std::unordered_map<std::string, ottb::slot_now_row> known_;
  std::string last_;  // id of the last entry that was read; "" before the first turn
  std::chrono::steady_clock::time_point due_{};
};

}  // namespace vss::workspace
