#pragma once
// Empties the hub's spools: reports by REST (F-11), CDRs straight to PostgreSQL (F-08) with the hub's own role over
// TLS. At least once, in order, with back-off; what the other side refuses for good is put aside with an event, not
// tried for ever.
#include <functional>
#include <string>

#include "archont/desk_client.hpp"
#include "archont/journal.hpp"

namespace vss::archont {

class spool_flush {
 public:
  spool_flush(executor on, journal& spool, desk_client& desk,
              std::function<void(std::string kind, std::string detail)> event);
  void use_database(std::string conninfo);  // with user and password; "" while unknown
  void wake() { work_.notify(); }           // something was put
  task<void> flush_reports();               // run in the archont's scope
  task<void> flush_cdrs();

 private:
  task<result<void>> send_cdrs(std::vector<journal::item> items);
  executor on_;
  journal& spool_;
  desk_client& desk_;
  std::function<void(std::string, std::string)> event_;
  std::string conninfo_;
  wakeup work_;
};

}  // namespace vss::archont
