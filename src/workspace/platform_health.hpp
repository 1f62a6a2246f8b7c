#pragma once
// What is wrong with the platform now: the things that this server needs, what waits, and what is out of order in the
// fleet, each with its state and since when. People read it as the topic `health`; texts are the console's. Pure but
// for the moments, which are given.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/dto.hpp"
#include "ottb/api.hpp"

namespace vss::workspace {

struct engine_state {
  std::string name;  // postgres, rabbitmq, redis, kamailio, asterisk
  bool good = false;
  bool needed = true;  // false: another server has this part; its absence here is no trouble
};
using platform_fn = std::function<task<std::vector<engine_state>>()>;

struct health_item {
  std::string id;     // "engine:postgres", "queue:outbox", "fleet:hubs_unreachable": the console has a text for each
  std::string kind;   // engine, process, queue, lag, fleet
  std::string name;   // the part after the colon
  std::string state;  // ok, warn, bad, unknown
  std::optional<std::int64_t> value{};
  std::optional<std::string> unit{};  // s, ms, or left out for a count
  instant since{};                    // when this state began, as this server saw it
};
BOOST_DESCRIBE_STRUCT(health_item, (), (id, kind, name, state, value, unit, since))

// What the parts say, without moments. `waits` is left out when PostgreSQL does not answer: then what it would say is
// unknown.
std::vector<health_item> judge_health(const std::vector<engine_state>& engines,
                                      const std::optional<ottb::fleet_waits>& waits);

// The servers of the platform by what they own now. One that was seen and is not any more is bad for a quarter of an
// hour, then it is taken for removed.
class server_roll {
 public:
  explicit server_roll(std::string self) : self_(std::move(self)) {}
  // `owners`: "host:pid:name:run" of all who own something now, this server or not; nullopt: nobody can say.
  std::vector<health_item> call(const std::optional<std::string>& owners, instant now);

 private:
  std::string self_;
  std::map<std::string, instant, std::less<>> seen_;  // "name@host"
};

// Remembers since when each item is in its state.
class health_memory {
 public:
  void date(std::vector<health_item>& items, instant now);

 private:
  struct spell {
    std::string state;
    instant since{};
  };
  std::map<std::string, spell, std::less<>> spells_;
};

}  // namespace vss::workspace
