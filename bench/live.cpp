// The console under load: 5,000 live sockets on one server process, 10 transitions a second, so 50,000 deliveries a
// second for 20 s. `live serve PORT` is that process, with the real Redis stream and the real sockets; PostgreSQL's
// picture of 500 slots is in memory. `live load PORT PID ours` opens the sockets, writes the transitions into the
// stream and measures; for any other NAME (the yardstick, bench/live_node.mjs) the server makes the transitions itself.
// Each item carries the moment of its transition; every frame is read, one socket in fifty is timed.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <fstream>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "net/http.hpp"
#include "net/websocket.hpp"
#include "workspace/service.hpp"

namespace vss {
namespace {

constexpr int sockets = 5000;
constexpr int slots = 500;
constexpr milliseconds step{100};  // between two transitions
constexpr seconds warm_up{3};
constexpr seconds measured{20};

std::string need(const char* key) {
  const char* value = std::getenv(key);
  if (value == nullptr) throw std::runtime_error(std::string(key) + " is not set: run it by ./vss bench");
  return value;
}
net::redis_options redis_here() { return {.address = "unix:" + need("VSS_VAR") + "/run/redis.sock"}; }
instant now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

// What PostgreSQL would say: it has not heard of the transitions, the stream is newer.
struct still_pictures final : ottb::live_pictures {
  task<result<std::vector<ottb::slot_now_row>>> slots() override {
    std::vector<ottb::slot_now_row> out;
    for (int i = 0; i < vss::slots; ++i) {
      ottb::slot_now_row row;
      row.slot.id = std::to_string(7001 + i);
      row.slot.kind = "MF";
      row.slot.hub = "mf-01";
      row.slot.hub_id = "0190a000-0000-7000-8000-000000000001";
      row.slot.state = "IDLE";
      row.version = 1;
      out.push_back(std::move(row));
    }
    co_return out;
  }
  task<result<std::vector<ottb::call_now>>> calls() override { co_return std::vector<ottb::call_now>{}; }
  task<result<std::vector<ottb::campaign_now>>> campaigns() override { co_return std::vector<ottb::campaign_now>{}; }
  task<result<std::vector<ottb::hub_now>>> hubs() override { co_return std::vector<ottb::hub_now>{}; }
  task<result<std::vector<ottb::trunk_now>>> trunks() override { co_return std::vector<ottb::trunk_now>{}; }
  task<result<ottb::fleet_waits>> waits() override { co_return ottb::fleet_waits{}; }
};

struct console {
  console(executor on, int port)
      : work(on, "live"),
        redis(on, redis_here()),
        news(on, redis_here()),
        all(work,
            {pictures, redis, news, time, random, meters,
             [this](const std::string&, const std::string&) -> result<const workspace::permission_set*> {
               return &rights;
             },
             []() -> task<std::vector<workspace::engine_state>> { co_return std::vector<workspace::engine_state>{}; }},
            {"bench", "", "UTC"}) {
    all.start();
    net::http_service service;
    service.answer = [](net::http_request) -> task<net::http_response> { co_return net::http_response{}; };
    service.upgrade_paths = {"/workspace/live"};
    service.subprotocol = "vss.live.1";
    service.may_upgrade = [this](const net::http_request& request) { return all.live().may_upgrade(request); };
    service.upgrade = [this](net::http_request, std::shared_ptr<net::ws_connection> line) {
      return all.live().serve(std::move(line));
    };
    net::listen_options where;
    where.address = "127.0.0.1:" + std::to_string(port);
    http = std::make_unique<net::http_server>(on, where, std::move(service));
  }
  system_clock time;
  system_random random;
  net::metrics meters;
  scope work;
  net::redis redis;
  net::redis news;
  still_pictures pictures;
  workspace::permission_set rights{"workspace.live.open", "ottb.slot.read"};
  workspace::service all;
  std::unique_ptr<net::http_server> http;
};

int serve(int port) {
  log::open("", log::level::error);
  std::unique_ptr<console> here;
  loop_body body;
  body.start = [&](executor on) -> task<void> {
    here = std::make_unique<console>(on, port);
    fmt::print("ready\n");
    std::fflush(stdout);
    co_return;
  };
  body.stop = [&]() -> task<void> {
    co_await here->http->stop(seconds(1));
    co_await here->work.stop(seconds(1));
  };
  return run_loop(std::move(body));
}

// Of another process: CPU seconds so far, and its resident memory in kB.
double cpu_seconds(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string text(std::istreambuf_iterator<char>(file), {});
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string field;
  double used = 0;
  for (int i = 3; i <= 15 && fields >> field; ++i)
    if (i >= 14) used += std::stod(field);
  return used / static_cast<double>(::sysconf(_SC_CLK_TCK));
}
double resident_kb(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6));
  throw std::runtime_error("no memory of process " + pid);
}

class load {
 public:
  load(executor on, std::string port, std::string pid, bool ours)
      : work_(on, "load"), redis_(on, redis_here()), port_(std::move(port)), pid_(std::move(pid)), ours_(ours) {}
  task<int> run(std::string name);

