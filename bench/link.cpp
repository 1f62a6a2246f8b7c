// F-05 under load: 2,000 archonts with 20 slots each on one process's link over mutual TLS, 10,000 transitions a second
// for 20 s. The load comes from a second process of the same machine, which writes down (in memory that both see) when
// it sends which transition; measured from there to the moment when the server knows that the projection has it, after
// the commit. How many came is asked of PostgreSQL. The server's memory is read before the links and with all of them.
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <fstream>

#include "base/log.hpp"
#include "net/http.hpp"
#include "net/migration.hpp"
#include "net/websocket.hpp"
#include "ottb/link_hub.hpp"
#include "ottb/link_message.hpp"

namespace vss::migrations {
std::vector<net::migration> ottb();
}

namespace vss {
namespace {

constexpr int hubs = 2000;
constexpr int slots = 20;
constexpr int each_second = 5;  // transitions of one hub
constexpr seconds warm_up{5};
constexpr seconds measured{20};

std::string need(const char* key) {
  const char* value = std::getenv(key);
  if (value == nullptr) throw std::runtime_error(std::string(key) + " is not set: run it by ./vss bench");
  return value;
}

std::string hub_id(int i) { return fmt::format("0190a000-0000-7000-8000-{:012x}", i + 1); }
instant now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }

void print(std::string_view name, double value, std::string_view unit, double floor, bool ok) {
  fmt::print("{{\"name\":\"{}\",\"value\":{:.1f},\"unit\":\"{}\",\"floor\":{:.0f},\"ok\":{}}}\n", name, value, unit,
             floor, ok);
  std::fflush(stdout);
}

using ticks = std::int64_t;  // steady clock, nanoseconds: the same for both processes
ticks steady() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// When each slot's newest transition into each state was sent. A state comes round every 28 s.
struct send_times {
  std::atomic<ticks> at[hubs * slots][8];
  std::atomic<ticks> begin;  // of the measured time; 0: not yet
  std::atomic<ticks> end;
};

// Two pipes between the processes: one line a word.
struct line_pipe {
  int ends[2]{};
  line_pipe() {
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  }
  void say(const std::string& text) {
    const std::string line = text + "\n";
    if (::write(ends[1], line.data(), line.size()) < 0) throw std::runtime_error("the other side is gone");
  }
  std::string hear() {
    std::string out;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) out += c;
    return out;
  }
};

// ---- the load: hubs that speak

struct load {
  send_times* times = nullptr;
  std::int64_t sent = 0;
  std::int64_t acked = 0;
  bool go = false;
  bool over = false;
};

struct one_hub {
  std::shared_ptr<net::ws_connection> line;
  std::int64_t n = 0;
  std::int64_t acked = 0;
};

task<void> listen(one_hub& hub, load& all) {
  constexpr std::string_view head = R"({"t":"ack","n":0,"body":{"upto":)";
  while (hub.line->open()) {
    auto text = co_await hub.line->receive(milliseconds(20000));
    if (!text) break;
    if (!text->starts_with(head)) continue;
    const auto upto = std::stoll(text->substr(head.size()));
    all.acked += upto - hub.acked;
    hub.acked = upto;
  }
}

void speak(one_hub& hub, int index, load& all) {
  constexpr link::slot_state round[] = {
      link::slot_state::IDLE,    link::slot_state::ASSIGNED,    link::slot_state::REGISTERING, link::slot_state::READY,
      link::slot_state::CALLING, link::slot_state::ACTIVE_CALL, link::slot_state::POSTCALL};
  const auto at = static_cast<std::size_t>(hub.n / slots);
  const auto slot = index * slots + static_cast<int>(hub.n % slots);
  link::status said;
  said.slot = std::to_string(700000 + slot);
  said.from = round[at % 7];
  said.to = round[(at + 1) % 7];
  said.event = "bench";
  said.trail = "0190a000-0000-7000-8000-000000000001";
  said.at = now();
  said.registered = true;
  const std::string text = ottb::frame("status", ++hub.n, dto::to_json(said));
  all.times->at[slot][static_cast<std::size_t>(said.to)] = steady();
  if (hub.line->send(text)) ++all.sent;
}

task<bool> enter(one_hub& hub, int index, const std::string& url) {
  net::client_options client;
  client.ca_file = need("VSS_VAR") + "/ca/ca.crt";
  client.certificate = need("VSS_BENCH_CERT");
  client.key = need("VSS_BENCH_KEY");
  const std::string target = url + "?as=" + std::to_string(index);
  auto made = co_await net::ws_connect(target, client, {}, {}, milliseconds(20000));
  if (!made) co_return false;
  hub.line = *made;
  link::hello hello;
  hello.software = "bench";
  hello.boot_id = "b";
  hello.run_id = "r";
  hello.generation = 1;
  hello.wall = now();
  for (int i = 0; i < slots; ++i) {
    link::slot_picture picture;
    picture.slot = std::to_string(700000 + index * slots + i);
    picture.registered = true;
    hello.slots.push_back(picture);
  }
  hub.line->send(ottb::frame("hello", 0, dto::to_json(hello)));
  auto welcome = co_await hub.line->receive(milliseconds(20000));
  co_return welcome.has_value();
}

