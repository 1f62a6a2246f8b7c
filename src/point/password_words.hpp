#pragma once
// The stems of the commonest passwords (lower case, letters instead of look-alike signs). A password is refused when it
// is one of them, also with digits and signs behind it.
#include <span>
#include <string_view>

namespace vss::point {

std::span<const std::string_view> common_passwords();

}  // namespace vss::point
