#include "archont/libre_lines.hpp"

#include <strings.h>

#include <charconv>

#include "base/log.hpp"

namespace vss::archont {
namespace {

constexpr int pace_ms = 100;
constexpr int phase_ms = 5;
constexpr std::uint64_t ping_every = 3000;
constexpr std::uint64_t cancel_wait = 4000;

std::uint64_t jitter(std::uint64_t least, std::uint64_t most) { return least + rand_u32() % (most - least + 1); }

// The value of a header in a raw message; names are compared without case.
std::string_view raw_header(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n", at + 2)) {
    const auto line = text.substr(at + 2, text.find("\r\n", at + 2) - at - 2);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    if (strncasecmp(line.data(), name.data(), name.size()) != 0) continue;
    const auto value = line.substr(name.size() + 1);
    return value.substr(std::min(value.find_first_not_of(' '), value.size()));
  }
  return {};
}

}  // namespace

libre_lines::libre_lines(teller tell, std::function<void(std::function<void()>)> later)
    : tell_(std::move(tell)),
      later_(std::move(later)),
      pace_ticker_(std::make_unique<libre_ticker>([this] { pace(); })),
      play_ticker_(std::make_unique<libre_ticker>([this] { play(); })) {
  pace_ticker_->start(pace_ms);
}

libre_lines::~libre_lines() {
  close_stack();
  graves_.clear();
}

void libre_lines::use(sip_settings settings) {
  if (site_.stack != nullptr && settings == site_.settings) return;
  const bool same_place = site_.stack != nullptr && settings.realm == site_.settings.realm &&
                          settings.proxy == site_.settings.proxy && settings.bind == site_.settings.bind;
  if (same_place) {
    site_.settings = std::move(settings);
    return;
  }
  close_stack();
  wanted_ = std::move(settings);
  reopen_at_ = 0;
  pace();
}

bool libre_lines::open_stack() {
  site_.settings = *wanted_;
  site_.route = "sip:" + site_.settings.proxy + ";transport=udp";
  next_port_ = static_cast<std::uint16_t>(jitter(site_.settings.rtp_first, site_.settings.rtp_last));
  ::sa local{};
  int error = sa_set_str(&local, site_.settings.bind.c_str(), 0) |
              sa_decode(&site_.proxy, site_.settings.proxy.data(), site_.settings.proxy.size());
  if (error == 0) error = sip_alloc(&site_.stack, nullptr, 1024, 1024, 1024, "vss", nullptr, this);
  if (error == 0) error = sip_transp_add(site_.stack, SIP_TRANSP_UDP, &local);
  if (error == 0) error = sip_listen(&gate_, site_.stack, true, gate, this);
  if (error == 0) error = sipsess_listen(&site_.sessions, site_.stack, 1024, invited, this);
  if (error != 0) {
    log::error("archont", "sip_not_opened", {{"address", site_.settings.bind}, {"error", error}});
    close_stack();
    return false;
  }
  sip_set_trace_handler(site_.stack, traced);
  for (auto& [number, one] : lines_) plan(one, 1);
  return true;
}

void libre_lines::close_stack() {
  for (auto& [number, one] : lines_) {
    if (one.call) one.call->hang_up();
    if (one.call) one.call->give_up();
    one.registration.reset();
    if (std::exchange(one.registered, false)) tell_line(one, sip_fact::registration_lost, 0);
    one.due = 0;
  }
  planned_.clear();
  graves_.clear();
  ping_ = static_cast<struct sip_request*>(mem_deref(ping_));
  ping_dialog_ = static_cast<struct sip_dialog*>(mem_deref(ping_dialog_));
  site_.sessions = static_cast<::sipsess_sock*>(mem_deref(site_.sessions));
  gate_ = static_cast<struct sip_lsnr*>(mem_deref(gate_));
  if (site_.stack != nullptr) sip_close(site_.stack, true);
  site_.stack = static_cast<::sip*>(mem_deref(site_.stack));
}

// ---- the edge is the only peer

bool libre_lines::gate(const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_lines*>(self);
  if (!sa_cmp(&msg->src, &mine.site_.proxy, SA_ALL)) {
    if (pl_strcmp(&msg->met, "ACK") != 0) sip_treply(nullptr, mine.site_.stack, msg, 403, "Only the edge may call");
    return true;
  }
  if (pl_strcmp(&msg->met, "OPTIONS") != 0) return false;
  sip_treply(nullptr, mine.site_.stack, msg, 200, "OK");
  return true;
}

void libre_lines::invited(const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_lines*>(self);
  const auto found = mine.lines_.find(std::string(msg->uri.user.p, msg->uri.user.l));
  if (found == mine.lines_.end() || mine.closing_) {
    sip_treply(nullptr, mine.site_.stack, msg, mine.closing_ ? 480 : 404, mine.closing_ ? "Closing" : "No such slot");
    return;
  }
  auto& one = found->second;
  if (!one.open || one.call) {
    const bool busy = one.call || one.busy_code == 486;
    sip_treply(nullptr, mine.site_.stack, msg, busy ? 486 : 480, busy ? "Busy Here" : "Temporarily Unavailable");
    return;
  }
  mine.next_incoming_ += 2;
  mine.begin_call(one, mine.next_incoming_)->accept(msg);
}

