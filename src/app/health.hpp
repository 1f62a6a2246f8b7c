#pragma once
// What /healthz and /readyz answer: whether the process lives, and which of the things it needs it can reach.
#include "base/dto.hpp"

namespace vss::app {

struct health_view {
  bool alive = true;
};
BOOST_DESCRIBE_STRUCT(health_view, (), (alive))

struct readiness_view {
  bool postgres = false;
  bool rabbitmq = false;
  bool redis = false;
  bool point = false;
  bool fleet = false;  // the picture of the fleet may be dialled on
  bool owns_pbx = false;
  bool pbx_ready = false;
};
BOOST_DESCRIBE_STRUCT(readiness_view, (), (postgres, rabbitmq, redis, point, fleet, owns_pbx, pbx_ready))

}  // namespace vss::app
