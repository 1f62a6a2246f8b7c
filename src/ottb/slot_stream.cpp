#include "ottb/slot_stream.hpp"

#include "base/json_text.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t most_entries = 200;  // commits that may wait
constexpr const char* cap = "20000";       // entries the stream keeps, about

}  // namespace

slot_stream::slot_stream(net::redis& pictures, scope& life, net::metrics& meters)
    : pictures_(pictures), life_(life), meters_(meters), waiting_(life.on(), most_entries) {}

void slot_stream::start() { spawn(life_, "slot_stream", run()); }

std::string deltas_json(const std::vector<slot_delta>& deltas) {
  std::string out = "[";
  for (const auto& each : deltas) {
    if (out.size() > 1) out += ',';
    out += "{\"number\":" + json_text(each.number) + ",\"hub\":" + json_text(each.hub) +
           ",\"state\":" + json_text(each.state) + ",\"epoch\":" + std::to_string(each.epoch) +
           ",\"registered\":" + (each.registered ? "true" : "false") + ",\"since\":" + json_text(to_text(each.since));
    if (!each.fault_code.empty()) out += ",\"fault_code\":" + json_text(each.fault_code);
    out += '}';
  }
  return out + "]";
}

void slot_stream::publish(const std::vector<slot_delta>& deltas) {
  if (deltas.empty() || !pictures_.connected()) return;
  if (!waiting_.push(deltas_json(deltas))) meters_.count("vss_slot_stream_dropped_total");
}

task<void> slot_stream::run() {
  while (!life_.stopping()) {
    auto entry = co_await waiting_.pop(milliseconds(60000));
    if (!entry) continue;
    std::vector<std::string> argv{"XADD", slot_stream_key, "MAXLEN", "~", cap, "*", "deltas", std::move(*entry)};
    auto done = co_await pictures_.command(std::move(argv));
    if (!done) meters_.count("vss_slot_stream_dropped_total");
  }
}

}  // namespace vss::ottb