void libre_lines::traced(bool sent, enum sip_transp, const struct sa*, const struct sa*, const std::uint8_t* packet,
                         std::size_t size, void* self) {
  auto& mine = *static_cast<libre_lines*>(self);
  if (sent || mine.cancelling_.empty()) return;
  const std::string_view text(reinterpret_cast<const char*>(packet), size);
  if (!text.starts_with("SIP/2.0 ") || text.size() < 12 || !raw_header(text, "CSeq").ends_with("INVITE")) return;
  int code = 0;
  std::from_chars(text.data() + 8, text.data() + 11, code);
  const auto found = mine.cancelling_.find(std::string(raw_header(text, "Call-ID")));
  if (code < 200 || found == mine.cancelling_.end()) return;
  auto* call = found->second.first;
  mine.cancelling_.erase(found);
  call->final_after_cancel(code);
}

void libre_lines::ping(std::uint64_t now) {
  if (now < ping_at_) return;
  ping_at_ = now + ping_every;
  if (ping_ != nullptr) {
    ping_ = static_cast<struct sip_request*>(mem_deref(ping_));
    if (++pings_lost_ == 2 && !std::exchange(silent_, true)) tell_({.what = sip_fact::edge_silent});
  }
  const std::string uri = "sip:" + site_.settings.realm;
  const char* route[] = {site_.route.c_str()};
  ping_dialog_ = static_cast<struct sip_dialog*>(mem_deref(ping_dialog_));
  if (sip_dialog_alloc(&ping_dialog_, uri.c_str(), uri.c_str(), nullptr, uri.c_str(), route, 1) != 0) return;
  sip_drequestf(&ping_, site_.stack, true, "OPTIONS", ping_dialog_, 0, nullptr, nullptr, pinged, this,
                "Content-Length: 0\r\n\r\n");
}

void libre_lines::pinged(int error, const struct sip_msg* msg, void* self) {
  auto& mine = *static_cast<libre_lines*>(self);
  if (error != 0 || msg == nullptr) return;
  mine.pings_lost_ = 0;
  if (!std::exchange(mine.silent_, false)) return;
  mine.tell_({.what = sip_fact::edge_back});
  for (auto& [number, one] : mine.lines_) {
    one.failures = 0;
    mine.plan(one, tmr_jiffies() + 1);
  }
}

// ---- lines

void libre_lines::put(sip_account account) {
  auto& one = lines_[account.number];
  const bool changed =
      one.account.number.empty() || one.account.user != account.user || !(one.account.password == account.password);
  one.account = std::move(account);
  if (changed) one.not_until = 0;
  if (!changed && one.registered) return;
  one.stopped = false;
  one.failures = 0;
  plan(one, 1);
}

void libre_lines::remove(const std::string& slot) {
  const auto found = lines_.find(slot);
  if (found == lines_.end()) return;
  if (found->second.call) found->second.call->hang_up();
  if (found->second.call) found->second.call->give_up();
  found->second.registration.reset();
  lines_.erase(found);
}

void libre_lines::receive(const std::string& slot, bool open, int busy_code) {
  const auto found = lines_.find(slot);
  if (found == lines_.end()) return;
  found->second.open = open;
  found->second.busy_code = busy_code;
}

void libre_lines::dial(const std::string& slot, call_number call, const std::string& user) {
  const auto found = lines_.find(slot);
  if (found == lines_.end() || found->second.call || site_.stack == nullptr || closing_) {
    return tell_({.what = sip_fact::ended, .slot = slot, .call = call, .how = call_end::failed});
  }
  begin_call(found->second, call)->dial(user);
}

libre_call* libre_lines::call_of(const std::string& slot, call_number call) {
  const auto found = lines_.find(slot);
  if (found == lines_.end() || !found->second.call || found->second.call->number() != call) return nullptr;
  return found->second.call.get();
}

void libre_lines::hang_up(const std::string& slot, call_number call) {
  auto* one = call_of(slot, call);
  if (one == nullptr) return;
  const std::string id = one->call_id();
  one->hang_up();
  if (one->cancelled()) cancelling_[id] = {one, tmr_jiffies() + cancel_wait};
}

libre_call* libre_lines::begin_call(line& one, call_number number) {
  const auto& settings = site_.settings;
  next_port_ = static_cast<std::uint16_t>(next_port_ + 2);
  if (next_port_ >= settings.rtp_last || next_port_ < settings.rtp_first) next_port_ = settings.rtp_first;
  one.call = std::make_unique<libre_call>(
      libre_call::setting{site_, one.account, tell_, [this](libre_call& call) { bury(call); }, next_port_}, number);
  auto* call = one.call.get();
  auto* least = &phases_[0];
  for (auto& phase : phases_) {
    if (phase.size() < least->size()) least = &phase;
  }
  least->push_back(call);
  ++talking_;
  play_ticker_->start(phase_ms);
  return call;
}

void libre_lines::bury(libre_call& call) {
  for (auto& phase : phases_) talking_ -= std::erase(phase, &call);
  if (talking_ == 0) play_ticker_->stop();
  cancelling_.erase(call.call_id());
  const auto found = lines_.find(call.slot());
  if (found == lines_.end() || found->second.call.get() != &call) return;
  graves_.push_back(std::move(found->second.call));
  if (graves_.size() == 1) later_([this] { graves_.clear(); });
}

void libre_lines::play() {
  phase_ = (phase_ + 1) % phases_.size();
  const auto now = tmr_jiffies();
  for (auto* call : phases_[phase_]) call->tick(now);
}

void libre_lines::tell_line(const line& one, sip_fact what, int code) {
  tell_({.what = what, .slot = one.account.number, .code = code});
}

}  // namespace vss::archont
