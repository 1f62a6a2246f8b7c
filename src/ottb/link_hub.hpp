#pragma once
// All links of this server process (F-05). It lets archonts in by the fingerprint of their certificate, takes their
// link over from older sessions wherever those live, keeps heartbeats and leases, wakes outboxes, sweeps, and answers
// whether the fleet's picture may be dialled on. What it knows of other processes it hears through the topic
// `ottb_fleet`:
//   "outbox <hub>"  "link <hub> <fence> <run>"  "command <id>"  "config <hub>"  "edge"
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "net/http.hpp"
#include "ottb/link_session.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct link_options {
  std::string server;  // this process: <host>:<pid>:<run id>
  milliseconds silence{15000};
  milliseconds patience{15000};  // how long a start waits for hubs to come back
  milliseconds sweep_every{5000};
};

// Something that people should know about a hub; it stands in ottb.hub_event already.
struct link_notice {
  std::string kind;      // identity_locked, journal_went_back, hub_unreachable, link_revoked
  std::string severity;  // warning, error
  std::string hub;
  std::string detail;
};

// What others do for the link. Set before start().
struct link_hooks {
  // The hub's row, for an archont that links before its enrolment was heard.
  std::function<task<result<void>>(point::archont_identity)> make_hub;
  std::function<task<result<std::string>>(std::string hub)> config;
  // The hub's running configuration became known: push the desired one when they differ.
  std::function<task<void>(std::string hub)> linked;
  // An attempt lost its worker. true: it is resolved, the slot may go free; false: a channel still lives.
  std::function<task<bool>(std::string attempt)> lease_lost;
  std::function<task<result<void>>(std::string hub, std::string slot, std::string verb, std::int64_t epoch)> command;
  // Whatever else the topic says: "command <id>", "config <hub>", "edge". what "" after the listener came back.
  std::function<void(const std::string& what, const std::string& id)> news;
  std::function<void(const link_notice&)> notice;
};

class link_hub {
 public:
  link_hub(net::pg_pool& db, const vss::clock& time, scope& life, point::identities& who, net::metrics& meters,
           link_options options);

  void hook(link_hooks hooks);
  void on_deltas(link_commit::deltas_fn heard) { commits_.on_deltas(std::move(heard)); }
  void start();
  task<void> stop();  // tells the hubs, so that they come back at once elsewhere

  // For http_service: path /link on the listener with client certificates.
  task<result<void>> may_upgrade(std::string fingerprint);
  task<void> serve(net::http_request request, std::shared_ptr<net::ws_connection> line);

  // True once every linked hub's snapshot was compared with the projection, or `patience` has passed since start().
  bool fleet_ready() const { return ready_; }
  bool holds(const std::string& hub) const { return links_.contains(hub); }
  std::vector<std::string> linked_hubs() const;
  std::size_t links() const { return links_.size(); }
  link_store& store() { return store_; }

 private:
  using session = std::shared_ptr<link_session>;

  task<result<link_opening>> open(const point::archont_identity& who, const link::hello& said);
  session admit(const point::archont_identity& who, link::hello said, link_opening opened,
                std::shared_ptr<net::ws_connection> line);
  void take_over(const std::string& hub, std::int64_t fence, const std::string& run);
  void heard(const std::string& news);
  void set_aside(session link);
  void drop(const session& link);
  void copied(const std::string& hub);
  void notice(std::string kind, std::string severity, const std::string& hub, std::string detail);
  task<void> lock(std::string hub, std::string reason);
  task<void> reconcile(session link);
  task<bool> compare(session link);
  task<bool> resolve(std::string slot, std::int64_t epoch, std::string attempt);
  task<void> beat();
  std::vector<link_beat> next_beats();
  task<void> renew();
  task<void> acknowledge();
  task<void> check_ownership(std::vector<link_beat> sent, std::set<std::string> ours);
  task<void> settle();
  task<void> sweep();
  task<void> sweep_leases();

  net::pg_pool& db_;
  const vss::clock& time_;
  scope& life_;
  point::identities& who_;
  net::metrics& meters_;
  link_options options_;
  link_hooks hooks_;
  link_store store_;
  link_commit commits_;
  link_wiring wiring_;
  std::map<std::string, session> links_;
  std::string beaten_;  // the hub whose heartbeat was written down last
  std::chrono::steady_clock::time_point round_began_{};
  std::set<session> suspects_;
  bool ready_ = false;
};

}  // namespace vss::ottb