 private:
  task<void> listen(int which);
  task<std::string> ticket();
  task<void> transitions();
  void take(std::string_view frame, int which);

  scope work_;
  net::redis redis_;
  system_random random_;
  std::string port_;
  std::string pid_;
  bool ours_;
  int greeted_ = 0;
  int lost_ = 0;
  bool counting_ = false;
  std::int64_t deliveries_ = 0;
  std::int64_t made_ = 0;
  std::vector<double> late_ms_;
};

task<std::string> load::ticket() {
  workspace::ticket_office office(redis_, random_);
  auto made = co_await office.issue({"p", "s"});
  if (!made) throw std::runtime_error("no ticket: " + made.error().message);
  co_return *made;
}

void load::take(std::string_view frame, int which) {
  if (frame.starts_with(R"({"t":"snap")")) ++greeted_;
  if (!counting_ || !frame.starts_with(R"({"t":"delta")")) return;
  ++deliveries_;
  if (which % 50 != 0) return;
  constexpr std::string_view key = R"("since":")";
  const auto at = frame.find(key);
  if (at == std::string_view::npos) return;
  const auto began = parse_instant(frame.substr(at + key.size(), 27));
  if (began) late_ms_.push_back(std::chrono::duration<double, std::milli>(now() - *began).count());
}

task<void> load::listen(int which) {
  std::string mine;
  if (ours_) mine = co_await ticket();
  net::http_headers headers;
  headers.set("Origin", "http://127.0.0.1:" + port_);
  net::ws_options bounds;
  bounds.frame_limit = 16 << 20;
  auto line = co_await net::ws_connect("ws://127.0.0.1:" + port_ + "/workspace/live", {}, std::move(headers), bounds,
                                       seconds(20));
  if (!line) throw std::runtime_error("socket " + std::to_string(which) + ": " + line.error().message);
  (*line)->send(R"({"t":"hello","ticket":")" + mine + "\"}");
  (*line)->send(R"({"t":"sub","topic":"slots"})");
  for (;;) {
    auto frame = co_await (*line)->receive(seconds(60));
    if (!frame) break;
    take(*frame, which);
  }
  ++lost_;
}

// The words of hubs, as a server writes them into the stream after its commit.
task<void> load::transitions() {
  static constexpr const char* states[] = {"CALLING", "ACTIVE_CALL", "POSTCALL", "IDLE"};
  auto due = std::chrono::steady_clock::now();
  for (std::int64_t n = 0;; ++n) {
    std::string entry = fmt::format(
        R"([{{"number":"{}","hub":"0190a000-0000-7000-8000-000000000001","state":"{}","since":"{}","registered":true,"epoch":{},"version":{}}}])",
        7001 + n % slots, states[n / slots % 4], to_text(now()), n, n + 2);
    std::vector<std::string> argv{"XADD", ottb::slot_stream_key, "MAXLEN", "~", "1000", "*", ottb::slot_stream_field};
    argv.push_back(std::move(entry));
    const auto told = co_await redis_.command(std::move(argv));
    if (!told) throw std::runtime_error("Redis: " + told.error().message);
    if (counting_) ++made_;
    due += step;
    co_await pause(std::max(milliseconds(1), std::chrono::ceil<milliseconds>(due - std::chrono::steady_clock::now())));
  }
}

task<int> load::run(std::string name) {
  const double bare = resident_kb(pid_);
  for (int i = 0; i < sockets; ++i) {
    work_.spawn("socket", listen(i));
    while (i - greeted_ > 100) co_await pause(milliseconds(5));
  }
  while (greeted_ < sockets && lost_ == 0) co_await pause(milliseconds(20));
  const double full = resident_kb(pid_);
  if (ours_) work_.spawn("transitions", transitions());
  co_await pause(warm_up);
  counting_ = true;
  const auto began = std::chrono::steady_clock::now();
  const double before = cpu_seconds(pid_);
  co_await pause(measured);
  const double used = cpu_seconds(pid_) - before;
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  counting_ = false;
  std::ranges::sort(late_ms_);
  const double p99 = late_ms_.empty() ? -1 : late_ms_[late_ms_.size() * 99 / 100];
  fmt::print("{} {:.0f} {:.2f} {:.2f} {:.1f} {:.1f} {}\n", name, static_cast<double>(deliveries_) / took,
             used * 1e6 / static_cast<double>(std::max<std::int64_t>(1, deliveries_)), (full - bare) / sockets, p99,
             used / took * 100, lost_);
  std::fflush(stdout);
  std::_Exit(0);  // 5,000 open sockets need no farewell
}

}  // namespace

int measure(const std::string& port, const std::string& pid, const std::string& name) {
  log::open("", log::level::error);
  return run_to_end([&](executor on) -> task<int> {
    load all(on, port, pid, name == "ours");
    co_return co_await all.run(name);
  });
}

}  // namespace vss

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 2 && words[0] == "serve") return vss::serve(std::stoi(words[1]));
  if (words.size() == 4 && words[0] == "load") return vss::measure(words[1], words[2], words[3]);
  fmt::print(stderr, "usage: live serve PORT | live load PORT PID NAME\n");
  return 2;
}
