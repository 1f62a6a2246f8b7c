// `vss archont`: the agent of one hub.
#include "archont/archont.hpp"

#include "app/commands.hpp"
#include "app/start_error.hpp"
#include "base/config.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"

namespace vss::app {

int run_archont(const std::string& config) {
  auto options = config::load<archont::archont_options>(config);
  if (!options) throw start_error(options.error());
  const auto level = log::parse_level(options->log.level);
  if (!level) throw start_error(level.error());
  log::open(options->log.file.value_or(""), *level);
  system_clock time;
  system_random random;
  std::unique_ptr<archont::archont> hub;
  loop_body body;
  body.start = [&](executor on) -> task<void> {
    hub = std::make_unique<archont::archont>(on, *options, time, random);
    co_await hub->start();
  };
  body.stop = [&]() -> task<void> { co_await hub->stop(); };
  return run_loop(std::move(body));
}

}  // namespace vss::app
