#include "ottb/pbx_service.hpp"

#include "base/log.hpp"

namespace vss::ottb {
namespace {

constexpr std::size_t inbox_bound = 200;
constexpr seconds longest{600};

bool is_slot(const std::string& who) {
  return who.size() >= 4 && who.size() <= 6 && who.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

pbx_service::pbx_service(pbx_world& world, std::string channel, std::string call_id, std::string who,
                         std::string sip_call_id)
    : world_(world), inbox_(world.work.on(), inbox_bound), channel_(std::move(channel)) {
  fact_.call_id = std::move(call_id);
  fact_.story.id = fact_.call_id;
  fact_.direction = is_slot(who) ? call_direction::internal : call_direction::inbound;
  if (is_slot(who)) fact_.slot = std::move(who);
  fact_.slot_call_id = std::move(sip_call_id);
  fact_.started_at = world.time.now();
}

task<void> pbx_service::run(std::shared_ptr<pbx_service> self, std::string flow) {
  (void)self;
  auto document = co_await world_.flow_of(std::move(flow));
  const auto answered = co_await world_.verbs.answer(channel_);
  if (!document || !answered) {
    log::failed("ottb", "service_call_not_served", document ? answered.error() : document.error(),
                {{"call", fact_.call_id}});
    const auto ended = co_await world_.verbs.hang_up(channel_, 38);
    if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", channel_}});
    inbox_.close();
    co_return;
  }
  fact_.answered_at = world_.time.now();
  flow_ = std::make_unique<ivr_machine>(*document, "en");
  co_await act(flow_->start());
  const instant until = fact_.started_at + longest;
  while (open_) {
    const instant next = wait_until_ ? std::min(*wait_until_, until) : until;
    auto event =
        co_await inbox_.pop(std::max(milliseconds{1}, std::chrono::ceil<milliseconds>(next - world_.time.now())));
    if (event) {
      co_await apply(std::move(*event));
    } else if (wait_until_ && world_.time.now() >= *wait_until_) {
      wait_until_.reset();
      co_await act(flow_->silence());
    } else if (world_.time.now() >= until + seconds{10}) {
      break;  // told to end and never heard of again
    } else if (world_.time.now() >= until) {
      fact_.hangup_by = "limit";
      const auto ended = co_await world_.verbs.hang_up(channel_, 16);
      if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", channel_}});
      co_await pause(milliseconds{1000});
    }
  }
  fact_.ended_at = world_.time.now();
  fact_.outcome = link::outcome::answered;
  if (fact_.hangup_by.empty()) fact_.hangup_by = "caller";
  if (world_.ended) world_.ended(fact_);
  inbox_.close();
}

task<void> pbx_service::apply(pbx_event event) {
  if (event.type == "ChannelDtmfReceived" && !event.digit.empty()) {
    fact_.dtmf += event.digit;
    wait_until_.reset();
    co_await act(flow_->digit(event.digit.front()));
  } else if (event.type == "PlaybackFinished" && event.playback == playback_) {
    playback_.clear();
    co_await act(flow_->played());
  } else if (event.type == "ChannelVarset" && event.sent >= 0) {
    fact_.rtp_sent = event.sent;
    fact_.rtp_received = event.received;
  } else if (event.type == "ChannelDestroyed" || event.type == "StasisEnd" || event.type == "lost") {
    // whichever comes first: a channel that has left the application may end without another word
    open_ = false;
    fact_.q850 = event.cause;
    fact_.sip_code = event.tech_cause;
  }
}

task<void> pbx_service::act(std::vector<ivr_action> actions) {
  for (const auto& action : actions) {
    if (action.verb == ivr_verb::play) {
      playback_ = "pb-" + fact_.call_id + "-" + std::to_string(++playbacks_);
      const auto played = co_await world_.verbs.play(channel_, playback_, action.media);
      if (!played) log::failed("ottb", "prompt_not_played", played.error(), {{"media", action.media}});
    } else if (action.verb == ivr_verb::stop_playing && !playback_.empty()) {
      const std::string which = std::exchange(playback_, {});
      const auto stopped = co_await world_.verbs.stop_playing(which);
      if (!stopped) log::failed("ottb", "prompt_not_stopped", stopped.error(), {{"playback", which}});
    } else if (action.verb == ivr_verb::wait) {
      wait_until_ = world_.time.now() + action.length;
    } else if (action.verb == ivr_verb::hang_up) {
      fact_.hangup_by = "flow";
      const auto packets = co_await world_.verbs.count(channel_);
      fact_.rtp_sent = packets.sent;
      fact_.rtp_received = packets.received;
      const auto ended = co_await world_.verbs.hang_up(channel_, 16);
      if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"channel", channel_}});
    }
  }
}

}  // namespace vss::ottb
