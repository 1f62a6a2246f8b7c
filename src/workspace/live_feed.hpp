#pragma once
// Where a topic's picture comes from. A feed is asked again and again while somebody looks.
#include <functional>
#include <map>
#include <string>

#include "base/async.hpp"
#include "base/dto.hpp"
#include "workspace/live_topic.hpp"

namespace vss::workspace {

class live_feed {
 public:
  virtual ~live_feed() = default;
  // Nobody looked for a while: the next turn reads everything.
  virtual void rest() {}
  // Brings the picture up to date; answers how long the next look may wait. An error: the source did not answer, the
  // picture is as it was.
  virtual task<result<milliseconds>> turn(live_topic& picture) = 0;
};

// How long to rest after something that took so long, so that it takes at most 1/20 of the time: `least` to 10 s.
milliseconds rest_after(std::chrono::steady_clock::duration took, milliseconds least);

// Reads all items at every turn, every 500 ms; slower when the reading itself takes long.
class polled_feed final : public live_feed {
 public:
  using read_fn = std::function<task<result<std::map<std::string, std::string>>>()>;
  explicit polled_feed(read_fn read) : read_(std::move(read)) {}
  task<result<milliseconds>> turn(live_topic& picture) override;

 private:
  read_fn read_;
};

// A read function of described structs with an `id`, as one of ready JSON.
template <class Read>
polled_feed::read_fn as_items(Read read) {
  return [read = std::move(read)]() -> task<result<std::map<std::string, std::string>>> {
    auto rows = co_await read();
    if (!rows) co_return std::unexpected(std::move(rows.error()));
    std::map<std::string, std::string> out;
    for (const auto& row : *rows) out.insert_or_assign(row.id, dto::write(row));
    co_return out;
  };
}

}  // namespace vss::workspace
