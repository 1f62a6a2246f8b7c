#pragma once
// Who owns a PBX node: one server process holds the lease `pbx:<node>` and with it the node's ARI and evapi
// connections. The lease's fencing number is the edge's epoch, so an owner that was displaced is refused by the edge
// itself.
#include <memory>
#include <string>

#include "ottb/lease.hpp"
#include "ottb/pbx_controller.hpp"
#include "ottb/pbx_store.hpp"

namespace vss::ottb {

struct pbx_options {
  std::string node;
  net::ari_options ari;
  std::string evapi;
  std::string rpc;
  secret edge_key;
};

class pbx_owner {
 public:
  // `books` outlives every ownership: what has happened is told there until it is heard.
  pbx_owner(scope& books, pbx_options options, const clock& time, net::pg_pool& db, permit_desk& permits,
            lease_store& leases, call_ended_fn ended);
  // Runs until the owning scope is cancelled: waits for the lease, owns the node while it is held.
  task<void> run();
  bool owning() const { return owns_; }                     // holds the lease, whatever its engines do
  bool hears_exchange() const { return ari_.connected(); }  // Asterisk; asked of the owner only
  // Owning, both connections up and reconciled: calls can be placed through this node.
  bool ready() const;
  // Does Asterisk hold the lead's channel of that attempt? Asked of Asterisk itself, so any process may ask.
  // unavailable: nobody can say now.
  task<result<bool>> alive(std::string attempt);
  bool hang_up(const std::string& attempt, const std::string& reason) {
    return calls_ && calls_->hang_up(attempt, reason);
  }
  std::size_t calls() const { return calls_ ? calls_->calls() : 0; }

 private:
  void own(std::int64_t epoch, scope& work);
  task<void> mark_owned();
  executor on_;
  pbx_options options_;
  const clock& time_;
  scope& books_;
  permit_desk& permits_;
  lease_store& leases_;
  call_ended_fn ended_;
  pbx_store store_;
  net::ari ari_;
  net::evapi evapi_;
  pbx_edge edge_;
  pbx_verbs verbs_;
  std::unique_ptr<pbx_world> world_;
  std::unique_ptr<pbx_controller> calls_;
  bool owns_ = false;
};

}  // namespace vss::ottb
