#include "ottb/numbering.hpp"

#include <algorithm>
#include <array>

namespace vss::ottb {

namespace {

struct band {
  std::int64_t first;
  std::int64_t last;
};

std::array<band, 3> bands(char digit) {
  const std::int64_t d = digit - '0';
  return {{{d * 1000 + 1, d * 1000 + 999}, {d * 10000, d * 10000 + 9999}, {d * 100000, d * 100000 + 99999}}};
}

}  // namespace

char first_digit(std::string_view kind) {
  if (kind == "AUTO") return '6';
  if (kind == "MF") return '7';
  if (kind == "LS") return '8';
  return 0;
}

bool is_slot_number(std::string_view number) {
  return number.size() >= 4 && number.size() <= 6 && number[0] >= '6' && number[0] <= '8' &&
         std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool number_fits(std::string_view number, std::string_view kind) {
  return is_slot_number(number) && number[0] == first_digit(kind) && !(number.size() == 4 && number.substr(1) == "000");
}

result<std::vector<std::string>> next_numbers(std::string_view kind, const std::set<std::int64_t>& used, int count) {
  const char digit = first_digit(kind);
  if (digit == 0) return invalid("/kind", "expected one of: AUTO, MF, LS");
  std::vector<std::string> out;
  for (const auto& each : bands(digit)) {
    auto taken = used.lower_bound(each.first);
    for (std::int64_t n = each.first; n <= each.last && static_cast<int>(out.size()) < count; ++n) {
      while (taken != used.end() && *taken < n) ++taken;
      if (taken == used.end() || *taken != n) out.push_back(std::to_string(n));
    }
  }
  if (static_cast<int>(out.size()) < count) return fail(errc::conflict, "the numbering plan has no free numbers left");
  return out;
}

}  // namespace vss::ottb
