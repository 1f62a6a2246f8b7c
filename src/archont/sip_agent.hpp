#pragma once
// The slots' SIP user agents as the archont sees them: commands go in, events come out on the archont's executor. One
// implementation on libre with a thread of its own (libre_agent.hpp), one fake (fake_sip_agent.hpp). At most one call
// per slot; a call is named by a number that is never used again. Every call that began ends with exactly one `ended`.
#include <cstdint>
#include <functional>
#include <string>

#include "archont/rtp_stream.hpp"
#include "base/clock.hpp"
#include "base/secret.hpp"

namespace vss::archont {

using call_number = std::uint64_t;

struct sip_settings {
  std::string realm;
  std::string proxy;  // "127.0.0.1:24060": the only peer that is listened to
  std::string bind;   // address of SIP and RTP; the SIP port is the kernel's choice
  std::uint16_t rtp_first = 0, rtp_last = 0;
  int register_expires = 120;
  int registrations_per_second = 50;
  milliseconds media_lost{8000};
  friend bool operator==(const sip_settings&, const sip_settings&) = default;
};

struct sip_account {
  std::string number;  // "7001": user part and the slot's name
  std::string user;
  secret password;
  audio_source audio = audio_source::tone;
};

enum class sip_fact : std::uint8_t {
  registered,
  registration_failed,
  auth_rejected,
  registration_lost,
  edge_silent,
  edge_back,  // of the proxy, without slot
  incoming,
  trying,
  ringing,
  answered,
  digit,
  media_lost,
  ended
};

enum class call_end : std::uint8_t { rejected, failed, cancelled, bye, local };

struct sip_event {
  sip_fact what = sip_fact::registered;
  std::string slot{};
  call_number call = 0;
  instant at{};
  int code = 0;  // final SIP code, 0: none
  call_end how = call_end::bye;
  std::string call_id{};      // SIP Call-ID of the slot's leg
  std::string vss_call_id{};  // X-VSS-Call-ID, "" when the edge did not say
  rtp_counters rtp{};         // ended
  std::string digits{};       // digit: the one; ended: all that came
  std::string digits_sent{};  // ended
};

class sip_agent {
 public:
  virtual ~sip_agent() = default;
  using listener = std::function<void(sip_event)>;

  virtual void use(sip_settings settings) = 0;      // a change of address or proxy ends all calls
  virtual void put(sip_account account) = 0;        // adds or changes; registers when it is new or changed
  virtual void remove(std::string slot) = 0;        // unregisters
  virtual void register_now(std::string slot) = 0;  // an answer event follows in any case
  virtual void stop_registering(std::string slot) = 0;
  // Whether an incoming call is offered (event `incoming`, 180 goes out) or gets `busy_code`.
  virtual void receive(std::string slot, bool open, int busy_code) = 0;
  // user@realm; `ended` follows also when nothing could be sent.
  virtual void dial(std::string slot, call_number call, std::string user) = 0;
  virtual void answer(std::string slot, call_number call) = 0;
  virtual void hang_up(std::string slot, call_number call) = 0;  // CANCEL, BYE or 486, as it fits
  virtual void send_digits(std::string slot, call_number call, std::string digits) = 0;
  virtual void renew_media(std::string slot, call_number call) = 0;  // re-INVITE with the same description
  // Ends calls, takes registrations back, ends the thread. Blocks at most `limit`.
  virtual void close(milliseconds limit) = 0;
};

}  // namespace vss::archont
