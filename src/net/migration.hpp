#pragma once
// A module's schema step, compiled into the binary from src/<module>/sql/NNN_what.sql. Steps run in module order, then
// by name, each in one transaction under one advisory lock; a step that changed after it ran refuses start-up
// (checksum).
#include <string>
#include <vector>

#include "base/async.hpp"

namespace vss::net {

struct migration {
  std::string module;
  std::string name;  // "001_people"
  std::string sql;
};

class pg_pool;

// Applies what is missing; answers how many steps ran.
task<result<int>> migrate(pg_pool& db, std::vector<migration> steps);

}  // namespace vss::net
