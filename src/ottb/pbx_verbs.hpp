#pragma once
// The few things we ask of Asterisk, as ARI requests. A leg that is gone already is success for verbs that end it.
#include <map>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "net/ari.hpp"

namespace vss::ottb {

class pbx_verbs {
 public:
  pbx_verbs(net::ari& pbx, std::string application) : pbx_(pbx), application_(std::move(application)) {}

  // Makes the lead's channel without dialling it. Its SIP Call-ID comes with its StasisStart.
  task<result<void>> create_lead(std::string channel, e164 number, std::string permit, std::string originator,
                                 std::map<std::string, std::string> variables);
  task<result<void>> dial(std::string channel, std::string caller, int ring_seconds);
  task<result<void>> answer(std::string channel);
  task<result<void>> silence(std::string channel);  // sends silent packets until the channel ends
  task<result<void>> hang_up(std::string channel, int q850);
  task<result<void>> make_bridge(std::string bridge, std::string type);
  task<result<void>> drop_bridge(std::string bridge);
  task<result<void>> join(std::string bridge, std::string channels);
  task<result<void>> leave(std::string bridge, std::string channels);
  task<result<void>> play(std::string channel, std::string playback, std::string media);
  task<result<void>> stop_playing(std::string playback);
  // Packets of the channel's RTP stream; zeros when the channel is gone.
  struct packets {
    std::int64_t sent = 0;
    std::int64_t received = 0;
  };
  task<packets> count(std::string channel);

 private:
  task<result<void>> ask(std::string method, std::string path, boost::json::value body, bool gone_is_fine);
  net::ari& pbx_;
  std::string application_;
};

}  // namespace vss::ottb
