#pragma once
// One hub: its identity, its link, its phone, its slots, its journal, and the queue its leads come from. What runs is
// what the server last pushed (F-14); without a server the last known configuration registers and receives calls.
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "archont/link_client.hpp"
#include "archont/slot.hpp"
#include "archont/spool_flush.hpp"
#include "link/hub_config.hpp"
#include "net/rabbit.hpp"

namespace vss::archont {

class archont {
 public:
  // `phone`: nullptr means the real one.
  archont(executor on, archont_options options, clock& time, random_source& random,
          std::unique_ptr<sip_agent> phone = nullptr);
  ~archont();
  // Enrols when it must (tries until it is let in), then runs until the scope inside is stopped.
  task<void> start();
  // Lets calls end (at most 10 s), signs off, closes.
  task<void> stop();
  // What the phone says; a phone that was given to the constructor calls it.
  void on_phone(sip_event event);
  std::size_t slots() const { return slots_.size(); }

 private:
  result<void> apply(const link::hub_config& config);
  void apply_slots(const link::hub_config& config);
  void apply_queue(const link::hub_config& config);
  void on_config(link::config_push push);
  void on_command(link::command command);
  void on_lead(net::rabbit_message message);
  void on_link();
  void on_broke(const std::string& slot);
  void add_slot(const std::string& number);
  void retire_slots();
  bool any_busy() const;
  void tell_all(link::slot_event what);
  void tell_server(const std::string& type, const boost::json::value& body);
  void resolve_cut_calls();
  std::vector<link::slot_picture> pictures() const;
  task<void> beat();
  task<void> renew();

  executor on_;
  archont_options options_;
  clock& time_;
  random_source& random_;
  identity who_;
  journal spool_;
  scope work_;
  desk_client desk_;
  spool_flush flush_;
  std::unique_ptr<sip_agent> phone_;
  std::unique_ptr<slot_world> world_;
  std::map<std::string, std::unique_ptr<slot>> slots_;
  std::set<std::string> wanted_;  // by the configuration in force
  std::unique_ptr<link_client> link_;
  std::shared_ptr<net::rabbit> queue_;
  std::string queue_identity_;
  link::hub_config config_;
  std::vector<journal::intent> cut_;            // calls of an earlier life that nobody ended
  std::vector<std::unique_ptr<slot>> retired_;  // no longer ours, until their coroutine has ended
  std::deque<std::chrono::steady_clock::time_point> broke_;
  bool edge_silent_ = false;
  bool common_cause_ = false;
  bool stopping_ = false;
  bool unreachable_ = true;
};

}  // namespace vss::archont
