#pragma once
// Keeps the SIP edge at what PostgreSQL says. A change (credentials, DIDs, trunks, do-not-call) is announced as "edge"
// on `ottb_fleet`; the snapshot program copies the views of schema `sip` and reloads what changed, at start, after a
// change and every minute. An opt-out does not wait for that: its hash is put into the running edge at once, and again
// after any snapshot that may have been taken before it. Trunks' health is read back.
#include <string>
#include <vector>

#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "net/postgres.hpp"
#include "ottb/edge_rpc.hpp"

namespace vss::ottb {

struct edge_options {
  std::string snapshot;  // engines/kamailio/snapshot; empty: another machine feeds the edge
  std::string rpc;       // "http://127.0.0.1:24062/RPC"
  secret key;
  milliseconds every{60000};
  milliseconds health_every{5000};
};

class edge_sync {
 public:
  edge_sync(net::pg_pool& db, scope& life, net::metrics& meters, edge_options options);
  void start();
  // Something the edge reads has changed. Cheap; many at once make one snapshot.
  void changed();
  // A number came on a list that stops every call. In the running edge within a second.
  void dnc_added(std::string edge_hash);
  // Nobody feeds the edge from here: another machine does.
  bool feeds() const { return !options_.rpc.empty(); }
  bool answers() const { return answers_; }  // Kamailio, the last time it was asked

 private:
  task<void> run();
  task<bool> snapshot();
  task<void> put_hashes();
  task<void> watch_health();
  task<result<std::string>> database();

  net::pg_pool& db_;
  scope& life_;
  net::metrics& meters_;
  edge_options options_;
  edge_rpc rpc_;
  wakeup ready_;
  wakeup listed_;
  wakeup reloaded_;
  std::chrono::steady_clock::time_point settled_{};  // until then trunks' health may be new at any moment
  bool dirty_ = true;
  bool answers_ = false;
  std::vector<std::string> fresh_;   // hashes the edge has not got yet
  std::vector<std::string> recent_;  // hashes put since the last snapshot began
};

}  // namespace vss::ottb
