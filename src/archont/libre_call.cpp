#include "archont/libre_call.hpp"

namespace vss::archont {
namespace {

constexpr const char* body_type = "application/sdp";

std::string text(const ::pl& from) { return from.p == nullptr ? std::string() : std::string(from.p, from.l); }

}  // namespace

libre_call::libre_call(setting where, call_number number)
    : where_(std::move(where)),
      number_(number),
      stream_(rand_u32(), static_cast<std::uint16_t>(rand_u16() & 0x7fff), where_.account.audio) {}

libre_call::~libre_call() {
  mem_deref(session_);
  mem_deref(description_);
}

bool libre_call::open_media() {
  ::sa local{};
  const auto& settings = where_.site.settings;
  if (sa_set_str(&local, settings.bind.c_str(), 0) != 0) return false;
  auto socket =
      rtp_socket::open(local, settings.rtp_first, settings.rtp_last, where_.rtp_start,
                       [this](const ::sa& from, std::span<const std::uint8_t> datagram) { heard(from, datagram); });
  if (!socket) return false;
  socket_ = std::move(*socket);
  if (sdp_session_alloc(&description_, &local) != 0 ||
      sdp_media_add(&media_, description_, "audio", socket_->port(), "RTP/AVP") != 0) {
    return false;
  }
  const auto format = [this](const char* id, const char* name, const char* params) {
    return sdp_format_add(nullptr, media_, false, id, name, 8000, 1, nullptr, nullptr, nullptr, false, params);
  };
  return (format("8", "PCMA", nullptr) | format("0", "PCMU", nullptr) | format("101", "telephone-event", "0-15") |
          sdp_media_set_lattr(media_, true, "ptime", "20")) == 0;
}

void libre_call::dial(const std::string& user) {
  const std::string to = "sip:" + user + "@" + where_.site.settings.realm;
  const std::string from = "sip:" + slot() + "@" + where_.site.settings.realm;
  const char* route[] = {where_.site.route.c_str()};
  struct mbuf* body = nullptr;
  int error = open_media() ? sdp_encode(&body, description_, true) : EADDRINUSE;
  if (error == 0) {
    error = sipsess_connect(&session_, where_.site.sessions, to.c_str(), nullptr, from.c_str(), slot().c_str(), route,
                            1, body_type, body, credentials, this, false, offer, answered, progress, established,
                            nullptr, nullptr, closed, this, nullptr);
  }
  mem_deref(body);
  if (error != 0) return end(call_end::failed, 0);
  call_id_ = sip_dialog_callid(sipsess_dialog(session_));
}

void libre_call::accept(const struct sip_msg* msg) {
  outgoing_ = false;
  note_ids(msg);
  call_id_ = text(msg->callid);
  const bool described = open_media() && (mbuf_get_left(msg->mb) == 0 || sdp_decode(description_, msg->mb, true) == 0);
  described_ = described && mbuf_get_left(msg->mb) != 0;
  if (described) take_description(nullptr, true);
  const int error = described ? sipsess_accept(&session_, where_.site.sessions, msg, 180, "Ringing", slot().c_str(),
                                               body_type, nullptr, credentials, this, false, offer, answered,
                                               established, nullptr, nullptr, closed, this, nullptr)
                              : EPROTO;
  if (error == 0) return tell(sip_fact::incoming);
  sip_treply(nullptr, where_.site.stack, msg, 488, "Not Acceptable Here");
  ended_ = true;  // nobody was told of it
  where_.bury(*this);
}

void libre_call::answer() {
  if (outgoing_ || up_ || session_ == nullptr) return;
  struct mbuf* body = nullptr;
  if (sdp_encode(&body, description_, !described_) == 0) sipsess_answer(session_, 200, "OK", body, nullptr);
  mem_deref(body);
}

void libre_call::hang_up() {
  if (ended_ || cancelled_) return;
  if (!outgoing_ && !up_) sipsess_reject(session_, 486, "Busy Here", nullptr);
  session_ = static_cast<::sipsess*>(mem_deref(session_));  // sends CANCEL or BYE, whichever is due
  if (outgoing_ && !up_)
    cancelled_ = true;  // the end comes with the final answer
  else
    end(call_end::local, 0);
}

void libre_call::final_after_cancel(int code) {
  if (!cancelled_ || ended_) return;
  if (code < 300) tell(sip_fact::answered, code);
  end(code < 300 ? call_end::local : call_end::cancelled, code);
}

void libre_call::renew_media() {
  if (!up_ || session_ == nullptr) return;
  struct mbuf* body = nullptr;
  if (sdp_encode(&body, description_, true) == 0) sipsess_modify(session_, body);
  mem_deref(body);
}

int libre_call::credentials(char** user, char** password, const char*, void* self) {
  const auto& account = static_cast<libre_call*>(self)->where_.account;
  return str_dup(user, account.user.c_str()) | str_dup(password, account.password.reveal().c_str());
}

int libre_call::offer(struct mbuf** out, const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_call*>(self);
  const bool offered = mbuf_get_left(msg->mb) != 0;
  if (offered) mine.take_description(msg, true);
  return sdp_encode(out, mine.description_, !offered);
}

int libre_call::answered(const struct sip_msg* msg, void* self) {
  if (mbuf_get_left(msg->mb) != 0) static_cast<libre_call*>(self)->take_description(msg, false);
  return 0;
}

void libre_call::progress(const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_call*>(self);
  mine.note_ids(msg);
  if (mbuf_get_left(msg->mb) != 0) mine.take_description(msg, false);
  mine.tell(msg->scode == 100 ? sip_fact::trying : sip_fact::ringing, msg->scode);
}

void libre_call::established(const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_call*>(self);
  mine.note_ids(msg);
  mine.up_ = true;
  mine.heard_ms_ = tmr_jiffies();
  mine.tell(sip_fact::answered, 200);
}

void libre_call::closed(int error, const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_call*>(self);
  if (mine.up_) return mine.end(error == ETIMEDOUT ? call_end::failed : call_end::bye, 0);
  if (!mine.outgoing_) return mine.end(error == ETIMEDOUT ? call_end::failed : call_end::cancelled, 487);
  const int code = msg != nullptr ? msg->scode : 0;
  const bool judged = code >= 400 && code != 408 && (code < 500 || code >= 600);
  mine.end(judged ? call_end::rejected : call_end::failed, code);
}

void libre_call::note_ids(const struct sip_msg* msg) {
  const auto* header = sip_msg_xhdr(msg, "X-VSS-Call-ID");
  if (header != nullptr) vss_call_id_ = text(header->val).substr(0, 64);
}

// The peer's description is in force: where to send, in which of our codecs, and how digits travel.
void libre_call::take_description(const struct sip_msg* msg, bool offered) {
  if (msg != nullptr && sdp_decode(description_, msg->mb, offered) != 0) return;
  const auto* codec = sdp_media_rformat(media_, nullptr);
  const auto* events = sdp_media_rformat(media_, "telephone-event");
  stream_.use(codec != nullptr && codec->pt == 0 ? 0 : 8, events != nullptr ? events->pt : 0);
}

void libre_call::tick(std::uint64_t now_ms) {
  if (ended_ || cancelled_ || socket_ == nullptr) return;
  const auto* peer = sdp_media_raddr(media_);
  if (peer == nullptr || sa_port(peer) == 0 || !sa_isset(peer, SA_ADDR)) return;
  if ((sdp_media_dir(media_) & SDP_SENDONLY) != 0) {
    rtp_stream::packet packet;
    const auto size = stream_.next(packet);
    socket_->send(*peer, std::span(packet).first(size));
  }
  const bool listens = up_ && (sdp_media_dir(media_) & SDP_RECVONLY) != 0;
  const auto limit = static_cast<std::uint64_t>(where_.site.settings.media_lost.count());
  if (!listens)
    heard_ms_ = now_ms;
  else if (!said_lost_ && now_ms > heard_ms_ + limit) {
    said_lost_ = true;
    tell(sip_fact::media_lost);
  }
}

void libre_call::heard(const ::sa& from, std::span<const std::uint8_t> datagram) {
  const auto* peer = sdp_media_raddr(media_);
  if (ended_ || peer == nullptr || !sa_cmp(peer, &from, SA_ADDR)) return;
  heard_ms_ = tmr_jiffies();
  said_lost_ = false;
  const char digit = stream_.receive(datagram);
  if (digit == 0) return;
  sip_event event{.what = sip_fact::digit, .slot = slot(), .call = number_, .digits = std::string(1, digit)};
  where_.tell(std::move(event));
}

void libre_call::tell(sip_fact what, int code) {
  if (ended_) return;
  where_.tell(
      {.what = what, .slot = slot(), .call = number_, .code = code, .call_id = call_id_, .vss_call_id = vss_call_id_});
}

void libre_call::end(call_end how, int code) {
  if (ended_) return;
  where_.tell({.what = sip_fact::ended,
               .slot = slot(),
               .call = number_,
               .code = code,
               .how = how,
               .call_id = call_id_,
               .vss_call_id = vss_call_id_,
               .rtp = stream_.counters(),
               .digits = stream_.digits_received(),
               .digits_sent = stream_.digits_sent()});
  ended_ = true;
  where_.bury(*this);
}

}  // namespace vss::archont
