#pragma once
// One call of one slot on libre's thread: the SIP session (RFC 3261, RFC 3264), its audio socket and its packets. It
// says `ended` once; after that it only waits to be buried. A CANCEL that crosses the 200 is answered by ACK and BYE
// (libre does it); the answer is told as `answered` before `ended`, because it did happen.
#include <memory>

#include "archont/libre_registration.hpp"
#include "archont/rtp_socket.hpp"

namespace vss::archont {

class libre_call {
 public:
  struct setting {
    const libre_site& site;
    const sip_account& account;
    std::function<void(sip_event)> tell;    // `at` is filled by the agent
    std::function<void(libre_call&)> bury;  // the session is over: free it when the stack has unwound
    std::uint16_t rtp_start;
  };
  libre_call(setting where, call_number number);
  ~libre_call();
  libre_call(const libre_call&) = delete;
  libre_call& operator=(const libre_call&) = delete;

  call_number number() const { return number_; }
  const std::string& slot() const { return where_.account.number; }
  const std::string& call_id() const { return call_id_; }
  bool cancelled() const { return cancelled_; }

  void dial(const std::string& user);
  void accept(const struct sip_msg* msg);  // rings
  void answer();
  void hang_up();
  void renew_media();
  void send_digits(const std::string& digits) { stream_.send_digits(digits); }
  void tick(std::uint64_t now_ms);                 // every 20 ms
  void final_after_cancel(int code);               // seen on the wire: how our CANCEL ended
  void give_up() { end(call_end::cancelled, 0); }  // nobody said how it ended

 private:
  static int credentials(char** user, char** password, const char* realm, void* self);
  static int offer(struct mbuf** out, const struct sip_msg* msg, void* self);
  static int answered(const struct sip_msg* msg, void* self);
  static void progress(const struct sip_msg* msg, void* self);
  static void established(const struct sip_msg* msg, void* self);
  static void closed(int error, const struct sip_msg* msg, void* self);

  bool open_media();
  void heard(const ::sa& from, std::span<const std::uint8_t> datagram);
  void take_description(const struct sip_msg* msg, bool offered);
  void note_ids(const struct sip_msg* msg);
  void tell(sip_fact what, int code = 0);
  void end(call_end how, int code);

  setting where_;
  call_number number_;
  rtp_stream stream_;
  std::unique_ptr<rtp_socket> socket_;
  ::sipsess* session_ = nullptr;
  ::sdp_session* description_ = nullptr;
  ::sdp_media* media_ = nullptr;
  bool outgoing_ = true, up_ = false, cancelled_ = false, ended_ = false, described_ = false, said_lost_ = false;
  std::uint64_t heard_ms_ = 0;
  std::string call_id_, vss_call_id_;
};

}  // namespace vss::archont
