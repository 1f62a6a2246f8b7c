#include "ottb/link_commit.hpp"

#include <map>

#include "base/log.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t full_batch = 500;
constexpr std::size_t largest_batch = 2000;  // what piled up behind a slow commit goes together
constexpr milliseconds gather{5};
constexpr milliseconds slowest_retry{1000};

// Only a value that PostgreSQL does not take is a message's own fault. A schema that is not ours (an upgrade under
// way), a right that is missing, a database that is away: all of it waits, and nothing is lost.
bool its_own_fault(errc kind) { return kind == errc::invalid; }

}  // namespace

link_commit::link_commit(net::pg_pool& db, scope& life, net::metrics& meters)
    : db_(db), life_(life), meters_(meters), ready_(life.on()) {}

void link_commit::start() { spawn(life_, "link_commit", run()); }

void link_commit::push(link_item item, std::shared_ptr<link_receipt> from) {
  queue_.push_back({std::move(item), std::move(from), std::chrono::steady_clock::now()});
  if (queue_.size() == 1 || queue_.size() == full_batch) ready_.notify();
}

std::vector<link_commit::entry> link_commit::next() {
  const std::size_t count = std::min(queue_.size(), largest_batch);
  std::vector<entry> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return out;
}

task<void> link_commit::run() {
  while (!life_.stopping()) {
    if (queue_.empty()) {
      co_await ready_.wait(milliseconds(1000));
      continue;
    }
    const auto age = std::chrono::steady_clock::now() - queue_.front().since;
    const auto left = std::chrono::ceil<milliseconds>(gather - age);
    if (queue_.size() < full_batch && left.count() > 0) co_await ready_.wait(left);
    auto batch = next();
    std::vector<link_item> items;
    items.reserve(batch.size());
    for (const auto& each : batch) items.push_back(each.item);
    const bool done = co_await write(std::move(items));
    if (!done) co_return;
    tell(batch);
  }
}

// false: the scope ends.
task<bool> link_commit::write(std::vector<link_item> items) {
  milliseconds wait{50};
  const auto began = std::chrono::steady_clock::now();
  while (!life_.stopping()) {
    auto batch = make_batch(items);
    const bool has_status = batch.has_status;
    auto done = co_await db_.pipeline(std::move(batch.steps));
    if (done) {
      meters_.gauge("vss_link_commit_waits_seconds", 0);
      if (has_status) {
        const auto deltas = read_deltas(done->front());
        for (const auto& heard : deltas_) heard(deltas);
      }
      co_return true;
    }
    if (!its_own_fault(done.error().kind)) {
      const std::chrono::duration<double> stuck = std::chrono::steady_clock::now() - began;
      meters_.gauge("vss_link_commit_waits_seconds", stuck.count());
      log::failed("ottb", "link_commit_waits", done.error(), {{"messages", items.size()}});
      co_await pause(wait);
      wait = std::min(wait * 2, slowest_retry);
      continue;
    }
    if (items.size() == 1) {
      log::failed("ottb", "link_message_dropped", done.error(), {{"hub", items[0].hub}, {"n", items[0].n}});
      meters_.count("vss_link_dropped_total");
      co_return true;
    }
    const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
    std::vector<link_item> second(middle, items.end());
    items.erase(middle, items.end());
    const bool first_done = co_await write(std::move(items));
    if (!first_done) co_return false;
    co_return co_await write(std::move(second));
  }
  co_return false;
}

void link_commit::tell(const std::vector<entry>& done) {
  struct reached {
    std::int64_t n = 0;
    std::size_t count = 0;
  };
  std::map<std::shared_ptr<link_receipt>, reached> links;
  const auto now = std::chrono::steady_clock::now();
  for (const auto& each : done) {
    auto& link = links[each.from];
    link.n = std::max(link.n, each.item.n);
    ++link.count;
  }
  for (const auto& [link, to] : links) link->committed(to.n, to.count);
  meters_.count("vss_link_messages_total", {}, static_cast<double>(done.size()));
  meters_.count("vss_link_commits_total");
  meters_.observe("vss_link_commit_seconds", std::chrono::duration<double>(now - done.front().since).count(),
                  {{"flow", "F-05"}});
}

}  // namespace vss::ottb
