#pragma once
// Prometheus metrics: counters, gauges and histograms by name and labels, printed at /metrics. One registry, made in
// app and passed by reference.
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace vss::net {

using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class metrics {
 public:
  metrics();
  ~metrics();
  void count(std::string_view name, labels by = {}, double add = 1);
  void gauge(std::string_view name, double value, labels by = {});
  void observe(std::string_view name, double seconds, labels by = {});  // histogram, 1 ms .. 30 s
  std::string text() const;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace vss::net
