#include "ottb/relay.hpp"

#include "base/ids.hpp"
#include "base/log.hpp"
#include "link/lead.hpp"

namespace vss::ottb {

namespace {

constexpr int batch = 500;
constexpr milliseconds poll{200};
constexpr milliseconds confirm_limit{5000};
constexpr milliseconds rest_after_failure{500};
constexpr std::size_t returned_bound = 5000;

}  // namespace

struct relay::flight {
  explicit flight(executor on) : landed(on) {}
  std::vector<outbox_message> rows;
  std::vector<std::int64_t> confirmed;
  std::size_t open = 0;
  wakeup landed;
};

relay::relay(net::pg_pool& db, net::rabbit& broker, scope& life, net::metrics& meters)
    : store_(db),
      attempts_(db),
      db_(db),
      broker_(broker),
      life_(life),
      meters_(meters),
      ready_(life.on()),
      returned_(life.on(), returned_bound) {}

void relay::start() {
  net::rabbit_queue queue;
  queue.name = std::string(returned_queue);
  broker_.declare(std::move(queue));
  const auto deliver = [this](net::rabbit_message message) {
    if (!returned_.push(message)) broker_.reject(message, true);
  };
  broker_.consume(std::string(returned_queue), deliver);
  const auto woken = [this](const std::string&) { wake(); };
  spawn(life_, "outbox_news", db_.listen(std::string(outbox_topic), woken));
  spawn(life_, "relay", run());
  spawn(life_, "returned_leads", take_back());
}

task<void> relay::publish(std::shared_ptr<flight> all, std::size_t i) {
  const outbox_message& row = all->rows[i];
  auto sent = co_await broker_.publish(row.exchange, row.key, row.body, confirm_limit);
  if (sent)
    all->confirmed.push_back(row.id);
  else
    log::failed("ottb", "lead_not_published", sent.error(), {{"flow", "F-01"}, {"queue", row.key}});
  --all->open;
  all->landed.notify();
}

task<result<int>> relay::round() {
  auto begun = co_await store_.begin();
  if (!begun) co_return fail(std::move(begun.error()));
  net::transaction work = std::move(*begun);
  auto rows = co_await store_.take(work, batch);
  if (!rows) co_return fail(std::move(rows.error()));
  if (rows->empty()) co_return 0;
  const auto all = std::make_shared<flight>(life_.on());
  all->rows = std::move(*rows);
  all->open = all->rows.size();
  for (std::size_t i = 0; i < all->rows.size(); ++i) spawn(life_, "publish", publish(all, i));
  const auto until = std::chrono::steady_clock::now() + confirm_limit + milliseconds(1000);
  while (all->open > 0 && std::chrono::steady_clock::now() < until) co_await all->landed.wait(milliseconds(1000));
  const auto sent = static_cast<int>(all->confirmed.size());
  if (sent == 0) co_return fail(errc::unavailable, "the broker confirmed nothing");
  std::vector<std::int64_t> confirmed = all->confirmed;
  auto dropped = co_await store_.drop(work, std::move(confirmed));
  if (!dropped) co_return fail(std::move(dropped.error()));
  auto kept = co_await work.commit();
  if (!kept) co_return fail(std::move(kept.error()));
  meters_.count("vss_leads_published_total", {{"flow", "F-01"}}, sent);
  co_return sent;
}

task<void> relay::run() {
  while (!life_.stopping()) {
    if (!broker_.connected()) {
      co_await pause(poll);
      continue;
    }
    const auto asked = asked_;
    auto sent = co_await round();
    if (!sent) {
      log::failed("ottb", "relay_failed", sent.error(), {{"flow", "F-01"}});
      co_await pause(rest_after_failure);
    } else if (*sent < batch && asked == asked_) {
      co_await ready_.wait(poll);
    }
  }
}

// Messages that expired, were rejected or overflowed. They are acknowledged after the lead is due again.
task<void> relay::take_back() {
  while (!life_.stopping()) {
    auto first = co_await returned_.pop(milliseconds(1000));
    if (!first) continue;
    std::vector<net::rabbit_message> messages{std::move(*first)};
    while (returned_.size() > 0 && messages.size() < 200) {
      auto next = co_await returned_.pop(milliseconds(1));
      if (next) messages.push_back(std::move(*next));
    }
    std::vector<std::string> attempts;
    for (const auto& each : messages) {
      auto lead = dto::parse<link::lead_message>(each.body);
      if (lead && is_uuid(lead->attempt))
        attempts.push_back(lead->attempt);
      else
        log::warn("ottb", "returned_message_unreadable", {{"flow", "F-01"}});
    }
    auto campaigns = co_await attempts_.give_back(std::move(attempts), "not_taken", 1, true);
    for (const auto& each : messages) {
      if (campaigns)
        broker_.ack(each);
      else
        broker_.reject(each, true);
    }
    if (!campaigns) {
      log::failed("ottb", "leads_not_taken_back", campaigns.error(), {{"flow", "F-01"}});
      co_await pause(rest_after_failure);
      continue;
    }
    meters_.count("vss_leads_returned_total", {{"flow", "F-01"}}, static_cast<double>(messages.size()));
    for (auto& campaign : *campaigns) {
      if (heard_) heard_(campaign);
    }
  }
}

}  // namespace vss::ottb
