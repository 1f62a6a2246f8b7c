#include "workspace/slots_feed.hpp"

namespace vss::workspace {

void slots_feed::rest() {
  known_.clear();
  last_.clear();
  due_ = {};
}

// Where the stream ends now. What comes later is read after the picture that PostgreSQL gives from now on: no gap.
task<void> slots_feed::find_end() {
  std::vector<std::string> argv{"XREVRANGE", ottb::slot_stream_key, "+", "-", "COUNT", "1"};
  const auto newest = co_await stream_.command(std::move(argv));
  if (!newest) co_return;
  const bool empty = newest->items.empty() || newest->items[0].items.empty();
  last_ = empty ? "0-0" : newest->items[0].items[0].text;
}

task<result<void>> slots_feed::read_all(live_topic& picture) {
  const auto began = std::chrono::steady_clock::now();
  auto rows = co_await pictures_.slots();
  if (!rows) co_return std::unexpected(std::move(rows.error()));
  std::unordered_map<std::string, ottb::slot_now_row> now;
  for (auto& row : *rows) {
    const auto known = known_.find(row.slot.id);
    const bool newer = known != known_.end() && known->second.version > row.version;  // the stream was quicker
    const std::string id = row.slot.id;
    now.emplace(id, newer ? known->second : std::move(row));
  }
  known_ = std::move(now);
  std::map<std::string, std::string> items;
  for (const auto& [id, row] : known_) items.emplace(id, dto::write(row.slot));
  picture.replace(std::move(items));
  const auto ended = std::chrono::steady_clock::now();
  due_ = ended + rest_after(ended - began, seconds(1));
  co_return result<void>{};
}

void slots_feed::take(const ottb::slot_news& news, live_topic& picture) {
  const auto known = known_.find(news.number);
  if (known == known_.end()) {  // a new slot: its kind and hub are in PostgreSQL only
    due_ = {};
    return;
  }
  auto& row = known->second;
  if (row.version >= news.version) return;
  row.version = news.version;
  row.slot.state = news.state;
  row.slot.since = news.since;
  row.slot.registered = news.registered;
  row.slot.fault_code = news.fault_code;
  row.slot.campaign = news.campaign;
  row.slot.epoch = news.epoch;
  row.slot.locked = news.locked;
  row.slot.drained = news.drained;
  picture.put(news.number, dto::write(row.slot));
}

task<bool> slots_feed::read_news(live_topic& picture) {
  std::vector<std::string> argv{"XREAD", "COUNT", "500", "BLOCK", "200", "STREAMS", ottb::slot_stream_key, last_};
  const auto news = co_await stream_.command(std::move(argv));
  if (!news) co_return false;
  if (news->items.empty() || news->items[0].items.size() < 2) co_return true;
  for (const auto& entry : news->items[0].items[1].items) {
    if (entry.items.size() < 2) continue;
    last_ = entry.items[0].text;
    const auto& fields = entry.items[1].items;
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
      if (fields[i].text != ottb::slot_stream_field) continue;
      for (const auto& one : ottb::read_slot_news(fields[i + 1].text)) take(one, picture);
    }
  }
  co_return true;
}

task<result<milliseconds>> slots_feed::turn(live_topic& picture) {
  if (last_.empty()) co_await find_end();
  if (std::chrono::steady_clock::now() >= due_) {
    auto done = co_await read_all(picture);
    if (!done) co_return std::unexpected(std::move(done.error()));
    co_return milliseconds(0);
  }
  const bool heard = !last_.empty() && co_await read_news(picture);
  if (heard) co_return milliseconds(0);
  if (!last_.empty()) due_ = {};  // Redis went away, or lost what it had: begin at its end again
  last_.clear();
  co_return milliseconds(500);
}

}  // namespace vss::workspace
