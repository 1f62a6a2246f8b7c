// `vss admin`: what an administrator does on the machine itself. Whatever the REST API can do goes through it, with a
// token of the asked role made for the unix user who calls; only what has nobody to ask yet goes to the database.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

#include "app/commands.hpp"
#include "app/demo.hpp"
#include "app/point_desk.hpp"
#include "app/rest.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "net/ari.hpp"

namespace vss::app {
namespace json = boost::json;
namespace {

struct wishes {
  std::string config;
  std::string role = "admin";
  std::string life = "15m";
  std::string login;
  std::string name;
  std::string label;
  std::string kind;
  std::string method;
  std::string path;
  std::string body;
  std::string file;
  std::string object;
  bool replace = false;
};

void print(const json::value& what) {
  fmt::print("{}\n", what.is_string() ? std::string(what.get_string()) : json::serialize(what));
}

int complain(const error& why) {
  fmt::print(stderr, "vss admin: {}\n", why.message);
  for (const auto& bad : why.problems) fmt::print(stderr, "  {}: {}\n", bad.pointer, bad.message);
  return 1;
}

// One line per item: the members that people look for first, then nothing more; --json of `api` shows everything.
void table(const json::value& answer, const std::vector<const char*>& columns, bool first) {
  const auto* items = answer.is_object() ? answer.get_object().if_contains("items") : nullptr;
  if (!items || !items->is_array()) return print(answer);
  if (first) {
    for (const auto* column : columns) fmt::print("{:<20} ", column);
    fmt::print("\n");
  }
  for (const auto& item : items->get_array()) {
    for (const auto* column : columns) {
      const auto* cell = item.is_object() ? item.get_object().if_contains(column) : nullptr;
      const std::string text = !cell               ? ""
                               : cell->is_string() ? std::string(cell->get_string())
                                                   : json::serialize(*cell);
      fmt::print("{:<20} ", text.substr(0, 40));
    }
    fmt::print("\n");
  }
  if (first && items->get_array().empty()) fmt::print("none\n");
}

task<result<rest>> open_api(executor on, const wishes& wish) {
  auto desk = co_await point_desk::open(on, wish.config);
  if (!desk) co_return std::unexpected(std::move(desk.error()));
  auto token = co_await (*desk)->token(wish.role, "15m");
  const std::string base = (*desk)->api_url();
  co_await (*desk)->close();
  if (!token) co_return std::unexpected(std::move(token.error()));
  co_return rest(on, base, std::move(*token));
}

// Page by page, at most `pages`. The columns are owned: the list of a caller would be gone by the time the answer
// comes.
task<int> list(executor on, wishes wish, std::string path, std::vector<const char*> columns, int pages = 1000) {
  auto api = co_await open_api(on, wish);
  if (!api) co_return complain(api.error());
  std::string here = path;
  for (int page = 0; page < pages; ++page) {
    auto answer = co_await api->get(here);
    if (!answer) co_return complain(answer.error());
    table(*answer, columns, page == 0);
    const auto* next = answer->is_object() ? answer->get_object().if_contains("next") : nullptr;
    if (!next || !next->is_string()) break;
    here = path + "&after=" + net::url_escape(next->get_string());
  }
  co_return 0;
}

task<int> request(executor on, wishes wish) {
  auto api = co_await open_api(on, wish);
  if (!api) co_return complain(api.error());
  std::string body = wish.body;
  std::string type = "application/json";
  if (!wish.file.empty()) {
    std::ifstream file(wish.file, std::ios::binary);
    body.assign(std::istreambuf_iterator<char>(file), {});
    if (wish.file.ends_with(".csv")) type = "text/csv";
  }
  auto answer = co_await api->upload(wish.method, wish.path, std::move(type), std::move(body));
  if (!answer) co_return complain(answer.error());
  if (!answer->is_null()) print(*answer);
  co_return 0;
}

task<int> token(executor on, wishes wish) {
  auto desk = co_await point_desk::open(on, wish.config);
  if (!desk) co_return complain(desk.error());
  auto made = co_await (*desk)->token(wish.role, wish.life);
  co_await (*desk)->close();
  if (!made) co_return complain(made.error());
  fmt::print("{}\n", made->reveal());
  co_return 0;
}

task<int> create_administrator(executor on, wishes wish) {
  auto desk = co_await point_desk::open(on, wish.config);
  if (!desk) co_return complain(desk.error());
  if (wish.name.empty()) wish.name = wish.login;
  auto made = co_await (*desk)->first_administrator(wish.login, wish.name);
  co_await (*desk)->close();
  if (!made) co_return complain(made.error());
  fmt::print("{}\n", made->reveal());
  fmt::print(stderr, "one-time password of {}: it is shown this once and must be changed at the first login\n",
             wish.login);
  co_return 0;
}

task<int> hub(executor on, wishes wish) {
  auto api = co_await open_api(on, wish);
  if (!api) co_return complain(api.error());
  json::object body{{"label", wish.label}, {"kind", wish.kind}, {"replace", wish.replace}};
  auto made = co_await api->post("/point/archonts/tokens", std::move(body));
  if (!made) co_return complain(made.error());
  fmt::print("{}\n", std::string(made->get_object().at("token").get_string()));
  co_return 0;
}

task<int> permit(executor on, wishes wish) {
  auto api = co_await open_api(on, wish);
  if (!api) co_return complain(api.error());
  json::object body{{"state", wish.object}, {"slot", wish.name}, {"number", wish.label}};
  auto made = co_await api->post("/ottb/test-permits", std::move(body));
  if (!made) co_return complain(made.error());
  fmt::print("{}\n", std::string(made->get_object().at("permit").get_string()));
  co_return 0;
}

task<result<std::string>> person_with(rest& api, std::string login) {
  std::string after;
  do {
    std::string path = "/point/people?limit=500";
    if (!after.empty()) path += "&after=" + after;
    auto page = co_await api.get(std::move(path));
    if (!page) co_return std::unexpected(std::move(page.error()));
    const auto& found = page->as_object();
    for (const auto& item : found.at("items").as_array()) {
      const auto& person = item.as_object();
      if (person.at("login").as_string() == login) co_return std::string(person.at("id").as_string());
    }
    const auto* next = found.if_contains("next");
    after = next && next->is_string() ? std::string(next->get_string()) : std::string();
  } while (!after.empty());
  co_return fail(errc::not_found, "there is nobody with the login " + login);
}

task<int> reset_second_factor(executor on, wishes wish) {
  auto api = co_await open_api(on, wish);
  if (!api) co_return complain(api.error());
  auto person = co_await person_with(*api, wish.login);
  if (!person) co_return complain(person.error());
  auto done = co_await api->send("DELETE", "/point/people/" + *person + "/second-factor");
  if (!done) co_return complain(done.error());
  fmt::print(stderr, "{} signs in with the password alone until a new second factor is set up; every session ended\n",
             wish.login);
  co_return 0;
}

task<int> verify(executor on, wishes wish) {
  const auto verdict = co_await point_desk::verify_audit(on, wish.config);
  if (!verdict) co_return complain(verdict.error());
  print(verdict->report);
  co_return verdict->good ? 0 : 1;
}

}  // namespace

int run_admin(std::vector<std::string> arguments) {
  CLI::App app{"vss admin: administer the running platform"};
  app.require_subcommand(1);
  wishes wish;
  const char* from = std::getenv("VSS_CONFIG");
  wish.config = from ? from : "";
  app.add_option("--config", wish.config, "the server's TOML file (VSS_CONFIG)");
  std::function<task<int>(executor)> chosen;
  const auto verb_of = [&](CLI::App& of, const char* name, const char* meaning, auto make) {
    auto* sub = of.add_subcommand(name, meaning);
    sub->callback([&chosen, &wish, make] { chosen = [&wish, make](executor on) { return make(on, wish); }; });
    return sub;
  };
  const auto verb = [&](const char* name, const char* meaning, auto make) {
    return verb_of(app, name, meaning, std::move(make));
  };
  auto* first = verb("create-administrator", "make the first administrator; prints a one-time password once",
                     create_administrator);
  first->add_option("--login", wish.login)->required();
  first->add_option("--name", wish.name, "display name");
  auto* factor =
      verb("reset-second-factor", "take off the second factor of a person who lost it (audited)", reset_second_factor);
  factor->add_option("login", wish.login)->required();
  factor->add_option("--role", wish.role, "act with this role; whom admin may not touch, root may");
  auto* issue = verb("token", "print an access token of a role (tests, scripts)", token);
  issue->add_option("--role", wish.role)->required();
  issue->add_option("--ttl", wish.life, "45s, 15m, 8h, 30d");
  auto* enrol = verb("hub", "print a one-time enrolment token for a hub (15 minutes)", hub);
  enrol->add_option("--label", wish.label)->required();
  enrol->add_option("--kind", wish.kind)->required()->check(CLI::IsMember({"AUTO", "MF", "LS"}));
  enrol->add_flag("--replace", wish.replace, "the hub of that label lost its key: the new one takes its place");
  auto* api = verb("api", "any request of docs/openapi.json: api GET /ottb/slots", request);
  api->add_option("method", wish.method)->required();
  api->add_option("path", wish.path)->required();
  api->add_option("body", wish.body, "JSON");
  api->add_option("--file", wish.file, "body from a file (.csv: text/csv)");
  api->add_option("--role", wish.role, "act with this role");
  auto* credentials =
      verb("credentials", "print a slot's SIP credentials (role engineer, audited)", [](executor on, wishes w) {
        w.role = "engineer";
        w.method = "GET";
        w.path = "/ottb/slots/" + w.object + "/credentials";
        return request(on, std::move(w));
      });
  credentials->add_option("slot", wish.object)->required();
  auto* minted = verb("permit", "test sites only: make a permit (fresh, used, expired, foreign) and print it", permit);
  minted->add_option("state", wish.object)->required()->check(CLI::IsMember({"fresh", "used", "expired", "foreign"}));
  minted->add_option("--slot", wish.name, "who is to dial it")->required();
  minted->add_option("--number", wish.label, "whom, +E.164")->required();
  verb("slots", "every slot", [](executor on, wishes w) {
    return list(on, std::move(w), "/ottb/slots?limit=500", {"number", "kind", "hub", "state", "registered", "since"});
  });
  verb("hubs", "every hub", [](executor on, wishes w) {
    return list(on, std::move(w), "/ottb/hubs?limit=500",
                {"label", "kind", "unreachable", "journal_depth", "software", "id"});
  });
  verb("campaigns", "every campaign", [](executor on, wishes w) {
    return list(on, std::move(w), "/ottb/campaigns?limit=500", {"name", "mode", "state", "started_at", "id"});
  });
  verb("cdrs", "the last calls", [](executor on, wishes w) {
    return list(on, std::move(w), "/dci/cdrs?limit=50", {"started_at", "slot", "direction", "outcome", "call_id"});
  });
  auto* audit = app.add_subcommand("audit", "the audit log");
  audit->require_subcommand(1);
  verb_of(*audit, "verify", "verify the chain: edits, deletions, swaps, truncation", verify);
  try {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;  // a wrong word, as in other tools; 0: help
  }
  if (wish.config.empty()) {
    fmt::print(stderr, "vss admin: of which server? Give --config FILE, or run ./vss admin\n");
    return 2;
  }
  log::open("", log::level::error);
  return run_to_end(chosen);
}

}  // namespace vss::app
