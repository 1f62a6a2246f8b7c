#pragma once
// Hubs: their rows follow POINT's archonts (enrolment announces them), their virtual slots are approved here, and
// people drain, lock and unlock them. Unlocking forgets the runs that were seen, because after two copies nobody can
// say which of them stays.
#include <map>
#include <string>

#include "ottb/hub_config_desk.hpp"
#include "ottb/hub_page.hpp"
#include "ottb/hub_view.hpp"
#include "point/events.hpp"

namespace vss::ottb {

struct hub_defaults {
  std::map<std::string, int> virtual_slots;  // approved for a hub of that kind when it enrols; a kind not named: none
};

class hub_desk {
 public:
  hub_desk(net::pg_pool& db, const vss::clock& time, random_source& random, const point::vault& vault,
           hub_config_desk& config, std::string realm, hub_defaults defaults);

  // Idempotent: the hub's row, and as many virtual slots as are asked for (none given: the default of its kind).
  task<result<void>> admit(std::string id, std::string label, std::string kind, std::optional<int> slots,
                           std::string network);
  task<result<void>> enrolled(point::archont_enrolled hub);
  // Approves virtual slots until the hub has `count`; answers the new numbers.
  task<result<std::vector<std::string>>> approve_virtual(std::string hub, int count);
  // Gives a registered device the next number of its kind and a slot; answers the number. conflict: not waiting for it.
  task<result<std::string>> approve_device(std::string device);

  task<result<hub_page>> list(net::call asked);
  task<result<net::reply<hub_view>>> get(net::call asked);
  task<result<net::reply<hub_view>>> make(net::call asked, hub_input input);
  task<result<hub_slots_answer>> add_slots(net::call asked, hub_slots_input input);
  // verb: drain, undrain, lock, unlock
  task<result<net::reply<hub_view>>> order(net::call asked, hub_reason why, std::string verb);
  task<result<hub_config_view>> config(net::call asked);
  task<result<hub_event_page>> events(net::call asked);

 private:
  task<result<net::reply<hub_view>>> view(std::string id);
  task<result<std::vector<std::string>>> next_for(net::transaction& work, std::string kind, int count);
  net::params slot_rows(const std::vector<std::string>& numbers, const std::vector<std::string>& devices) const;
  task<result<void>> announce(net::transaction& work, std::string hub);

  net::pg_pool& db_;
  const vss::clock& time_;
  random_source& random_;
  const point::vault& vault_;
  hub_config_desk& config_;
  std::string realm_;
  hub_defaults defaults_;
};

void add_routes(net::router& to, hub_desk& desk);

}  // namespace vss::ottb
