#pragma once
// The working side of libre_agent, all of it on libre's thread: the stack, the lines (one per slot), their
// registrations and calls. Private to src/archont.
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "archont/libre_call.hpp"
#include "archont/libre_thread.hpp"

namespace vss::archont {

class libre_lines {
 public:
  using teller = std::function<void(sip_event)>;
  // `later` runs work on this thread after the current callback has unwound.
  libre_lines(teller tell, std::function<void(std::function<void()>)> later);
  ~libre_lines();
  libre_lines(const libre_lines&) = delete;
  libre_lines& operator=(const libre_lines&) = delete;

  void use(sip_settings settings);
  void put(sip_account account);
  void remove(const std::string& slot);
  void register_now(const std::string& slot);
  void stop_registering(const std::string& slot);
  void receive(const std::string& slot, bool open, int busy_code);
  void dial(const std::string& slot, call_number call, const std::string& user);
  void hang_up(const std::string& slot, call_number call);
  libre_call* call_of(const std::string& slot, call_number call);
  std::size_t calls() const { return talking_; }
  // Hangs up, takes registrations back; `done` is called once when nothing is left.
  void close(std::function<void()> done);

 private:
  struct line {
    sip_account account;
    bool open = false, registered = false, stopped = false, asked = false;
    int busy_code = 480;
    int failures = 0;
    std::uint64_t due = 0;        // when to register, 0: not planned
    std::uint64_t not_until = 0;  // the edge has refused these credentials: whoever asks, nothing is sent before
    std::unique_ptr<libre_registration> registration{};
    std::unique_ptr<libre_call> call{};
  };

  static bool gate(const struct sip_msg* msg, void* self);
  static void invited(const struct sip_msg* msg, void* self);
  static void traced(bool sent, enum sip_transp tp, const struct sa* src, const struct sa* dst,
                     const std::uint8_t* packet, std::size_t size, void* self);
  static void pinged(int error, const struct sip_msg* msg, void* self);

  bool open_stack();
  void close_stack();
  void pace();
  void ping(std::uint64_t now);
  void plan(line& one, std::uint64_t at);
  void registration_answer(const std::string& slot, libre_registration::answer a);
  libre_call* begin_call(line& one, call_number number);
  void bury(libre_call& call);
  void play();
  void tell_line(const line& one, sip_fact what, int code);

  teller tell_;
  std::function<void(std::function<void()>)> later_;
  libre_site site_{};
  struct sip_lsnr* gate_ = nullptr;
  std::map<std::string, line> lines_;
  std::multimap<std::uint64_t, std::string> planned_;
  std::array<std::vector<libre_call*>, 4> phases_;  // calls by the quarter of 20 ms in which they speak
  std::size_t phase_ = 0, talking_ = 0;
  std::map<std::string, std::pair<libre_call*, std::uint64_t>> cancelling_;  // by Call-ID, until when
  std::vector<std::unique_ptr<libre_call>> graves_;
  std::uint16_t next_port_ = 0;
  call_number next_incoming_ = 1;  // odd; the archont's own are even
  std::optional<sip_settings> wanted_;
  std::uint64_t reopen_at_ = 0;
  struct sip_request* ping_ = nullptr;
  struct sip_dialog* ping_dialog_ = nullptr;
  std::uint64_t ping_at_ = 0;
  int pings_lost_ = 0;
  bool silent_ = false, closing_ = false;
  std::function<void()> closed_;
  std::unique_ptr<libre_ticker> pace_ticker_, play_ticker_;
};

}  // namespace vss::archont
