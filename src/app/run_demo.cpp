// `vss sim demo`: the demo with a token of its own.
#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/point_desk.hpp"
#include "app/start_error.hpp"
#include "base/ids.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"

namespace vss::app {

int run_demo(demo_wishes wishes) {
  log::open("", log::level::error);
  return run_to_end([wishes = std::move(wishes)](executor on) -> task<int> {
    auto desk = co_await point_desk::open(on, wishes.config);
    if (!desk) throw start_error(desk.error());
    auto token = co_await (*desk)->token("admin", "1h");
    demo_options options;
    options.api = (*desk)->api_url();
    system_random random;
    if (!wishes.json) {
      auto root = co_await (*desk)->first_administrator("root", "Demo root");
      options.people = [&random, on, api = options.api, root = std::move(root)]() -> task<result<demo_people>> {
        if (!root) co_return std::unexpected(root.error());
        co_return co_await make_demo_people(on, api, *root, random);
      };
    }
    co_await (*desk)->close();
    if (!token) throw start_error(token.error());
    options.token = std::move(*token);
    options.leads = wishes.leads;
    options.carrier_a = wishes.carriers.at(0);
    options.carrier_b = wishes.carriers.at(1);
    options.carrier_logs = wishes.books;
    options.json = wishes.json;
    co_return co_await run_demo(on, std::move(options));
  });
}

}  // namespace vss::app