task<void> live(one_hub& hub, int index, load& all, scope& work) {
  for (int i = 0; !all.go; ++i) {  // hubs that say nothing for 15 s are taken for gone
    if (i % 40 == 0) hub.line->send(ottb::frame("ping", 0, dto::to_json(link::ping{now(), 0})));
    co_await pause(milliseconds(100));
  }
  co_await pause(milliseconds(1000 * (index % 1000) / 1000 / each_second));
  auto next = std::chrono::steady_clock::now();
  for (int i = 0; !all.over; ++i) {
    speak(hub, index, all);
    if (i % (5 * each_second) == 0) {
      const link::ping beat{now(), 0};
      hub.line->send(ottb::frame("ping", 0, dto::to_json(beat)));
    }
    next += milliseconds(1000 / each_second);
    const auto left = std::chrono::ceil<milliseconds>(next - std::chrono::steady_clock::now());
    if (left.count() > 0) co_await pause(left);
    if (work.stopping()) co_return;
  }
}

task<void> generate(line_pipe& from, line_pipe& to, std::string url, send_times* times) {
  const auto on = co_await this_executor();
  std::deque<one_hub> every(hubs);
  load all;
  all.times = times;
  scope work(on, "load");
  for (int i = 0; i < hubs; ++i) {
    auto& hub = every[static_cast<std::size_t>(i)];
    const bool in = co_await enter(hub, i, url);
    if (!in) throw std::runtime_error("hub " + std::to_string(i) + " was not let in");
    work.spawn("listen", listen(hub, all));
    work.spawn("live", live(hub, i, all, work));
  }
  to.say("linked");
  from.hear();
  times->begin = steady() + std::chrono::nanoseconds(warm_up).count();
  times->end = times->begin + std::chrono::nanoseconds(measured).count();
  all.go = true;
  co_await pause(warm_up + measured);
  all.over = true;
  for (int i = 0; i < 300 && all.acked < all.sent; ++i) co_await pause(milliseconds(100));
  fmt::print(stderr, "{} sent, {} acknowledged\n", all.sent, all.acked);
  to.say(std::to_string(all.acked == all.sent ? all.sent : -all.sent));
  from.hear();
  co_await work.stop(milliseconds(5000));
}

// ---- the server

class everybody final : public point::identities {
 public:
  task<result<point::archont_identity>> archont(std::string who) override {
    const auto id = hub_id(std::stoi(who));
    co_return point::archont_identity{id, "bench-" + who, "MF", who, false};
  }
  void on_revoked(std::function<void(std::string)>) override {}
};

double resident_kb() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6));
  }
  return 0;
}

// What the projection's commits tell: how long each transition of the measured time was under way.
void measure(const std::vector<ottb::slot_delta>& deltas, const send_times& times, std::vector<double>& latencies) {
  const ticks at = steady();
  for (const auto& delta : deltas) {
    auto state = link::slot_state::IDLE;
    boost::describe::enum_from_string(delta.state.c_str(), state);
    const auto slot = static_cast<std::size_t>(std::stoi(delta.number) - 700000);
    const ticks since = times.at[slot][static_cast<std::size_t>(state)];
    if (times.begin == 0 || since < times.begin || since > times.end) continue;
    latencies.push_back(static_cast<double>(at - since) / 1e6);
  }
}

void say_latency(std::vector<double>& latencies) {
  if (latencies.empty()) throw std::runtime_error("nothing was measured");
  std::sort(latencies.begin(), latencies.end());
  const auto at = [&latencies](double share) {
    return latencies[static_cast<std::size_t>(share * static_cast<double>(latencies.size() - 1))];
  };
  fmt::print(stderr, "ms to the projection: p50 {:.1f} p90 {:.1f} p99 {:.1f} max {:.1f}, of {}\n", at(0.5), at(0.9),
             at(0.99), latencies.back(), latencies.size());
  const double rate = static_cast<double>(latencies.size()) / static_cast<double>(measured.count());
  print("link: transitions in the projection, 2,000 hubs", rate, "1/s", 10000, rate >= 9900);
  print("link: transition to projection, p99", at(0.99), "ms", 50, at(0.99) <= 50);
}

