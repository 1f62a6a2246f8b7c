#pragma once
// `vss server`, put together: what each part is made of, in the order in which they need each other, and who hears
// whom. Nothing here decides anything.
#include <memory>
#include <string>

#include "app/health.hpp"
#include "app/server_config.hpp"
#include "base/scope.hpp"
#include "dci/routes.hpp"
#include "net/http.hpp"
#include "net/metrics.hpp"
#include "net/redis.hpp"
#include "ottb/attempt_desk.hpp"
#include "ottb/campaign_service.hpp"
#include "ottb/command_desk.hpp"
#include "ottb/device_desk.hpp"
#include "ottb/dnc_service.hpp"
#include "ottb/edge.hpp"
#include "ottb/hub_desk.hpp"
#include "ottb/import_service.hpp"
#include "ottb/lead_service.hpp"
#include "ottb/link_hub.hpp"
#include "ottb/live_store.hpp"
#include "ottb/number_desk.hpp"
#include "ottb/pacer.hpp"
#include "ottb/pbx_owner.hpp"
#include "ottb/permit_mint.hpp"
#include "ottb/permit_reconciler.hpp"
#include "ottb/permit_service.hpp"
#include "ottb/relay.hpp"
#include "ottb/slot_desk.hpp"
#include "ottb/slot_stream.hpp"
#include "ottb/trunk_desk.hpp"
#include "ottb/why_desk.hpp"
#include "point/service.hpp"
#include "workspace/service.hpp"

namespace vss::app {

class server {
 public:
  // Throws when a key, a certificate or an address is wrong.
  server(executor on, server_config config, std::string name, const clock& time, random_source& random);
  ~server();
  task<void> start();
  task<void> stop();  // drains: no new requests, calls go on at their owner's successor

  net::router& routes() { return routes_; }

 private:
  void wire();
  void add_routes();
  void add_own_routes();
  void note_campaign(const ottb::campaign_changed& what);
  task<void> check_hub(std::string hub);
  task<void> admit_hub(point::archont_enrolled hub);
  task<net::reply<readiness_view>> ready();
  net::http_service service();
  net::http_service console_service();
  task<std::vector<workspace::engine_state>> engines();

  server_config config_;
  std::string name_;
  scope work_;
  net::metrics meters_;
  net::pg_pool db_;
  net::rabbit broker_;
  net::redis pictures_;
  net::redis pictures_news_;  // waits inside of Redis
  point::service point_;
  dci::service dci_;
  ottb::profile_cache profiles_;
  ottb::campaign_service campaigns_;
  ottb::import_service imports_;
  ottb::lead_service leads_;
  ottb::dnc_service dnc_;
  ottb::report_service reports_;
  ottb::permit_service permits_;
  ottb::permit_mint mint_;
  ottb::command_desk commands_;
  ottb::attempt_desk attempts_;
  ottb::hub_config_desk hub_configs_;
  ottb::hub_desk hubs_;
  ottb::device_desk devices_;
  ottb::slot_desk slots_;
  ottb::trunk_desk trunks_;
  ottb::number_desk numbers_;
  ottb::edge_sync edge_;
  ottb::link_hub links_;
  ottb::slot_stream stream_;
  ottb::lease_store leases_;
  ottb::pbx_owner pbx_;
  ottb::permit_reconciler reconciler_;
  ottb::relay relay_;
  ottb::pacer pacer_;
  ottb::live_store live_pictures_;
  workspace::service workspace_;
  ottb::why_desk whys_;
  net::router routes_;
  std::unique_ptr<net::http_server> api_;
  std::unique_ptr<net::http_server> link_;
  bool stopping_ = false;
};

}  // namespace vss::app
