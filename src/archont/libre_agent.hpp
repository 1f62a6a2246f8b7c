#pragma once
// The slots' SIP user agents on libre: one UDP socket and one thread for all slots of a hub. Registrations are paced
// and refreshed at 50-80 % of their life; a failed one comes again after 1, 3, 9, then 15-30 s. Only the edge is
// listened to: requests from any other address are refused. Two lost OPTIONS in a row are `edge_silent`.
#include <memory>

#include "archont/sip_agent.hpp"
#include "base/async.hpp"

namespace vss::archont {

class libre_agent final : public sip_agent {
 public:
  // `heard` is called on `on`. `descriptors`: sockets that may be open at once.
  libre_agent(executor on, clock& time, listener heard, int descriptors = 4096);
  ~libre_agent() override;

  void use(sip_settings settings) override;
  void put(sip_account account) override;
  void remove(std::string slot) override;
  void register_now(std::string slot) override;
  void stop_registering(std::string slot) override;
  void receive(std::string slot, bool open, int busy_code) override;
  void dial(std::string slot, call_number call, std::string user) override;
  void answer(std::string slot, call_number call) override;
  void hang_up(std::string slot, call_number call) override;
  void send_digits(std::string slot, call_number call, std::string digits) override;
  void renew_media(std::string slot, call_number call) override;
  void close(milliseconds limit) override;

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace vss::archont
