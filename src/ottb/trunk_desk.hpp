#pragma once
// Trunks: created, changed (If-Match), retired. A secret is sealed and its HA1 kept for the edge; every change is
// announced to the edge in the same transaction.
#include <string>

#include "ottb/hub_page.hpp"
#include "ottb/trunk.hpp"
#include "point/api.hpp"

namespace vss::ottb {

class trunk_desk {
 public:
  trunk_desk(net::pg_pool& db, const point::vault& vault) : db_(db), vault_(vault) {}

  task<result<trunk_page>> list(net::call asked);
  task<result<net::reply<trunk_view>>> get(net::call asked);
  task<result<net::reply<trunk_view>>> make(net::call asked, trunk_input input);
  task<result<net::reply<trunk_view>>> change(net::call asked, trunk_input input);
  task<result<net::nothing>> retire(net::call asked);

 private:
  task<result<net::reply<trunk_view>>> view(std::int64_t id);
  task<result<bool>> known_secret(std::int64_t id, const trunk_input& input);
  net::params row(std::int64_t id, const trunk_input& input) const;

  net::pg_pool& db_;
  const point::vault& vault_;
};

void add_routes(net::router& to, trunk_desk& desk);

}  // namespace vss::ottb
