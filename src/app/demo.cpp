#include "app/demo.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <iterator>

namespace vss::app {
namespace json = boost::json;
namespace {

constexpr std::chrono::seconds rate_window{5};  // calls per second are shown over the last five

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::int64_t whole(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found && found->is_int64() ? found->get_int64() : 0;
}

std::string text(const json::value& from, std::string_view key) {
  const auto* found = from.is_object() ? from.get_object().if_contains(key) : nullptr;
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

// One demo: each step is a member, so that a failure names the step.
class demo {
 public:
  demo(executor on, demo_options options)
      : options_(std::move(options)), api_(std::move(on), options_.api, options_.token) {}
  task<int> run();

 private:
  task<result<void>> wait_for_slots();
  task<result<void>> make_trunks();
  task<result<void>> wait_for_trunks();
  task<result<void>> make_campaign();
  task<result<void>> import_leads();
  task<result<json::object>> progress();
  task<result<void>> watch();
  task<result<json::value>> first_of(std::string path, std::string name);
  void show(const json::object& now, double rate) const;
  void read_carriers();
  int summary() const;
  task<void> invite() const;

  demo_options options_;
  rest api_;
  std::string campaign_;
  std::vector<std::int64_t> trunks_;
  demo_books books_;
  std::chrono::steady_clock::time_point began_{};
};

task<result<json::value>> demo::first_of(std::string path, std::string name) {
  auto listed = co_await api_.get(path);
  if (!listed) co_return std::unexpected(std::move(listed.error()));
  const auto* items = listed->is_object() ? listed->get_object().if_contains("items") : nullptr;
  if (items && items->is_array()) {
    for (const auto& item : items->get_array()) {
      if (text(item, "name") == name) co_return item;
    }
  }
  co_return fail(errc::not_found, path + " has no " + name);
}

task<result<void>> demo::wait_for_slots() {
  const auto until = std::chrono::steady_clock::now() + seconds{60};
  std::int64_t ready = 0;
  while (std::chrono::steady_clock::now() < until) {
    auto listed = co_await api_.get("/ottb/slots?limit=500");
    if (!listed) co_return std::unexpected(std::move(listed.error()));
    ready = 0;
    for (const auto& slot : listed->get_object().at("items").get_array()) {
      const auto* registered = slot.get_object().if_contains("registered");
      ready += registered && registered->is_bool() && registered->get_bool();
    }
    if (!options_.json && ::isatty(1)) fmt::print("\r\033[Kslots registered: {} of {}", ready, options_.slots);
    std::fflush(stdout);
    if (ready >= static_cast<std::int64_t>(options_.slots)) {
      if (!options_.json) fmt::print("\r\033[K{} slots are registered\n", ready);
      co_return result<void>{};
    }
    co_await pause(milliseconds{200});
  }
  co_return fail(errc::timeout, fmt::format("only {} of {} slots registered within 60 s", ready, options_.slots));
}

task<result<void>> demo::make_trunks() {
  int priority = 1;
  for (const auto& carrier : {options_.carrier_a, options_.carrier_b}) {
    const auto colon = carrier.rfind(':');
    json::object trunk{{"name", "carrier-" + std::to_string(priority)},
                       {"host", carrier.substr(0, colon)},
                       {"port", std::stoi(carrier.substr(colon + 1))},
                       {"transport", "udp"},
                       {"cps", 50},
                       {"channels", 60},
                       {"priority", priority++},
                       {"simulated", true}};
    auto made = co_await api_.post("/ottb/trunks", std::move(trunk));
    if (!made) co_return std::unexpected(std::move(made.error()));
    trunks_.push_back(whole(made->get_object(), "id"));
  }
  json::object caller{{"number", "+12025550100"}, {"proof", "demo: reserved fictional number"}};
  auto owned = co_await api_.post("/ottb/caller-ids", std::move(caller));
  if (!owned) co_return std::unexpected(std::move(owned.error()));
  co_return result<void>{};
}

// The edge reads new trunks within a second and asks each for its health; calls before that would find no trunk.
task<result<void>> demo::wait_for_trunks() {
  const auto until = std::chrono::steady_clock::now() + seconds{20};
  while (std::chrono::steady_clock::now() < until) {
    auto listed = co_await api_.get("/ottb/trunks");
    if (!listed) co_return std::unexpected(std::move(listed.error()));
    std::size_t up = 0;
    for (const auto& trunk : listed->get_object().at("items").get_array()) up += text(trunk, "health") == "up";
    if (up >= trunks_.size()) co_return result<void>{};
    co_await pause(milliseconds{250});
  }
  fmt::print(stderr, "demo: the trunks' health is not known after 20 s; calling all the same\n");
  co_return result<void>{};
}

task<result<void>> demo::make_campaign() {
  const auto profile = co_await first_of("/ottb/profiles", "demo");
  if (!profile) co_return std::unexpected(profile.error());
  const auto flow = co_await first_of("/ottb/flows", "demo");
  if (!flow) co_return std::unexpected(flow.error());
  json::object campaign{{"name", "demo"},
                        {"mode", "ivr"},
                        {"profile", text(*profile, "id")},
                        {"flow", text(*flow, "id")},
                        {"caller_id", "+12025550100"},
                        {"max_attempts", 1},
                        {"ring_seconds", 15},
                        {"calls_per_second", 10}};
  auto made = co_await api_.post("/ottb/campaigns", std::move(campaign));
  if (!made) co_return std::unexpected(std::move(made.error()));
  campaign_ = text(*made, "id");
  co_return result<void>{};
}

task<result<void>> demo::import_leads() {
  std::string csv = file_text(options_.leads);
  if (csv.empty()) co_return fail(errc::not_found, options_.leads + " cannot be read");
  auto imported = co_await api_.upload("POST", "/ottb/campaigns/" + campaign_ + "/leads", "text/csv", std::move(csv));
  if (!imported) co_return std::unexpected(std::move(imported.error()));
  if (!options_.json) {
    const auto& counts = imported->get_object();
    fmt::print("{} leads imported, {} duplicates, {} rejected\n", whole(counts, "accepted"),
               whole(counts, "duplicates"), whole(counts, "rejected"));
  }
  co_return result<void>{};
}

task<result<json::object>> demo::progress() {
  auto now = co_await api_.get("/ottb/campaigns/" + campaign_ + "/progress");
  if (!now) co_return std::unexpected(std::move(now.error()));
  auto campaign = co_await api_.get("/ottb/campaigns/" + campaign_);
  if (!campaign) co_return std::unexpected(std::move(campaign.error()));
  now->get_object()["state"] = text(*campaign, "state");
  auto cdrs = co_await api_.get("/dci/summary?campaign=" + campaign_);
  if (!cdrs) co_return std::unexpected(std::move(cdrs.error()));
  now->get_object()["cdrs"] = whole(cdrs->get_object(), "total");
  co_return now->get_object();
}

void demo::show(const json::object& now, double rate) const {
  if (options_.json) return;
  const auto count = [&now](std::string_view outcome) {
    const auto* outcomes = now.if_contains("outcomes");
    return outcomes && outcomes->is_object() ? whole(outcomes->get_object(), outcome) : 0;
  };
  const auto refused = count("refused") + count("blocked");
  const auto failed = count("failed") + count("invalid") + count("unknown") + count("abandoned");
  fmt::print(
      "{}calls now {:3}  done {:3}/{}  answered {:3}  busy {:2}  no answer {:2}  rejected {:2}  failed {:2}  "
      "refused {:2}  DTMF {:2}  {:4.1f} calls/s{}",
      ::isatty(1) ? "\r\033[K" : "", whole(now, "calls_now"), whole(now, "finished"), whole(now, "leads"),
      count("answered") + whole(now, "answered_now"), count("busy"), count("no_answer"), count("rejected"), failed,
      refused, whole(now, "dtmf"), rate, ::isatty(1) ? "" : "\n");
  std::fflush(stdout);
}

task<result<void>> demo::watch() {
  const auto until = began_ + options_.limit;
  std::deque<std::pair<std::chrono::steady_clock::time_point, std::int64_t>> lately{{began_, 0}};
  for (;;) {
    auto now = co_await progress();
    if (!now) co_return std::unexpected(std::move(now.error()));
    const auto attempts = whole(*now, "attempts");
    const auto tick = std::chrono::steady_clock::now();
    while (lately.size() > 1 && tick - lately[1].first >= rate_window) lately.pop_front();
    const double passed = std::chrono::duration<double>(tick - lately.front().first).count();
    show(*now, passed > 0 ? static_cast<double>(attempts - lately.front().second) / passed : 0);
    lately.emplace_back(tick, attempts);
    // Every attempt that is over has its CDR: the last ones come a moment after the campaign's end.
    const bool over = text(json::value(*now), "state") == "finished" && whole(*now, "calls_now") == 0 &&
                      whole(*now, "queued") == 0 && whole(*now, "cdrs") >= attempts;
    if (over || tick > until) {
      books_.leads = whole(*now, "leads");
      books_.finished = whole(*now, "finished");
      books_.due = whole(*now, "due");
      books_.attempts = attempts;
      books_.dtmf = whole(*now, "dtmf");
      books_.cdrs = whole(*now, "cdrs");
      for (const auto& item : now->at("outcomes").get_object()) books_.outcomes[item.key()] = item.value().get_int64();
      books_.seconds = std::chrono::duration<double>(tick - began_).count();
      if (!options_.json) fmt::print("\n");
      if (over) co_return result<void>{};
      co_return fail(errc::timeout, "the campaign did not end in time");
    }
    co_await pause(milliseconds{500});
  }
}

void demo::read_carriers() {
  std::string all;
  for (const auto& log : options_.carrier_logs) all += file_text(log);
  books_.carrier = read_carrier_log(all);
}

int demo::summary() const {
  const auto wrong = imbalances(books_);
  if (options_.json) {
    fmt::print("{}\n", json::serialize(to_line(books_)));
  } else {
    fmt::print("\n{} leads, {} attempts in {:.0f} s\n", books_.leads, books_.attempts, books_.seconds);
    for (const auto& [outcome, count] : books_.outcomes) fmt::print("  {:10} {:4}\n", outcome, count);
    if (books_.leads > books_.attempts) {  // one attempt a lead: the others met a gate
      fmt::print("  {:10} {:4}  (no consent on record: the permit engine does not let them be called)\n", "not called",
                 books_.leads - books_.attempts);
    }
    fmt::print("digits pressed: {}   CDRs: {}   carrier saw {} calls, answered {}, double dialled {}\n", books_.dtmf,
               books_.cdrs, books_.carrier.invites, books_.carrier.answered, books_.carrier.double_dialled);
    fmt::print("{}\n", wrong.empty() ? "The books balance." : "The books do not balance:");
  }
  for (const auto& line : wrong) fmt::print(stderr, "  {}\n", line);
  return wrong.empty() ? 0 : 1;
}

// How to look further: the console with a login for each role, and the command line.
task<void> demo::invite() const {
  const auto people = co_await options_.people();
  fmt::print("\nThe console: {}\n", options_.api);
  if (people) {
    fmt::print("  sign in as {}\n  the password of each is {}\n", fmt::join(people->logins, ", "), people->password);
  } else {
    fmt::print("  no logins were made: {}\n", people.error().message);
  }
  fmt::print(
      "\nLook further:\n  ./vss admin slots                 every slot, its state and registration\n"
      "  ./vss admin campaigns             the campaign and its funnel\n  ./vss admin cdrs                  the "
      "calls, one line each\n"
      "  ./vss admin api GET /ottb/slots   any request of docs/openapi.json\n  ./vss logs server\n");
}

task<int> demo::run() {
  struct step {
    const char* name;
    task<result<void>> (demo::*run)();
  };
  constexpr step steps[] = {{"making trunks", &demo::make_trunks},
                            {"making the campaign", &demo::make_campaign},
                            {"importing leads", &demo::import_leads},
                            {"waiting for the slots", &demo::wait_for_slots},
                            {"waiting for the trunks", &demo::wait_for_trunks}};
  for (const auto& step : steps) {
    const auto done = co_await (this->*step.run)();
    if (!done) {
      fmt::print(stderr, "demo: {}: {}\n", step.name, done.error().message);
      for (const auto& bad : done.error().problems) fmt::print(stderr, "  {}: {}\n", bad.pointer, bad.message);
      co_return 1;
    }
  }
  began_ = std::chrono::steady_clock::now();
  json::object empty;
  const auto started = co_await api_.post("/ottb/campaigns/" + campaign_ + "/start", std::move(empty));
  if (!started) {
    fmt::print(stderr, "demo: starting the campaign: {}\n", started.error().message);
    co_return 1;
  }
  const auto watched = co_await watch();
  if (!watched) fmt::print(stderr, "demo: {}\n", watched.error().message);
  read_carriers();
  const int books = summary();
  if (!options_.json) co_await invite();
  co_return watched ? books : 1;
}

}  // namespace

task<int> run_demo(executor on, demo_options options) {
  demo one(std::move(on), std::move(options));
  co_return co_await one.run();
}

}  // namespace vss::app
