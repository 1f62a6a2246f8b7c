#pragma once
// Quotes text as a JSON string (RFC 8259), control characters escaped, invalid UTF-8 replaced by U+FFFD.
#include <string>
#include <string_view>

namespace vss {

std::string json_text(std::string_view text);
bool is_utf8(std::string_view text);

}  // namespace vss
