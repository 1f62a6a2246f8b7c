#pragma once
// One libpq connection as coroutines. It serves one caller at a time. Whoever leaves a call early (time, cancellation,
// an exception) leaves the connection in mid-protocol: `usable()` then answers false and the owner drops it. The server
// notices a dropped client within a second, even inside a statement (client_connection_check_interval).
#include <libpq-fe.h>

#include <map>

#include "net/postgres.hpp"

namespace vss::net {

struct pg_target {
  std::string conninfo;
  std::string application;
};

class pg_connection {
 public:
  explicit pg_connection(executor on);
  ~pg_connection();
  pg_connection(const pg_connection&) = delete;
  pg_connection& operator=(const pg_connection&) = delete;

  task<result<void>> connect(pg_target target, milliseconds limit);
  task<result<rows>> run(const statement& what, params with);
  task<result<std::vector<rows>>> pipeline(std::vector<step> steps);
  task<result<void>> script(std::string sql, milliseconds limit);
  // LISTEN on a topic, then the payloads that came within `limit` (none: an empty list).
  task<result<void>> listen(std::string topic, milliseconds limit);
  task<result<std::vector<std::string>>> heard(milliseconds limit);

  // Nothing under way and the server has not hung up.
  bool usable();
  // A transaction is open on the server, working or failed.
  bool in_transaction() const;
  // The last COMMIT was answered by ROLLBACK: a statement before it had failed.
  bool rolled_back() const { return rolled_back_; }

 private:
  struct watch;
  using answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

  void begin_call(milliseconds limit);
  void end_call();
  void attach();
  task<bool> wait(bool for_write);
  task<bool> wait_either();
  task<result<void>> flush(std::string_view doing);
  task<result<PGresult*>> next(std::string_view doing);
  task<result<rows>> finish(std::string_view doing);
  task<result<void>> prepare(const statement& what);
  bool send(const statement& what, const params& with);
  task<result<void>> handshake(std::string_view server);
  task<result<std::vector<rows>>> collect(const std::vector<step>& steps);
  error broken(std::string_view doing);

  std::shared_ptr<watch> watch_;
  PGconn* libpq_ = nullptr;
  std::map<std::string, std::string, std::less<>> prepared_;  // name -> its SQL
  bool busy_ = true;
  bool ended_ = false;
  bool rolled_back_ = false;
};

}  // namespace vss::net
