#include "net/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <unordered_map>

namespace vss::net {
namespace {

// The registry sorts and hashes label maps at each call; a series is therefore looked up once and kept under its own
// text.
std::string key_of(std::string_view name, labels by) {
  std::string out(name);
  for (const auto& [key, value] : by) out.append("\1").append(key).append("\2").append(value);
  return out;
}
prometheus::Labels map_of(labels by) {
  prometheus::Labels out;
  for (const auto& [key, value] : by) out.emplace(key, value);
  return out;
}
const prometheus::Histogram::BucketBoundaries steps{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                    0.25,  0.5,    1,     2.5,  5,     10,   30};

}  // namespace

struct metrics::state {
  prometheus::Registry registry;
  std::unordered_map<std::string, prometheus::Counter*> counters;
  std::unordered_map<std::string, prometheus::Gauge*> gauges;
  std::unordered_map<std::string, prometheus::Histogram*> histograms;
};

metrics::metrics() : state_(std::make_unique<state>()) {}
metrics::~metrics() = default;

void metrics::count(std::string_view name, labels by, double add) {
  auto& found = state_->counters[key_of(name, by)];
  if (!found) {
    auto& family = prometheus::BuildCounter().Name(std::string(name)).Register(state_->registry);
    found = &family.Add(map_of(by));
  }
  found->Increment(add);
}

void metrics::gauge(std::string_view name, double value, labels by) {
  auto& found = state_->gauges[key_of(name, by)];
  if (!found) {
    auto& family = prometheus::BuildGauge().Name(std::string(name)).Register(state_->registry);
    found = &family.Add(map_of(by));
  }
  found->Set(value);
}

void metrics::observe(std::string_view name, double seconds, labels by) {
  auto& found = state_->histograms[key_of(name, by)];
  if (!found) {
    auto& family = prometheus::BuildHistogram().Name(std::string(name)).Register(state_->registry);
    found = &family.Add(map_of(by), steps);
  }
  found->Observe(seconds);
}

std::string metrics::text() const { return prometheus::TextSerializer().Serialize(state_->registry.Collect()); }

}  // namespace vss::net
