#pragma once
// SQL of point.subject.
#include <map>
#include <string>
#include <vector>

#include "net/postgres.hpp"

namespace vss::point {

class subject_store {
 public:
  explicit subject_store(net::pg_pool& db) : db_(db) {}
  // Offers a wrapped key for each subject (raw 32 bytes) and answers the keys that hold: the offered ones for new
  // subjects, the old ones for known subjects. One round trip.
  task<result<std::map<std::string, std::string>>> ensure(std::vector<std::string> subjects,
                                                          std::vector<std::string> offered);
  task<result<std::string>> wrapped_key(std::string subject);  // not_found after erasure
  task<result<bool>> erase(std::string subject);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::point
