#pragma once
// Devices: registered with their hub, approved (which gives a number and SIP credentials), retired. A device leaves a
// number by another device taking its place (slot_desk) or with the slot's retirement.
#include "ottb/device_view.hpp"
#include "ottb/hub_desk.hpp"

namespace vss::ottb {

class device_desk {
 public:
  device_desk(net::pg_pool& db, const vss::clock& time, random_source& random, hub_desk& hubs)
      : db_(db), time_(time), random_(random), hubs_(hubs) {}

  task<result<device_page>> list(net::call asked);
  task<result<net::reply<device_view>>> get(net::call asked);
  task<result<net::reply<device_view>>> make(net::call asked, device_input input);
  task<result<net::reply<device_view>>> place(net::call asked, device_shelf where);
  task<result<net::reply<device_view>>> approve(net::call asked);
  task<result<net::nothing>> retire(net::call asked);

 private:
  task<result<net::reply<device_view>>> view(std::string id);

  net::pg_pool& db_;
  const vss::clock& time_;
  random_source& random_;
  hub_desk& hubs_;
};

void add_routes(net::router& to, device_desk& desk);

}  // namespace vss::ottb