task<void> serve(line_pipe& from, line_pipe& to, const send_times* times) {
  const auto on = co_await this_executor();
  net::pg_options where;
  where.conninfo = "host=" + need("VSS_VAR") + "/run port=" + need("PORT_PG") + " user=vss dbname=" + need("VSS_DB");
  net::pg_pool db(on, where);
  auto made = co_await net::migrate(db, migrations::ottb());
  if (!made) throw std::runtime_error(made.error().message);
  const std::string rows = fmt::format(
      "insert into ottb.hub (id, short_id, label, kind) select ('0190a000-0000-7000-8000-' || lpad(to_hex(i + 1), 12, "
      "'0'))::uuid, lpad(to_hex(i + 1), 12, '0'), 'bench-' || i, 'MF' from generate_series(0, {} - 1) i;"
      "insert into ottb.slot (number, kind, hub_id) select (700000 + i)::text, 'MF', ('0190a000-0000-7000-8000-' || "
      "lpad(to_hex(i / {} + 1), 12, '0'))::uuid from generate_series(0, {} - 1) i; analyze ottb.slot; analyze ottb.hub",
      hubs, slots, hubs * slots);
  auto filled = co_await db.script(rows, milliseconds(60000));
  if (!filled) throw std::runtime_error(filled.error().message);
  system_clock time;
  net::metrics meters;
  everybody who;
  scope life(on, "server");
  ottb::link_options options;
  options.server = "bench";
  ottb::link_hub links(db, time, life, who, meters, options);
  std::vector<double> latencies;
  latencies.reserve(static_cast<std::size_t>(hubs * each_second * (measured.count() + 5)));
  links.on_deltas([&](const std::vector<ottb::slot_delta>& deltas) { measure(deltas, *times, latencies); });
  links.start();
  net::listen_options listen;
  listen.address = "127.0.0.1:0";
  const std::string ca = need("VSS_VAR") + "/ca/";
  listen.tls = net::tls_files{ca + "server.crt", ca + "server.key", ca + "ca.crt"};
  net::http_service service;
  service.upgrade_paths = {"/link"};
  service.upgrade = [&links](net::http_request request, std::shared_ptr<net::ws_connection> line) {
    request.peer_fingerprint = request.query["as"];
    return links.serve(std::move(request), std::move(line));
  };
  net::http_server http(on, listen, std::move(service));
  const double before = resident_kb();
  to.say(std::to_string(http.port()));
  double with_links = 0;
  std::string word;
  const auto wait_for = [&]() -> task<void> {  // the pipe blocks; the links must go on meanwhile
    worker_pool reader("pipe", 1, 1);
    auto heard = co_await reader.run([&] { word = from.hear(); });
    (void)heard;
  };
  co_await wait_for();
  co_await pause(milliseconds(2000));
  with_links = resident_kb();
  print("link: memory of one link with TLS", (with_links - before) / hubs, "KB", 60,
        (with_links - before) / hubs <= 60);
  to.say("go");
  co_await wait_for();
  if (word.empty()) throw std::runtime_error("the load has ended early");
  const auto sent = std::stoll(word);
  constexpr net::statement count{"bench_count", "select count(*) from ottb.slot_transition", milliseconds{60000}};
  auto kept = co_await db.run(count, {});
  if (!kept) throw std::runtime_error(kept.error().message);
  const auto lost = std::abs(sent) - (*kept)[0].whole(0);
  say_latency(latencies);
  print("link: transitions lost or not acknowledged", static_cast<double>(lost), "", 0, lost == 0 && sent > 0);
  co_await links.stop();
  co_await life.stop(milliseconds(5000));
  co_await http.stop(milliseconds(2000));
  to.say("bye");
}

int run(task<void> body) {
  boost::asio::io_context loop(1);
  int status = 0;
  const auto ended = [&](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const std::exception& why) {
      fmt::print(stderr, "link: {}\n", why.what());
      status = 1;
    }
    loop.stop();
  };
  boost::asio::co_spawn(loop, std::move(body), ended);
  loop.run();
  return status;
}

}  // namespace
}  // namespace vss

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  vss::line_pipe to_load;
  vss::line_pipe to_server;
  void* shared = ::mmap(nullptr, sizeof(vss::send_times), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 1;
  auto* times = new (shared) vss::send_times;
  const pid_t child = ::fork();
  vss::log::open("", vss::log::level::warn);
  if (child == 0) {
    const std::string port = to_load.hear();
    if (port.empty()) return 1;
    return vss::run(vss::generate(to_load, to_server, "wss://127.0.0.1:" + port + "/link", times));
  }
  const int served = vss::run(vss::serve(to_server, to_load, times));
  if (served != 0) ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
  return served != 0 || status != 0 ? 1 : 0;
}
