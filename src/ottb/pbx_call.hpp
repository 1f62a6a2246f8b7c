#pragma once
// One campaign call from the permit's consumption to both legs' end, owned by one coroutine and fed by a bounded
// channel. Both legs join one bridge before the lead is dialled, so ringing, early media and the answer pass by
// themselves; the lead is dialled only after its own StasisStart. After the answer an IVR campaign plays its flow to
// the lead while the slot's leg hears silence. Recipe and failure cases: docs/calls.md.
#include <functional>
#include <memory>

#include "base/scope.hpp"
#include "ottb/events.hpp"
#include "ottb/ivr_flow.hpp"
#include "ottb/outcome.hpp"
#include "ottb/pbx_event.hpp"
#include "ottb/pbx_verbs.hpp"
#include "ottb/permit.hpp"

namespace vss::ottb {

// What a call needs of the world around it.
struct pbx_world {
  const clock& time;
  permit_desk& permits;
  pbx_verbs& verbs;
  scope& work;   // ends with the ownership of the node
  scope& books;  // goes on after it: what has happened is told there until it is heard
  std::function<task<result<ivr_document>>(std::string flow)> flow_of;
  std::function<void(std::string channel, std::shared_ptr<class pbx_call>)> route_channel;
  // The edge got no BYE from a dead Asterisk: end the dialog there, both sides are told.
  std::function<task<result<void>>(std::string call_id)> end_dialogs;
  // What a call that another process began was about; its number stays unknown.
  std::function<task<result<consumed_permit>>(std::string attempt)> order_of;
  call_ended_fn ended;
};

class pbx_call {
 public:
  // A slot's leg that carries a permit.
  pbx_call(pbx_world& world, std::string permit, std::string slot, std::string slot_channel, std::string slot_call_id);
  // false: 500 events wait, or the call is over.
  bool tell(pbx_event event) { return inbox_.push(std::move(event)); }
  task<void> run(std::shared_ptr<pbx_call> self);
  // Picks up a call that another process began. An answered lead hears the flow from its start.
  void adopt(consumed_permit order, std::string lead_channel, std::string lead_call_id, bool up);
  const std::string& permit() const { return permit_; }
  const std::string& attempt() const { return order_.attempt; }

 private:
  task<bool> set_up(std::shared_ptr<pbx_call> self);
  task<bool> consume(std::shared_ptr<pbx_call> self);
  task<void> follow(std::shared_ptr<pbx_call> self);
  task<void> apply(pbx_event event, std::shared_ptr<pbx_call> self);
  task<void> on_answer(std::shared_ptr<pbx_call> self);
  task<void> start_flow(std::shared_ptr<pbx_call> self);
  void on_lost(const std::string& channel);
  task<void> act(std::vector<ivr_action> actions, std::shared_ptr<pbx_call> self);
  task<void> end_lead(int q850);
  task<void> end_leg(std::string channel, int q850);
  task<void> hear_the_edge_out(std::shared_ptr<pbx_call> self);
  void finish();
  milliseconds patience() const;
  void background(std::string name, task<result<void>> work);

  pbx_world& world_;
  channel<pbx_event> inbox_;
  std::string permit_;
  std::string slot_;
  std::string slot_channel_;
  std::string slot_call_id_;
  consumed_permit order_;
  std::string lead_channel_;
  std::string bridge_;
  std::string lead_call_id_;
  std::unique_ptr<ivr_machine> flow_;
  std::string playback_;
  int playbacks_ = 0;
  leg_facts facts_;
  std::string hangup_by_;
  std::string dtmf_;
  std::optional<int> trunk_;  // the last one that said something
  std::vector<int> trunks_;   // in the order in which the edge tries them
  int trying_ = 0;            // the one that carries the call now; 0: not known
  pbx_verbs::packets packets_;
  instant started_at_;
  std::optional<instant> ringing_at_;
  std::optional<instant> answered_at_;
  // Limits count on the clock that never jumps; what is written down is wall-clock time.
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point up_{};  // when it was answered
  std::optional<std::chrono::steady_clock::time_point> wait_until_;
  bool lead_open_ = false;
  bool slot_open_ = true;
  bool adopted_ = false;
  bool dialled_ = false;
  bool edge_answered_ = false;  // the carrier's 200 passed the edge
  bool edge_over_ = false;      // nothing more will come from the carrier
};

}  // namespace vss::ottb
