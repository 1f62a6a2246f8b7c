#pragma once
// A POINT service over a real, fresh database, with a certificate authority of its own, as tests need it.
#include <filesystem>
#include <fstream>

#include "net/migration.hpp"
#include "net/test/engines.hpp"
#include "point/admin.hpp"
#include "point/permissions.hpp"
#include "point/test/test_ca.hpp"

namespace vss::migrations {
std::vector<net::migration> point();
}

namespace vss::point::test {

inline std::string fresh_folder() {
  std::string name = std::filesystem::temp_directory_path() / "vss-point-XXXXXX";
  if (!::mkdtemp(name.data())) throw std::runtime_error("mkdtemp");
  return name;
}

inline service_options options_for(const std::string& where, const std::string& folder) {
  service_options out;
  out.postgres = {.conninfo = where, .application = "test"};
  out.secrets = {secret(std::string(64, 'a')), secret(std::string(64, 'b')), secret("dnc")};
  out.checkpoints = folder + "/checkpoints.jsonl";
  out.ca_certificate = folder + "/ca.crt";
  out.ca_key = folder + "/ca.key";
  out.permissions.assign(permissions.begin(), permissions.end());
  out.permissions.push_back({"ottb.slot.read", "for tests", "engineer archont"});
  out.site = "acme";
  return out;
}

// One server process: its own scope, pool and service.
struct server {
  server(executor on, const std::string& where, const std::string& folder)
      : work(on, "server"),
        db(on, {.conninfo = where, .connections = 8, .application = "test"}),
        point(work, db, time, random, options_for(where, folder)) {}

  task<void> up() {
    auto ready = co_await point.prepare();
    if (!ready) throw std::runtime_error("prepare: " + ready.error().message);
    point.start();
  }
  task<void> down() {
    co_await work.stop(seconds(5));
    co_await db.close();
  }

  system_clock time;
  system_random random;
  scope work;
  net::pg_pool db;
  service point;
};

// Makes the database and the folder once per suite.
struct site {
  explicit site(const std::string& database) : where(vss::test::fresh_database(database)), folder(fresh_folder()) {
    make_test_ca(folder);
    vss::test::check([this](executor on) -> task<void> {
      net::pg_pool db(on, {.conninfo = where, .application = "test"});
      auto ran = co_await net::migrate(db, migrations::point());
      if (!ran) throw std::runtime_error("migrate: " + ran.error().message);
      co_await db.close();
    });
  }
  ~site() { std::filesystem::remove_all(folder); }
  std::string where;
  std::string folder;
};

// Runs `body` with `servers` processes that share the database.
inline void with_servers(const site& at, int servers,
                         std::function<task<void>(std::vector<std::unique_ptr<server>>&)> body) {
  vss::test::check(
      [&](executor on) -> task<void> {
        std::vector<std::unique_ptr<server>> all;
        for (int i = 0; i < servers; ++i) all.push_back(std::make_unique<server>(on, at.where, at.folder));
        for (auto& one : all) co_await one->up();
        std::exception_ptr failed;
        try {
          co_await body(all);
        } catch (...) {
          failed = std::current_exception();
        }
        for (auto& one : all) co_await one->down();
        if (failed) std::rethrow_exception(failed);
      },
      seconds(120));
}

// Asks again until `holds` says yes; false when it has not within `limit`.
inline task<bool> eventually(std::function<task<bool>()> holds, seconds limit = seconds(5)) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < until) {
    const bool yes = co_await holds();
    if (yes) co_return true;
    co_await pause(milliseconds(5));
  }
  co_return false;
}

inline asker from(const std::string& address, const std::string& id = "") {
  asker out;
  out.address = address;
  out.who.id = id;
  out.agent = "test";
  return out;
}

inline asker root_asker() {
  auto out = from("10.0.0.1", "0192b3c4-0000-7000-8000-00000000f00d");
  out.who.roles = {"root"};
  return out;
}

// A person with a lasting password.
inline task<std::string> person_with(server& at, std::string login, std::vector<std::string> roles,
                                     std::string password) {
  person_input input{login, "Person " + login, std::move(roles)};
  auto made = co_await at.point.people().create(root_asker(), input);
  if (!made) throw std::runtime_error("create: " + made.error().message);
  auto by = from("10.9.9.9", made->person.id);
  password_change change{secret(made->first_password.password), secret(password)};
  auto changed = co_await at.point.sign_in().change_password(by, change, {});
  if (!changed) throw std::runtime_error("password: " + changed.error().message);
  co_return made->person.id;
}

inline task<token_answer> signed_in(server& at, std::string login, std::string password,
                                    std::string address = "10.9.9.9") {
  login_input input{login, secret(password)};
  auto answer = co_await at.point.sign_in().login(from(address), input);
  if (!answer) throw std::runtime_error("login: " + answer.error().message);
  co_return *answer;
}

inline task<result<net::principal>> shown(server& at, std::string access_token) {
  net::http_request request;
  request.headers.set("Authorization", "Bearer " + access_token);
  co_return co_await at.point.authenticate(request);
}

// A change in one process counts in the others when they have heard of it.
inline task<bool> counts(server& at, std::string access_token) {
  const auto asked = [&at, access_token]() -> task<bool> {
    const auto who = co_await shown(at, access_token);
    co_return who.has_value();
  };
  co_return co_await eventually(asked);
}
inline task<bool> counts_no_more(server& at, std::string access_token) {
  const auto asked = [&at, access_token]() -> task<bool> {
    const auto who = co_await shown(at, access_token);
    co_return !who.has_value();
  };
  co_return co_await eventually(asked);
}

}  // namespace vss::point::test
