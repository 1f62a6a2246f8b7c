#pragma once
// Canonical JSON: the subset of RFC 8785 without fractions. Members in the order of their UTF-16 code units, no white
// space, shortest escapes, whole numbers only, UTF-8 only. One value has exactly one text, so texts can be hashed,
// signed and compared.
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vss::point {

// invalid: a fraction, an exponent form, a number beyond +-2^53, or text that is not UTF-8.
result<std::string> canonical(const boost::json::value& value);

// The canonical form of one text, with its quotes. Bytes that are not UTF-8 stay as they are.
void put_canonical(std::string_view text, std::string& out);

// Parses text that must already be canonical: duplicate members, white space, other number forms and other escapes
// are all refused, because the text would differ from its canonical form.
result<boost::json::value> parse_canonical(std::string_view text);

}  // namespace vss::point
