#pragma once
// The language in which people and programs ask for slots: words of the form `key:value[,value]`, all of which must
// hold.
//   state:FAULT,READY  hub:mf-01  kind:MF  number:7001-7010,7020  is:drain  -is:registered  fault:AUTH  campaign:<uuid>
// A value with spaces stands in double quotes. A word without a key looks in number, device serial and shelf label.
// Pure.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vss::ottb {

struct number_range {
  std::int64_t first = 0;
  std::int64_t last = 0;
  friend bool operator==(const number_range&, const number_range&) = default;
};

// Empty lists and empty optionals ask nothing.
struct slot_query {
  std::vector<std::string> states;
  std::vector<std::string> hubs;  // labels or ids
  std::vector<std::string> kinds;
  std::vector<number_range> numbers;
  std::vector<std::string> faults;
  std::vector<std::string> campaigns;
  std::optional<bool> drain;
  std::optional<bool> locked;
  std::optional<bool> quarantine;
  std::optional<bool> registered;
  std::optional<bool> unreachable;
  std::optional<bool> is_virtual;
  std::optional<bool> leased;
  bool retired = false;  // retired slots appear only when asked for
  std::vector<std::string> words;
};

// Every wrong word is reported, with the pointer "/q/<column>" of where it begins (1-based). Case of states and kinds
// does not matter. At most 1,000 characters and 64 values.
result<slot_query> parse_slot_query(std::string_view text);

}  // namespace vss::ottb
