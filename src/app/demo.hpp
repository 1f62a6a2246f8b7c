#pragma once
// `vss sim demo`: one campaign over the sample leads through the REST API, live progress, and the books at its end.
#include <functional>

#include "app/demo_books.hpp"
#include "app/demo_people.hpp"
#include "app/rest.hpp"

namespace vss::app {

struct demo_options {
  std::string api;    // "http://127.0.0.1:24000"
  secret token;       // of an administrator
  std::string leads;  // CSV file
  std::vector<std::string> carrier_logs;
  std::string carrier_a;  // "127.0.0.3:24080"
  std::string carrier_b;
  bool json = false;
  std::function<task<result<demo_people>>()> people;  // asked after the campaign, unless json
  std::size_t slots = 32;                             // to wait for
  milliseconds limit{600000};
};

// 0: the books balance; 1: they do not, or a step failed (said on standard error).
task<int> run_demo(executor on, demo_options options);

}  // namespace vss::app
