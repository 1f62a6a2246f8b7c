// A whole archont whose phone is a stub: every slot is registered at once, every call rings 20 ms, is answered, and
// ends after 100 ms. Leads come from RabbitMQ, permits by REST, reports and CDRs go their ways: only SIP is missing.
// Takes the configuration file of an enrolled hub; ends on SIGTERM.
#include <fmt/format.h>

#include "archont/archont.hpp"
#include "archont/fake_sip_agent.hpp"
#include "base/config.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"

int main(int argc, char** argv) {
  using namespace vss;
  if (argc != 2) return 2;
  auto options = config::load<archont::archont_options>(argv[1]);
  if (!options) {
    fmt::print(stderr, "lead_pipeline: {}\n", options.error().message);
    return 1;
  }
  log::open("", log::level::warn);
  system_clock time;
  system_random random;
  std::unique_ptr<scope> calls;
  std::unique_ptr<archont::archont> hub;
  loop_body body;
  body.start = [&](executor on) -> task<void> {
    calls = std::make_unique<scope>(on, "calls");
    auto phone = std::make_unique<archont::fake_sip_agent>(
        *calls, time, [&hub](archont::sip_event event) { hub->on_phone(std::move(event)); });
    phone->behaves = [](const std::string&) {
      return archont::fake_call_plan{milliseconds(20), milliseconds(20), 200, milliseconds(100)};
    };
    hub = std::make_unique<archont::archont>(on, *options, time, random, std::move(phone));
    co_await hub->start();
  };
  body.stop = [&]() -> task<void> {
    co_await hub->stop();
    co_await calls->stop(milliseconds(1000));
  };
  return run_loop(std::move(body));
}
