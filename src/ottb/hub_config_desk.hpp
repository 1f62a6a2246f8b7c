#pragma once
// Keeps hubs' configurations at what the tables say (F-14). A change in the tables is announced on `ottb_fleet`
// ("config <hub>"); the server that holds the hub's link builds the document, compares its hash with what runs, and
// pushes. A comparison every 10 s finds what nobody announced, so drift is shown, and mended, within 30 s.
#include <functional>
#include <map>
#include <string>

#include "base/ids.hpp"
#include "base/scope.hpp"
#include "net/postgres.hpp"
#include "ottb/hub_config.hpp"
#include "ottb/link_store.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct hub_config_built {
  boost::json::value document;
  std::string hash;
};

class hub_config_desk {
 public:
  // Makes or mends the database role that the hub delivers CDRs with; answers the role's name.
  using cdr_role_fn = std::function<task<result<std::string>>(std::string hub, std::string short_id, secret password)>;

  hub_config_desk(net::pg_pool& db, const vss::clock& time, random_source& random, const point::vault& vault,
                  hub_site site, cdr_role_fn cdr_role);

  // not_found: no such hub. Missing credentials are made on the way.
  task<result<hub_config_built>> build(std::string hub);
  task<result<std::string>> push_body(std::string hub);  // config_push as JSON, for the link
  // Stores the desired hash and queues a push when another one runs and no such push is under way.
  task<result<void>> check(std::string hub);
  // Until the scope ends: checks the hubs that `linked` names.
  task<void> watch(std::function<std::vector<std::string>()> linked);

 private:
  struct pushed {
    std::string hash;
    std::chrono::steady_clock::time_point at;
  };
  task<result<hub_facts>> facts(std::string hub);
  task<result<void>> admit(hub_facts& hub);
  task<result<std::vector<slot_facts_row>>> slots(std::string hub);
  task<result<slot_facts_row>> give_credentials(slot_facts_row slot);

  net::pg_pool& db_;
  const vss::clock& time_;
  random_source& random_;
  const point::vault& vault_;
  hub_site site_;
  cdr_role_fn cdr_role_;
  link_store links_;
  std::map<std::string, pushed> pushed_;
  std::map<std::string, bool> admitted_;  // hubs whose role was made or mended by this process
};

}  // namespace vss::ottb
