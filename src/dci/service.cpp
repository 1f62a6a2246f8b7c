#include "dci/service.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.hpp"
#include "dci/fact.hpp"
#include "net/pg_scram.hpp"

namespace vss::dci {
namespace {

constexpr std::size_t facts_bound = 100000;
constexpr std::size_t events_bound = 20000;
constexpr std::size_t batch_size = 500;
constexpr seconds rollup_every{5};
constexpr int rollup_at_once = 16;  // quarters of an hour in one transaction

// The first of a queue, waited for, and what else is there already.
task<std::vector<boost::json::object>> gather(channel<boost::json::object>& from) {
  std::vector<boost::json::object> out;
  auto first = co_await from.pop(seconds(3600));
  while (first) {
    out.push_back(std::move(*first));
    if (from.size() == 0 || out.size() >= batch_size) break;
    first = co_await from.pop(milliseconds(1));
  }
  co_return out;
}

std::string as_array(const std::vector<boost::json::object>& batch) {
  boost::json::array out;
  out.reserve(batch.size());
  for (const auto& one : batch) out.push_back(one);
  return boost::json::serialize(out);
}

// The database is away or slow: the same batch will do later. Anything else will fail again.
bool passes(const error& why) {
  return why.kind == errc::unavailable || why.kind == errc::timeout || why.kind == errc::too_many ||
         why.kind == errc::conflict;
}

}  // namespace

service::service(executor on, net::pg_pool& db, const clock& time, random_source& random)
    : store_(db),
      rollup_(db),
      retention_(db),
      time_(time),
      random_(random),
      facts_(on, facts_bound),
      events_(on, events_bound) {}

void service::start(scope& work) {
  work.spawn("dci.facts", write_facts());
  work.spawn("dci.events", write_events());
  work.spawn("dci.care", care());
  work.spawn("dci.rollup", keep_rolled_up());
}

task<bool> service::drain(milliseconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (facts_.size() + events_.size() + writing_ > 0) {
    if (std::chrono::steady_clock::now() > until) co_return false;
    co_await pause(milliseconds(10));
  }
  co_return true;
}

void service::ended(const ottb::call_ended& call) {
  if (!is_call(call)) return;
  if (!facts_.push(fact_of(call))) log::error("dci", "cdr_half_lost", {{"call", call.call_id}, {"trail", call.story}});
}

void service::note(log_event event) {
  boost::json::object row{{"at", to_text(time_.now())},
                          {"kind", event.kind},
                          {"severity", event.severity},
                          {"subject", event.subject},
                          {"detail", std::move(event.detail)}};
  if (!event.story.id.empty()) row["trail"] = event.story.id;
  if (!events_.push(std::move(row))) log::error("dci", "event_lost", {{"kind", event.kind}});
}

task<void> service::write_facts() {
  for (;;) {
    auto batch = co_await gather(facts_);
    writing_ += batch.size();
    const auto size = batch.size();
    co_await store_facts(std::move(batch));
    writing_ -= size;
  }
}

task<void> service::write_events() {
  for (;;) {
    auto batch = co_await gather(events_);
    writing_ += batch.size();
    const auto size = batch.size();
    co_await store_events(std::move(batch));
    writing_ -= size;
  }
}

// A batch with a row that PostgreSQL refuses is written row by row; that row is lost, with its id in the log.
task<void> service::store_facts(batch facts) {
  while (!facts.empty()) {
    auto done = co_await store_.merge(as_array(facts));
    if (done) co_return;
    if (passes(done.error())) {
      co_await pause(milliseconds(500));
      continue;
    }
    if (facts.size() == 1) {
      const auto& id = facts[0].at("call_id").as_string();
      log::failed("dci", "cdr_half_refused", done.error(), {{"call", std::string_view(id)}});
      co_return;
    }
    for (auto& one : facts) {
      batch alone{std::move(one)};
      co_await store_facts(std::move(alone));
    }
    co_return;
  }
}

task<void> service::store_events(batch events) {
  while (!events.empty()) {
    auto done = co_await store_.note(as_array(events));
    if (done) co_return;
    if (passes(done.error())) {
      co_await pause(milliseconds(500));
      continue;
    }
    if (events.size() == 1) {
      const auto& kind = events[0].at("kind").as_string();
      log::failed("dci", "event_refused", done.error(), {{"kind", std::string_view(kind)}});
      co_return;
    }
    for (auto& one : events) {
      batch alone{std::move(one)};
      co_await store_events(std::move(alone));
    }
    co_return;
  }
}

// Every hour; after a failure again in ten seconds.
task<void> service::care() {
  for (;;) {
    auto made = co_await store_.make_partitions();
    auto gone = co_await store_.drop_stale_roles();
    if (made && *made > 0) log::info("dci", "partitions_made", {{"count", *made}});
    if (gone && *gone > 0) log::info("dci", "stale_hub_roles_dropped", {{"count", *gone}});
    const auto past = co_await retention_.apply();
    if (past && *past > 0) log::info("dci", "months_dropped", {{"count", *past}});
    const bool good = made && gone && past;
    if (!past) log::failed("dci", "months_not_dropped", past.error());
    if (!made) log::failed("dci", "partitions_missing", made.error());
    const auto rest = good ? seconds(3600) : seconds(10);
    co_await pause(rest);
  }
}

task<result<std::int64_t>> service::roll_up() {
  std::int64_t all = 0;
  for (;;) {
    auto done = co_await rollup_.roll_up(rollup_at_once);
    if (!done) co_return fail(std::move(done.error()));
    all += *done;
    if (*done < rollup_at_once) co_return all;  // what came meanwhile waits for the next round
  }
}

// Every server tries; PostgreSQL lets one at a time count. After a stop the first round catches up.
task<void> service::keep_rolled_up() {
  for (;;) {
    auto done = co_await roll_up();
    if (!done && !passes(done.error())) log::failed("dci", "rollup_failed", done.error());
    co_await pause(rollup_every);
  }
}

task<result<std::string>> service::admit(std::string hub_id, std::string short_id, secret password) {
  auto verifier = net::scram_verifier(password, random_);
  co_return co_await store_.create_role(std::move(hub_id), std::move(short_id), std::move(verifier));
}

task<result<void>> service::revoke(std::string hub_id) { co_return co_await store_.drop_role(std::move(hub_id)); }

task<result<call_page>> service::calls(call_filter by) {
  const auto limit = static_cast<std::size_t>(by.limit);
  auto got = co_await store_.calls(std::move(by));
  if (!got) co_return fail(std::move(got.error()));
  call_page out{std::move(*got), std::nullopt};
  if (out.items.size() == limit) out.next = cursor_of(out.items.back());
  co_return out;
}

task<result<call_story>> service::call(std::string call_id) { co_return co_await store_.call(std::move(call_id)); }

task<result<event_page>> service::events(event_filter by) {
  const auto limit = static_cast<std::size_t>(by.limit);
  auto got = co_await store_.events(std::move(by));
  if (!got) co_return fail(std::move(got.error()));
  event_page out{std::move(*got), std::nullopt};
  if (out.items.size() == limit) out.next = std::to_string(out.items.back().id);
  co_return out;
}

task<result<summary_view>> service::summary(std::optional<std::string> campaign, std::optional<instant> from,
                                            std::optional<instant> to) {
  co_return co_await store_.summary(std::move(campaign), from, to);
}

task<result<analytics_view>> service::analytics(analytics_wish wish) {
  auto exact = rounded(std::move(wish));
  if (!exact) co_return fail(std::move(exact.error()));
  co_return co_await rollup_.read(std::move(*exact));
}

}  // namespace vss::dci
