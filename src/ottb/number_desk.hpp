#pragma once
// Our own numbers (DIDs): which trunk brings them and where a call to them goes. They are no personal data and may
// stand in URLs. Every change is announced to the edge in the same transaction.
#include <string>

#include "base/dto.hpp"
#include "net/postgres.hpp"
#include "ottb/hub_page.hpp"

namespace vss::ottb {

struct did_input {
  std::string target;                 // slot:7001, service:1001, queue:1201
  std::optional<std::int32_t> trunk;  // that brings it
};
BOOST_DESCRIBE_STRUCT(did_input, (), (target, trunk))
inline auto dto_rules(const did_input*) {
  return dto::rules(dto::format<&did_input::target>("slot:[678][0-9]{3,5}|service:1[0-9]{3}|queue:1[0-9]{3}"),
                    dto::range<&did_input::trunk>(1, 99999999));
}

struct did_view {
  std::string number;
  std::string target;
  std::optional<std::int32_t> trunk;
};
BOOST_DESCRIBE_STRUCT(did_view, (), (number, target, trunk))

struct did_page {
  std::vector<did_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(did_page, (), (items, next))

class number_desk {
 public:
  explicit number_desk(net::pg_pool& db) : db_(db) {}

  task<result<did_page>> list(net::call asked);
  task<result<net::reply<did_view>>> get(net::call asked);
  // Makes it or changes it; If-Match is honoured when given.
  task<result<net::reply<did_view>>> put(net::call asked, did_input input);
  task<result<net::nothing>> remove(net::call asked);

 private:
  net::pg_pool& db_;
};

void add_routes(net::router& to, number_desk& desk);

}  // namespace vss::ottb
