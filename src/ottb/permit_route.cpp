#include "ottb/permit_route.hpp"

#include <algorithm>

namespace vss::ottb {

namespace {

constexpr std::size_t most_trunks = 8;

std::string_view digits(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text;
}

bool named(const std::vector<int>& set, int id) {
  return set.empty() || std::find(set.begin(), set.end(), id) != set.end();
}

struct ranked {
  trunk_choice trunk;
  double lot = 0;  // weighted: the bigger the weight, the likelier it is first
};

}  // namespace

bool allowed(const trunk_choice& trunk, const trunk_wish& wish) {
  return named(wish.campaign, trunk.id) && named(wish.caller, trunk.id) && (trunk.simulated || !wish.only_simulated);
}

std::vector<int> choose_trunks(std::vector<trunk_choice> trunks, const trunk_wish& wish, std::string_view number,
                               random_source& random) {
  std::vector<ranked> fit;
  for (auto& trunk : trunks) {
    if (!allowed(trunk, wish) || !digits(number).starts_with(digits(trunk.prefix))) continue;
    const double luck = (static_cast<double>(random_number(random, 1 << 20)) + 1) / (1 << 20);
    fit.push_back({std::move(trunk), luck * std::max(trunk.weight, 1)});
  }
  std::sort(fit.begin(), fit.end(), [](const ranked& a, const ranked& b) {
    if (a.trunk.down != b.trunk.down) return b.trunk.down;
    const auto left = digits(a.trunk.prefix).size();
    const auto right = digits(b.trunk.prefix).size();
    if (left != right) return left > right;
    if (a.trunk.priority != b.trunk.priority) return a.trunk.priority < b.trunk.priority;
    if (a.lot != b.lot) return a.lot > b.lot;
    return a.trunk.id < b.trunk.id;
  });
  std::vector<int> out;
  for (const auto& each : fit) {
    if (out.size() < most_trunks) out.push_back(each.trunk.id);
  }
  return out;
}

}  // namespace vss::ottb
