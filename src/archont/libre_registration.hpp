#pragma once
// One slot's registration at the edge on libre's thread: REGISTER with digest, one request at a time, never by its own
// clock: when to send is the agent's business (paced, with jitter). Wrong credentials are not tried twice in a round.
#include <re/re.h>

#include <cstdint>
#include <functional>
#include <string>

#include "archont/sip_agent.hpp"

namespace vss::archont {

// What all slots of one agent share.
struct libre_site {
  sip_settings settings;
  ::sip* stack = nullptr;
  ::sipsess_sock* sessions = nullptr;
  ::sa proxy{};
  std::string route;  // "sip:127.0.0.1:24060;transport=udp"
};

class libre_registration {
 public:
  struct answer {
    int error = 0;  // errno-like of libre; ETIMEDOUT: nobody answered
    int code = 0;
    int expires = 0;
    bool ok() const { return error == 0 && code >= 200 && code < 300; }
    bool refused() const { return code == 401 || code == 403 || code == 407; }
  };
  using answered = std::function<void(answer)>;

  libre_registration(const libre_site& site, const sip_account& account, answered done);
  ~libre_registration();
  libre_registration(const libre_registration&) = delete;
  libre_registration& operator=(const libre_registration&) = delete;

  void send(int expires);  // 0 takes it back. A request under way is forgotten.
  bool waiting() const { return request_ != nullptr; }

 private:
  static int credentials(char** user, char** password, const char* realm, void* self);
  static int contact(enum sip_transp tp, const struct sa* src, const struct sa* dst, struct mbuf* mb, void* self);
  static void response(int error, const struct sip_msg* msg, void* self);
  int request();
  void finish(answer a);

  const libre_site& site_;
  const sip_account& account_;
  answered done_;
  std::string uri_, registrar_;
  ::sip_dialog* dialog_ = nullptr;
  ::sip_auth* auth_ = nullptr;
  struct sip_request* request_ = nullptr;
  int expires_ = 0;
  int tries_ = 0;
};

}  // namespace vss::archont
