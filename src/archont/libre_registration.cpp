#include "archont/libre_registration.hpp"

namespace vss::archont {

libre_registration::libre_registration(const libre_site& site, const sip_account& account, answered done)
    : site_(site),
      account_(account),
      done_(std::move(done)),
      uri_("sip:" + account.number + "@" + site.settings.realm),
      registrar_("sip:" + site.settings.realm) {}

libre_registration::~libre_registration() {
  mem_deref(request_);
  mem_deref(auth_);
  mem_deref(dialog_);
}

int libre_registration::credentials(char** user, char** password, const char*, void* self) {
  const auto& account = static_cast<libre_registration*>(self)->account_;
  return str_dup(user, account.user.c_str()) | str_dup(password, account.password.reveal().c_str());
}

int libre_registration::contact(enum sip_transp tp, const struct sa* src, const struct sa*, struct mbuf* mb,
                                void* self) {
  const auto& mine = *static_cast<libre_registration*>(self);
  return mbuf_printf(mb, "Contact: <sip:%s@%J%s>;expires=%d\r\n", mine.account_.number.c_str(), src,
                     sip_transp_param(tp), mine.expires_);
}

void libre_registration::send(int expires) {
  request_ = static_cast<struct sip_request*>(mem_deref(request_));
  expires_ = expires;
  tries_ = 0;
  int error = 0;
  if (dialog_ == nullptr) {
    const char* route[] = {site_.route.c_str()};
    error = sip_dialog_alloc(&dialog_, registrar_.c_str(), uri_.c_str(), nullptr, uri_.c_str(), route, 1);
  }
  if (error == 0 && auth_ == nullptr) error = sip_auth_alloc(&auth_, credentials, this, false);
  if (error == 0) error = request();
  if (error != 0) finish({.error = error});
}

int libre_registration::request() {
  return sip_drequestf(&request_, site_.stack, true, "REGISTER", dialog_, 0, auth_, contact, response, this,
                       "Content-Length: 0\r\n\r\n");
}

void libre_registration::response(int error, const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_registration*>(self);
  if (error != 0 || msg == nullptr) return mine.finish({.error = error != 0 ? error : EPROTO});
  if (msg->scode < 200) return;
  if ((msg->scode == 401 || msg->scode == 407) && mine.tries_++ == 0) {
    // Each round starts with a fresh challenge: the edge takes an answer once.
    sip_auth_reset(mine.auth_);
    if (sip_auth_authenticate(mine.auth_, msg) == 0 && mine.request() == 0) return;
  }
  answer a{.code = msg->scode, .expires = mine.expires_};
  const auto take = [](const struct sip_hdr* hdr, const struct sip_msg*, void* out) -> bool {
    struct sip_addr address{};
    struct pl expires{};
    if (sip_addr_decode(&address, &hdr->val) == 0 && msg_param_decode(&address.params, "expires", &expires) == 0) {
      *static_cast<int*>(out) = static_cast<int>(pl_u32(&expires));
    }
    return false;
  };
  sip_msg_hdr_apply(msg, true, SIP_HDR_CONTACT, take, &a.expires);
  mine.finish(a);
}

void libre_registration::finish(answer a) {
  sip_auth_reset(auth_);
  done_(a);
}

}  // namespace vss::archont
