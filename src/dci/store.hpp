#pragma once
// All SQL of DCI. Every statement is named and has its time; schema in sql/.
#include "dci/api.hpp"
#include "dci/call_view.hpp"
#include "net/postgres.hpp"

namespace vss::dci {

class store {
 public:
  explicit store(net::pg_pool& db) : db_(db) {}

  // Halves of CDRs as a JSON array (columns of dci.merge_pbx_facts); answers how many were new.
  task<result<std::int64_t>> merge(std::string facts);
  task<result<void>> note(std::string events);
  task<result<std::int64_t>> make_partitions();
  task<result<std::int64_t>> drop_stale_roles();
  task<result<std::string>> create_role(std::string hub, std::string short_id, std::string verifier);
  task<result<void>> drop_role(std::string hub);

  task<result<std::vector<call_view>>> calls(call_filter by);
  task<result<call_story>> call(std::string call_id);
  task<result<std::vector<event_view>>> events(event_filter by);
  task<result<summary_view>> summary(std::optional<std::string> campaign, std::optional<instant> from,
                                     std::optional<instant> to);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::dci
