// vss: the platform's one binary.
#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "app/commands.hpp"

int main(int argc, char** argv) {
  using namespace vss::app;
  // `vss admin` has a parser of its own (app/admin.cpp).
  if (argc > 1 && std::string(argv[1]) == "admin") return run_admin(std::vector<std::string>(argv + 2, argv + argc));

  CLI::App app{"VSS DEMIURGE: telephony over fleets of physical devices"};
  app.require_subcommand(1);
  std::string config;
  std::string name = "server";
  auto* server = app.add_subcommand("server", "run the four modules: point, ottb, dci, workspace");
  server->add_option("--config", config, "TOML file, see config/server.example.toml")->required();
  server->add_option("--name", name, "name of this process in logs and leases");
  auto* migrate = app.add_subcommand("migrate", "bring the database to this version");
  migrate->add_option("--config", config, "the server's TOML file")->required();
  auto* archont = app.add_subcommand("archont", "run the agent of one hub");
  archont->add_option("--config", config, "TOML file, see config/archont.example.toml")->required();
  auto* sim = app.add_subcommand("sim", "simulations");
  sim->require_subcommand(1);
  demo_wishes demo;
  auto* campaign = sim->add_subcommand("demo", "run the demo campaign over the running platform and check its books");
  campaign->add_option("--config", demo.config, "the server's TOML file")->required();
  campaign->add_option("--leads", demo.leads, "CSV file")->required();
  campaign->add_option("--carrier", demo.carriers, "address of a simulated carrier, twice")->expected(2)->required();
  campaign->add_option("--book", demo.books, "a carrier's own book of calls");
  campaign->add_flag("--json", demo.json, "no progress; one JSON line at the end");
  auto* openapi = app.add_subcommand("openapi", "print the OpenAPI 3.1 document");
  openapi->add_option("--config", config, "the server's TOML file")->required();
  app.add_subcommand("admin", "administration; see `vss admin --help`");
  CLI11_PARSE(app, argc, argv);
  try {
    if (*server) return run_server(config, name);
    if (*migrate) return run_migrate(config);
    if (*archont) return run_archont(config);
    if (*campaign) return run_demo(std::move(demo));
    if (*openapi) return run_openapi(config);
  } catch (const std::exception& e) {
    fmt::print(stderr, "vss: {}\n", e.what());
    return 1;
  }
  return 0;
}
