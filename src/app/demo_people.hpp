#pragma once
// A login for each role, so that whoever watches the demo can look at the console through everybody's eyes.
#include <string>
#include <vector>

#include "app/rest.hpp"
#include "base/ids.hpp"

namespace vss::app {

struct demo_people {
  std::vector<std::string> logins;  // each is the name of its only role
  std::string password;             // of all of them
};

// `root` and its one-time password: the first administrator of a fresh database. Makes the other people through REST.
task<result<demo_people>> make_demo_people(executor on, std::string api, secret one_time, random_source& random);

}  // namespace vss::app
