#pragma once
// What the call controller reads from PostgreSQL besides permits: flows, and what an adopted call was about.
#include <map>
#include <string>

#include "net/postgres.hpp"
#include "ottb/ivr_flow.hpp"
#include "ottb/permit.hpp"

namespace vss::ottb {

class pbx_store {
 public:
  explicit pbx_store(net::pg_pool& db) : db_(db) {}
  // `flow`: its uuid, or "service:1001" for the latest flow named service-1001. A version never changes, so it is kept.
  task<result<ivr_document>> flow(std::string flow);
  // The order behind an attempt, without the number.
  task<result<consumed_permit>> order(std::string attempt);

 private:
  net::pg_pool& db_;
  std::map<std::string, ivr_document> known_;  // by uuid, at most 200
};

}  // namespace vss::ottb
