#pragma once
// A call to a service number (1001: the IVR), from a slot or from a trunk by DID, while the controller is there: one
// leg, one flow. Without the controller the generated dialplan serves it (engines/asterisk).
#include "ottb/pbx_call.hpp"

namespace vss::ottb {

class pbx_service {
 public:
  // `who`: the slot's number, or the caller's pseudonym when a trunk brought the call.
  pbx_service(pbx_world& world, std::string channel, std::string call_id, std::string who, std::string sip_call_id);
  bool tell(pbx_event event) { return inbox_.push(std::move(event)); }
  // Plays the flow of that name to its end.
  task<void> run(std::shared_ptr<pbx_service> self, std::string flow);

 private:
  task<void> act(std::vector<ivr_action> actions);
  task<void> apply(pbx_event event);
  pbx_world& world_;
  channel<pbx_event> inbox_;
  std::string channel_;
  call_ended fact_;
  std::unique_ptr<ivr_machine> flow_;
  std::string playback_;
  int playbacks_ = 0;
  std::optional<instant> wait_until_;
  bool open_ = true;
};

}  // namespace vss::ottb
