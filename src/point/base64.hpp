#pragma once
// base64url (RFC 4648 section 5) without padding, read strictly: no padding, no white space, no foreign characters, and
// unused bits must be zero, so that one value has exactly one text.
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vss::point {

std::string base64url(std::string_view raw);
result<std::string> from_base64url(std::string_view text);

}  // namespace vss::point
