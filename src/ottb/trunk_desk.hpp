#pragma once
// Trunks and the company's own numbers (DIDs) as engineers handle them. Every change is announced to the edge in the
// transaction that makes it. A simulated trunk must be on loopback; a retired one is kept for the calls that name it.
#include "base/dto.hpp"
#include "net/postgres.hpp"
#include "net/router.hpp"
#include "point/api.hpp"

namespace vss::ottb {

enum class trunk_transport : std::uint8_t { udp, tcp, tls };
BOOST_DESCRIBE_ENUM(trunk_transport, udp, tcp, tls)

struct trunk_input {
  std::string name;
  std::string host;
  std::int32_t port = 5060;
  trunk_transport transport = trunk_transport::udp;
  std::int32_t cps = 1;  // calls a second, exact in any 1 s window
  std::int32_t channels = 10;
  std::int32_t priority = 0;  // the lower number first
  std::int32_t weight = 50;
  std::string prefix;  // longest match wins
  bool simulated = false;
  bool enabled = true;
};
BOOST_DESCRIBE_STRUCT(trunk_input, (),
                      (name, host, port, transport, cps, channels, priority, weight, prefix, simulated, enabled))
inline auto dto_rules(const trunk_input*) {
  return dto::rules(dto::length<&trunk_input::name>(1, 100), dto::format<&trunk_input::host>("[A-Za-z0-9.:-]{1,253}"),
                    dto::has_default<&trunk_input::port>(), dto::range<&trunk_input::port>(1, 65535),
                    dto::has_default<&trunk_input::transport>(), dto::has_default<&trunk_input::cps>(),
                    dto::range<&trunk_input::cps>(1, 500), dto::has_default<&trunk_input::channels>(),
                    dto::range<&trunk_input::channels>(1, 5000), dto::has_default<&trunk_input::priority>(),
                    dto::range<&trunk_input::priority>(0, 1000), dto::has_default<&trunk_input::weight>(),
                    dto::range<&trunk_input::weight>(1, 1000), dto::has_default<&trunk_input::prefix>(),
                    dto::format<&trunk_input::prefix>("\\+?[0-9]{0,15}"), dto::has_default<&trunk_input::simulated>(),
                    dto::has_default<&trunk_input::enabled>());
}

struct trunk_view {
  std::int32_t id = 0;
  std::string name;
  std::string host;
  std::int32_t port = 0;
  trunk_transport transport{};
  std::int32_t cps = 0, channels = 0, priority = 0, weight = 0;
  std::string prefix;
  bool simulated = false, enabled = false;
  std::string health;
  std::optional<instant> health_at;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(trunk_view, (),
                      (id, name, host, port, transport, cps, channels, priority, weight, prefix, simulated, enabled,
                       health, health_at, version))

struct trunk_page {
  std::vector<trunk_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(trunk_page, (), (items, next))

struct did_input {
  std::string target;  // slot:7001, service:1001, queue:1003
  std::optional<std::int32_t> trunk;
};
BOOST_DESCRIBE_STRUCT(did_input, (), (target, trunk))
inline auto dto_rules(const did_input*) {
  return dto::rules(dto::format<&did_input::target>("slot:[678][0-9]{3,5}|service:1[0-9]{3}|queue:1[0-9]{3}"));
}

struct did_view {
  std::string number;  // ours: no personal number
  std::string target;
  std::optional<std::int32_t> trunk;
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(did_view, (), (number, target, trunk, version))

struct did_page {
  std::vector<did_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(did_page, (), (items, next))

class trunk_desk {
 public:
  explicit trunk_desk(net::pg_pool& db) : db_(db) {}
  task<result<trunk_page>> list(net::call asked);
  task<result<net::reply<trunk_view>>> get(net::call asked);
  task<result<net::reply<trunk_view>>> make(net::call asked, trunk_input input);
  task<result<net::reply<trunk_view>>> change(net::call asked, trunk_input input);
  task<result<net::nothing>> retire(net::call asked);
  task<result<did_page>> dids(net::call asked);
  task<result<net::reply<did_view>>> route(net::call asked, did_input input);
  task<result<net::nothing>> unroute(net::call asked);

 private:
  net::pg_pool& db_;
};

void add_routes(net::router& to, trunk_desk& desk);

}  // namespace vss::ottb
