#pragma once
// The numbering plan of slots: the first digit says the kind (6 AUTO, 7 MF, 8 LS), and a kind's numbers grow by a digit
// when they run out: 7001-7999, then 70000-79999, then 700000-799999. A number that was ever used is never given again:
// its calls and its history stay its own. Pure.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vss::ottb {

// '6', '7' or '8'; 0 for a kind that is none.
char first_digit(std::string_view kind);
bool is_slot_number(std::string_view number);
bool number_fits(std::string_view number, std::string_view kind);

// The `count` lowest numbers of `kind` that `used` does not hold. conflict: the plan is exhausted; invalid: no such
// kind.
result<std::vector<std::string>> next_numbers(std::string_view kind, const std::set<std::int64_t>& used, int count);

}  // namespace vss::ottb
