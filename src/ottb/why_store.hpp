#pragma once
// SQL behind "why is nothing being dialled": the same conditions that the pacer's statements have, counted instead of
// locked.
#include "net/postgres.hpp"
#include "ottb/pacer_store.hpp"
#include "ottb/why.hpp"

namespace vss::ottb {

class why_store {
 public:
  explicit why_store(net::pg_pool& db) : db_(db) {}
  // Fills what the database knows: slots, trunks, calls, lease, messages. `only_simulated`: the campaign's
  // profile allows simulated trunks only.
  task<result<void>> read(const paced_campaign& what, bool only_simulated, dialling_facts& into);
  // Fills how the campaign's leads stand: every one of them is looked at.
  task<result<void>> leads(std::string campaign, dialling_facts& into);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
