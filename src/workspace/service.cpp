#include "workspace/service.hpp"

#include "workspace/slots_feed.hpp"

namespace vss::workspace {
namespace {

using items = std::map<std::string, std::string>;

polled_feed::read_fn health_items(service_parts& parts, const std::string& server) {
  return [&pictures = parts.pictures, platform = parts.platform, &time = parts.time,
          memory = std::make_shared<health_memory>(),
          roll = std::make_shared<server_roll>(server)]() -> task<result<items>> {
    const auto engines = co_await platform();
    const auto waits = co_await pictures.waits();
    auto found = judge_health(engines, waits ? std::optional(*waits) : std::nullopt);
    auto servers = roll->call(waits ? std::optional(waits->servers) : std::nullopt, time.now());
    found.insert(found.end(), std::make_move_iterator(servers.begin()), std::make_move_iterator(servers.end()));
    memory->date(found, time.now());
    items out;
    for (const auto& one : found) out.insert_or_assign(one.id, dto::write(one));
    co_return out;
  };
}

std::unique_ptr<live_feed> feed_of(std::string_view topic, service_parts& parts, const std::string& server) {
  auto& from = parts.pictures;
  if (topic == "slots") return std::make_unique<slots_feed>(from, parts.stream);
  if (topic == "calls") return std::make_unique<polled_feed>(as_items([&from] { return from.calls(); }));
  if (topic == "campaigns") return std::make_unique<polled_feed>(as_items([&from] { return from.campaigns(); }));
  if (topic == "hubs") return std::make_unique<polled_feed>(as_items([&from] { return from.hubs(); }));
  if (topic == "trunks") return std::make_unique<polled_feed>(as_items([&from] { return from.trunks(); }));
  return std::make_unique<polled_feed>(health_items(parts, server));
}

}  // namespace

service::service(scope& work, service_parts parts, service_options options)
    : console_(options.folder, options.zone, parts.random),
      tickets_(parts.redis, parts.random),
      live_(
          work,
          [&] {
            options.live.server = options.server;
            return options.live;
          }(),
          tickets_, parts.standing, parts.time, parts.random, parts.meters) {
  for (const auto& rule : live_topics) live_.add(rule, feed_of(rule.name, parts, options.server));
}

}  // namespace vss::workspace
