#pragma once
// What people do with slots: look, drain, lock, recover, hang up, change the device under a number, see or renew SIP
// credentials. A change of an attribute and the command that carries it to the hub are one transaction; the answer is
// the hub's when it comes within 2 s (200), else the command under way (202).
#include <string>

#include "ottb/command_desk.hpp"
#include "ottb/slot_store.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct slot_site {
  std::string realm;
  std::string proxy;
};

class slot_desk {
 public:
  slot_desk(net::pg_pool& db, command_desk& commands, const point::vault& vault, random_source& random, slot_site site);

  task<result<net::reply<slot_view>>> get(net::call asked);
  task<result<slot_page>> list(net::call asked);
  task<result<slot_timeline>> timeline(net::call asked);
  // verb: drain, undrain, lock, unlock, recover, clear, hangup
  task<result<net::reply<command_view>>> order(net::call asked, slot_reason why, std::string verb);
  task<result<net::reply<command_view>>> dial(net::call asked, slot_dial wish);
  task<result<net::reply<command_view>>> dtmf(net::call asked, slot_dtmf wish);
  task<result<command_view>> command(net::call asked);
  task<result<net::reply<slot_view>>> swap(net::call asked, slot_swap wish);
  task<result<net::nothing>> retire(net::call asked);
  task<result<slot_credentials_view>> credentials(net::call asked);
  task<result<slot_credentials_view>> renew_credentials(net::call asked);

 private:
  task<result<net::reply<command_view>>> send(net::call asked, std::string verb, std::string reason,
                                              dto::json::object args);

  net::pg_pool& db_;
  command_desk& commands_;
  const point::vault& vault_;
  random_source& random_;
  slot_site site_;
  slot_store store_;
};

void add_routes(net::router& to, slot_desk& desk);

}  // namespace vss::ottb
