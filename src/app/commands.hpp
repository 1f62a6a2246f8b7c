#pragma once
// The verbs of the one binary. Each reads its configuration, builds, runs, and answers the process's exit code.
#include <string>
#include <vector>

namespace vss::app {

int run_server(const std::string& config, const std::string& name);
int run_migrate(const std::string& config);
int run_openapi();  // prints docs/openapi.json
int run_archont(const std::string& config);
int run_admin(std::vector<std::string> arguments);

}  // namespace vss::app
