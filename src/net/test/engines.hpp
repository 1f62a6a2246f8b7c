#pragma once
// What tests against real engines need: the engines' addresses from the environment that `./vss test module` sets, a
// fresh database per test program, and a way to run one coroutine to its end. There is no skipping: no engine, no pass.
#include <libpq-fe.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <functional>
#include <stdexcept>

#include "net/postgres.hpp"

namespace vss::test {

inline std::string need(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr)
    throw std::runtime_error(std::string(variable) + " is not set: start engines first: ./vss test module");
  return value;
}

// A port of this checkout's range for a test's own server; 90 to 99 are used by no engine, 4000 and up is for RTP.
inline int port(int offset) { return std::stoi(need("VSS_PORT_BASE")) + offset; }

// Runs `body` on an io_context of its own; a body that has not ended after `limit` throws.
template <class T>
T run(std::function<task<T>(executor)> body, seconds limit = seconds(30)) {
  boost::asio::io_context loop(1);
  std::optional<T> out;
  std::exception_ptr thrown;
  const auto ended = [&](std::exception_ptr failed, T value) {
    thrown = failed;
    out = std::move(value);
    loop.stop();
  };
  boost::asio::co_spawn(loop, body(loop.get_executor()), ended);
  loop.run_for(limit);
  if (thrown) std::rethrow_exception(thrown);
  if (!out) throw std::runtime_error("the test's coroutine did not end in time");
  return std::move(*out);
}

// For bodies that only assert.
inline void check(std::function<task<void>(executor)> body, seconds limit = seconds(30)) {
  const std::function<task<int>(executor)> with_value = [&body](executor on) -> task<int> {
    co_await body(on);
    co_return 0;
  };
  run<int>(with_value, limit);
}

inline std::string conninfo(const std::string& database, const std::string& user) {
  return "host=" + need("VSS_VAR") + "/run port=" + need("PORT_PG") + " user=" + user + " dbname=" + database;
}

// Runs statements one by one on a blocking connection; throws with the server's words.
inline void psql(const std::string& where, std::initializer_list<std::string> statements) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> line(PQconnectdb(where.c_str()), &PQfinish);
  if (PQstatus(line.get()) != CONNECTION_OK) {
    throw std::runtime_error(std::string("start engines first: ./vss test module: ") + PQerrorMessage(line.get()));
  }
  for (const auto& sql : statements) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(line.get(), sql.c_str()), &PQclear);
    const auto status = PQresultStatus(done.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(sql + ": " + PQerrorMessage(line.get()));
    }
  }
}

// Drops and makes `database`, owned by the role vss (made when missing); answers its conninfo for that role.
inline std::string fresh_database(const std::string& database) {
  psql(conninfo("postgres", "postgres"),
       {"set client_min_messages = warning",
        "do $$ begin create role vss login createrole; exception when duplicate_object then alter role vss createrole; "
        "end $$",
        "drop database if exists " + database + " with (force)", "create database " + database + " owner vss"});
  return conninfo(database, "vss");
}

}  // namespace vss::test
