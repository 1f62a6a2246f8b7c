#pragma once
// The verbs of the one binary. Each reads its configuration, builds, runs, and answers the process's exit code.
#include <string>
#include <vector>

namespace vss::app {

struct demo_wishes {
  std::string config;
  std::string leads;
  std::vector<std::string> carriers;
  std::vector<std::string> books;
  bool json = false;
};

int run_server(const std::string& config, const std::string& name);
int run_migrate(const std::string& config);
int run_openapi(const std::string& config);  // prints docs/openapi.json
int run_archont(const std::string& config);
int run_demo(demo_wishes wishes);
int run_admin(std::vector<std::string> arguments);

}  // namespace vss::app
