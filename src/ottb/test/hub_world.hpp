#pragma once
// For module tests of the fleet's routes: desks, a router where everybody may do everything, and JSON in and out.
#include "ottb/device_desk.hpp"
#include "ottb/slot_desk.hpp"
#include "ottb/test/fake_vault.hpp"
#include "ottb/test/link_world.hpp"

namespace vss::ottb::test {

inline hub_site test_site() {
  hub_site out;
  out.realm = "vss.local";
  out.proxy = "127.0.0.1:5060";
  out.rtp_ports = "28000-28100";
  return out;
}

struct desks {
  desks(executor on, net::pg_pool& db)
      : commands(db, time, random, on),
        configs(db, time, random, vault, test_site(), role()),
        hubs(db, time, random, vault, configs, "vss.local", {{{"AUTO", 3}, {"MF", 2}}}),
        slots(db, commands, vault, random, {"vss.local", "127.0.0.1:5060"}),
        devices(db, time, random, hubs),
        router([](const net::http_request&) { return anybody(); },
               [](const net::call&, const net::route&, int) { return nobody_writes(); }) {
    add_routes(router, hubs);
    add_routes(router, slots);
    add_routes(router, devices);
  }

  struct answered {
    int status = 0;
    dto::json::value body;
    std::string etag;
  };
  task<answered> ask(std::string method, std::string target, std::string body = "", std::string if_match = "") {
    net::http_request request;
    request.method = std::move(method);
    request.target = target;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != target.npos) {
      std::string rest = target.substr(mark + 1);
      for (std::size_t at = 0; at < rest.size();) {
        const auto end = std::min(rest.find('&', at), rest.size());
        const auto equals = rest.find('=', at);
        request.query[rest.substr(at, equals - at)] = rest.substr(equals + 1, end - equals - 1);
        at = end + 1;
      }
    }
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("content-type", "application/json");
    if (!if_match.empty()) request.headers.set("if-match", "\"" + if_match + "\"");
    auto response = co_await router.answer(std::move(request));
    answered out{response.status, nullptr, std::string(response.headers.get("etag"))};
    if (out.etag.size() > 2) out.etag = out.etag.substr(1, out.etag.size() - 2);
    auto json = dto::parse_json(response.body);
    if (json) out.body = std::move(*json);
    co_return out;
  }

  vss::system_clock time;
  vss::system_random random;
  fake_vault vault;
  std::vector<std::string> roles;
  command_desk commands;
  hub_config_desk configs;
  hub_desk hubs;
  slot_desk slots;
  device_desk devices;
  net::router router;

 private:
  static task<result<net::principal>> anybody() {
    net::principal out;
    out.id = "00000000-0000-7000-8000-0000000000ee";
    for (const auto& each : all_permissions()) out.permissions.insert(std::string(each));
    co_return out;
  }
  static std::vector<std::string> all_permissions();
  static task<void> nobody_writes() { co_return; }
  hub_config_desk::cdr_role_fn role() {
    return [this](std::string, std::string short_id, secret) { return made_role(std::move(short_id)); };
  }
  task<result<std::string>> made_role(std::string short_id) {
    roles.push_back("hub_" + short_id);
    co_return roles.back();
  }
};

}  // namespace vss::ottb::test

#include "ottb/permissions.hpp"

inline std::vector<std::string> vss::ottb::test::desks::all_permissions() {
  std::vector<std::string> out;
  for (const auto& each : permissions) out.emplace_back(each.name);
  return out;
}
