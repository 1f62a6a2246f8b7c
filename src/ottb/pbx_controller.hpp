#pragma once
// The calls of one PBX node, run by the one server that owns it. Turns ARI and edge events into each call's inbox,
// answers the edge's question "which trunk, which caller ID", and after every (re)connect reconciles what it knows with
// what Asterisk and Kamailio hold: calls in both are adopted, calls in neither are ended with what is known of them.
#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "net/evapi.hpp"
#include "ottb/pbx_call.hpp"
#include "ottb/pbx_edge.hpp"
#include "ottb/pbx_service.hpp"

namespace vss::ottb {

struct live_call {
  std::string attempt;
  std::string slot;
};

class pbx_controller {
 public:
  pbx_controller(pbx_world& world, net::ari& pbx, net::evapi& edge, pbx_edge& kamailio);
  // ARI's event socket came up: reconcile before anything new is answered.
  task<void> reconcile();
  void on_ari(boost::json::object event);
  void on_edge(boost::json::object event);
  // true: the PBX holds a channel of that attempt.
  bool alive(const std::string& attempt) const;
  bool hang_up(const std::string& attempt, const std::string& reason);
  std::size_t calls() const { return by_channel_.size(); }
  bool reconciled() const { return reconciled_; }

 private:
  void start_slot_call(const pbx_event& event);
  task<void> decide_route(boost::json::object question);
  void tell_call(const std::string& permit, pbx_event event);
  void tell(const std::string& channel, pbx_event event);
  void forget(const std::shared_ptr<pbx_call>& call);
  task<void> adopt(pbx_event slot_leg, pbx_event lead_leg);
  task<void> watch(std::shared_ptr<pbx_call> call);

  pbx_world& world_;
  net::ari& pbx_;
  net::evapi& edge_;
  pbx_edge& kamailio_;
  std::map<std::string, std::shared_ptr<pbx_call>> by_channel_;
  std::map<std::string, std::shared_ptr<pbx_call>> by_permit_;
  std::map<std::string, std::shared_ptr<pbx_service>> services_;
  bool reconciled_ = false;
  std::uint64_t reconciliations_ = 0;
};

}  // namespace vss::ottb
