#include "ottb/edge_health.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>

namespace vss::ottb {

namespace {

namespace json = boost::json;
constexpr std::int64_t first_set = 1000;

const json::value* member(const json::value* of, const char* called) {
  return of && of->is_object() ? of->get_object().if_contains(called) : nullptr;
}

}  // namespace

std::map<int, bool> trunk_health(const json::value& dispatcher_list) {
  std::map<int, bool> out;
  const auto* sets = member(&dispatcher_list, "RECORDS");
  if (!sets || !sets->is_array()) return out;
  for (const auto& record : sets->get_array()) {
    const auto* set = member(&record, "SET");
    const auto* id = member(set, "ID");
    const auto* targets = member(set, "TARGETS");
    if (!id || !id->is_int64() || id->get_int64() <= first_set || !targets || !targets->is_array()) continue;
    for (const auto& target : targets->get_array()) {
      const auto* flags = member(member(&target, "DEST"), "FLAGS");
      if (!flags || !flags->is_string() || flags->get_string().empty()) continue;
      const char state = flags->get_string()[0];
      if (state == 'T') continue;
      bool& up = out[static_cast<int>(id->get_int64() - first_set)];
      up = up || state == 'A';
    }
  }
  return out;
}

}  // namespace vss::ottb
