#include "workspace/live_topic.hpp"

#include "base/json_text.hpp"

namespace vss::workspace {
namespace {

void join(std::string& out, std::string_view one) {
  if (out.back() != '[') out += ',';
  out += one;
}

}  // namespace

void live_topic::put(const std::string& id, std::string item) {
  const auto told = told_.find(id);
  if (told != told_.end() && told->second == item)
    changed_.erase(id);
  else
    changed_.insert_or_assign(id, std::move(item));
}

void live_topic::drop(const std::string& id) {
  if (told_.contains(id))
    changed_.insert_or_assign(id, std::nullopt);
  else
    changed_.erase(id);
}

void live_topic::replace(std::map<std::string, std::string> all) {
  for (const auto& [id, item] : told_)
    if (!all.contains(id)) drop(id);
  std::erase_if(changed_, [&](const auto& one) { return one.second && !all.contains(one.first); });
  for (auto& [id, item] : all) put(id, std::move(item));
}

std::optional<std::string> live_topic::flush() {
  if (changed_.empty()) return std::nullopt;
  std::string items = "[";
  std::string gone = "[";
  for (auto& [id, item] : changed_) {
    if (!item) {
      join(gone, json_text(id));
      told_.erase(id);
      continue;
    }
    join(items, *item);
    told_.insert_or_assign(id, std::move(*item));
  }
  changed_.clear();
  ++seq_;
  return R"({"t":"delta","topic":)" + json_text(name_) + R"(,"seq":)" + std::to_string(seq_) + R"(,"items":)" + items +
         R"(],"gone":)" + gone + "]}";
}

std::string live_topic::snapshot() const {
  std::string items = "[";
  for (const auto& [id, item] : told_) join(items, item);
  return R"({"t":"snap","topic":)" + json_text(name_) + R"(,"seq":)" + std::to_string(seq_) + R"(,"items":)" + items +
         "]}";
}

}  // namespace vss::workspace
