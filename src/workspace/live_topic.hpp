#pragma once
// One topic's picture: items by id, each as ready JSON. Between two flushes the last value of an id wins; deltas are
// numbered without gaps, and a snapshot is the picture as of its number. Pure.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace vss::workspace {

class live_topic {
 public:
  explicit live_topic(std::string name) : name_(std::move(name)) {}

  void put(const std::string& id, std::string item);
  void drop(const std::string& id);
  // What is not among them is gone.
  void replace(std::map<std::string, std::string> all);

  // The next delta frame, if anything differs from what was told: {"t":"delta","topic","seq","items","gone"}.
  std::optional<std::string> flush();
  // {"t":"snap","topic","seq","items"}: what all deltas up to `seq` make.
  std::string snapshot() const;

  const std::string& name() const { return name_; }
  std::int64_t seq() const { return seq_; }
  std::size_t size() const { return told_.size(); }

 private:
  std::string name_;
  std::int64_t seq_ = 0;
  std::unordered_map<std::string, std::string> told_;
  std::unordered_map<std::string, std::optional<std::string>> changed_;  // nullopt: gone
};

}  // namespace vss::workspace
