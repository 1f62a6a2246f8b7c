#include "net/metrics.hpp"

#include <gmock/gmock.h>

using testing::HasSubstr;
using vss::net::metrics;

TEST(metrics, all_three_kinds_are_printed) {
  metrics m;
  m.count("calls_total", {{"result", "busy"}});
  m.count("calls_total", {{"result", "busy"}}, 2);
  m.count("calls_total", {{"result", "answered"}});
  m.gauge("slots", 12, {{"hub", "a\"b"}});
  m.observe("wait_seconds", 0.002);
  const auto text = m.text();
  EXPECT_THAT(text, HasSubstr("# TYPE calls_total counter"));
  EXPECT_THAT(text, HasSubstr("calls_total{result=\"busy\"} 3"));
  EXPECT_THAT(text, HasSubstr("calls_total{result=\"answered\"} 1"));
  EXPECT_THAT(text, HasSubstr("slots{hub=\"a\\\"b\"} 12"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.0025\"} 1"));
  EXPECT_THAT(text, HasSubstr("wait_seconds_bucket{le=\"0.001\"} 0"));
}
