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
    out += ",\"version\":" + std::to_string(each.version) + ",\"locked\":" + (each.locked ? "true" : "false") +
           ",\"drained\":" + (each.drained ? "true" : "false");
    if (!each.fault_code.empty()) out += ",\"fault_code\":" + json_text(each.fault_code);
    if (!each.campaign.empty()) out += ",\"campaign\":" + json_text(each.campaign);
    out += '}';
  }
  return out + "]";
}

namespace {

std::string text_in(const dto::json::object& from, std::string_view member) {
  const auto* found = from.if_contains(member);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}
std::int64_t whole_in(const dto::json::object& from, std::string_view member) {
  const auto* found = from.if_contains(member);
  return found && found->is_int64() ? found->get_int64() : 0;
}
bool yes_in(const dto::json::object& from, std::string_view member) {
  const auto* found = from.if_contains(member);
  return found && found->is_bool() && found->get_bool();
}
std::optional<std::string> some(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

// Members that we do not know are a newer server's and are passed over.
std::vector<slot_news> read_slot_news(std::string_view entry) {
  std::vector<slot_news> out;
  const auto tree = dto::parse_json(entry);
  if (!tree || !tree->is_array()) return out;
  for (const auto& item : tree->get_array()) {
    if (!item.is_object()) continue;
    const auto& from = item.get_object();
    const auto since = parse_instant(text_in(from, "since"));
    slot_news one{text_in(from, "number"), text_in(from, "hub"), text_in(from, "state")};
    one.version = whole_in(from, "version");
    if (!since || one.number.empty() || one.version == 0) continue;
    one.since = *since;
    one.registered = yes_in(from, "registered");
    one.fault_code = some(text_in(from, "fault_code"));
    one.campaign = some(text_in(from, "campaign"));
    one.epoch = whole_in(from, "epoch");
    one.locked = yes_in(from, "locked");
    one.drained = yes_in(from, "drained");
    out.push_back(std::move(one));
  }
  return out;
}

void slot_stream::publish(const std::vector<slot_delta>& deltas) {
  if (deltas.empty() || !pictures_.connected()) return;
  if (!waiting_.push(deltas_json(deltas))) meters_.count("vss_slot_stream_dropped_total");
}

task<void> slot_stream::run() {
  while (!life_.stopping()) {
    auto entry = co_await waiting_.pop(milliseconds(60000));
    if (!entry) continue;
    std::vector<std::string> argv{"XADD", slot_stream_key,   "MAXLEN",         "~", cap,
                                  "*",    slot_stream_field, std::move(*entry)};
    auto done = co_await pictures_.command(std::move(argv));
    if (!done) meters_.count("vss_slot_stream_dropped_total");
  }
}

}  // namespace vss::ottb
