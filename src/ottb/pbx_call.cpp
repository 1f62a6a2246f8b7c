#include "ottb/pbx_call.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "base/log.hpp"

namespace vss::ottb {
namespace {

constexpr std::size_t inbox_bound = 500;
constexpr milliseconds set_up_limit{8000};   // T_setup, docs/slot-fsm.md
constexpr milliseconds leg_patience{5000};   // for the end of a leg that was told to end
constexpr milliseconds edge_patience{3000};  // for the carrier's last word after we cancelled
constexpr milliseconds longest_retry{300000};

// PostgreSQL may be away for a while, and neither an outcome nor an opt-out must be lost.
task<void> until_heard(std::string what, std::string attempt, std::function<task<result<void>>()> tell) {
  milliseconds wait{100};
  for (milliseconds waited{0}; waited < longest_retry; waited += wait) {
    const auto told = co_await tell();
    if (told) co_return;
    log::failed("ottb", what, told.error(), {{"attempt", attempt}});
    if (told.error().kind != errc::unavailable && told.error().kind != errc::timeout) co_return;
    co_await pause(wait);
    wait = std::min(wait * 2, milliseconds{3000});
  }
}

int polite_cause(const leg_facts& facts) { return facts.answered ? 16 : facts.q850 != 0 ? facts.q850 : 38; }

}  // namespace

pbx_call::pbx_call(pbx_world& world, std::string permit, std::string slot, std::string slot_channel,
                   std::string slot_call_id)
    : world_(world),
      inbox_(world.work.on(), inbox_bound),
      permit_(std::move(permit)),
      slot_(std::move(slot)),
      slot_channel_(std::move(slot_channel)),
      slot_call_id_(std::move(slot_call_id)),
      started_at_(world.time.now()),
      began_(world.time.steady()) {}

void pbx_call::adopt(consumed_permit order, std::string lead_channel, std::string lead_call_id, bool up) {
  order_ = std::move(order);
  lead_channel_ = std::move(lead_channel);
  lead_call_id_ = std::move(lead_call_id);
  bridge_ = "br-" + order_.attempt;
  lead_open_ = true;
  adopted_ = true;
  dialled_ = true;
  facts_.answered = up;
  if (!up) return;
  answered_at_ = world_.time.now();
  up_ = world_.time.steady();
  background("answered", world_.permits.answered(order_.attempt, *answered_at_, trying_));
}

void pbx_call::background(std::string name, task<result<void>> work) {
  const auto watched = [](task<result<void>> body, std::string what, std::string attempt) -> task<void> {
    const auto done = co_await std::move(body);
    if (!done) log::failed("ottb", what, done.error(), {{"attempt", attempt}});
  };
  world_.work.spawn(name, watched(std::move(work), name, order_.attempt));
}

task<void> pbx_call::run(std::shared_ptr<pbx_call> self) {
  bool ready = adopted_;
  if (!ready) ready = co_await set_up(self);
  if (ready) {
    if (adopted_ && facts_.answered) co_await start_flow(self);
    co_await follow(self);
    co_await hear_the_edge_out(self);
    finish();
  }
  inbox_.close();
}

// The permit is the first thing that happens: who has none is gone before anything else is asked of the PBX.
task<bool> pbx_call::consume(std::shared_ptr<pbx_call> self) {
  auto consumed = co_await world_.permits.consume(permit_, slot_, slot_call_id_);
  if (!consumed) {
    log::failed("ottb", "permit_not_consumed", consumed.error(), {{"slot", slot_}});
    co_await end_leg(slot_channel_, 38);
    co_return false;
  }
  if (const auto* refusal = std::get_if<permit_refusal>(&*consumed)) {
    log::warn("ottb", "permit_refused", {{"slot", slot_}, {"permit", permit_}, {"why", name(*refusal)}});
    co_await end_leg(slot_channel_, 21);
    co_return false;
  }
  order_ = std::move(std::get<consumed_permit>(*consumed));
  lead_channel_ = "lead-" + order_.attempt;
  bridge_ = "br-" + order_.attempt;
  world_.route_channel(lead_channel_, self);
  co_return true;
}

task<bool> pbx_call::set_up(std::shared_ptr<pbx_call> self) {
  const bool mine = co_await consume(self);
  if (!mine) co_return false;
  std::map<std::string, std::string> variables{{"VSS_ROLE", "lead"},
                                               {"VSS_PERMIT", permit_},
                                               {"VSS_SLOT", slot_},
                                               {"VSS_ATTEMPT", order_.attempt},
                                               {"PJSIP_HEADER(add,X-VSS-Call-ID)", order_.attempt},
                                               {"CALLERID(num)", order_.caller_id}};
  // The PBX keeps no order between our requests: what needs the bridge is asked for when the bridge is there.
  using namespace boost::asio::experimental::awaitable_operators;
  auto bridge = world_.verbs.make_bridge(bridge_, "mixing");
  auto lead = world_.verbs.create_lead(lead_channel_, order_.number, permit_, slot_channel_, std::move(variables));
  const auto both = co_await (std::move(bridge) && std::move(lead));
  const auto& [bridged, made] = both;
  if (!bridged) log::failed("ottb", "bridge_not_made", bridged.error(), {{"attempt", order_.attempt}});
  if (!made) {
    log::failed("ottb", "lead_channel_not_made", made.error(), {{"attempt", order_.attempt}});
    facts_.q850 = 38;
    hangup_by_ = "platform";
    co_await end_leg(slot_channel_, 38);
    finish();
    co_return false;
  }
  lead_open_ = true;
  // `create` answers before the channel is in the application: dialling before its StasisStart loses the call.
  const auto until = world_.time.steady() + set_up_limit;
  for (;;) {
    auto event = co_await inbox_.pop(std::chrono::ceil<milliseconds>(until - world_.time.steady()));
    if (!event) {
      hangup_by_ = "platform";
      co_await end_leg(lead_channel_, 38);
      co_return true;
    }
    if (event->type == "StasisStart" && event->channel == lead_channel_) {
      lead_call_id_ = event->protocol_id;
      break;
    }
    co_await apply(std::move(*event), self);
    if (!lead_open_ || !slot_open_) co_return true;
  }
  const auto joined = co_await world_.verbs.join(bridge_, slot_channel_ + "," + lead_channel_);
  if (!joined) log::failed("ottb", "legs_not_joined", joined.error(), {{"attempt", order_.attempt}});
  dialled_ = true;
  const auto dialled = co_await world_.verbs.dial(lead_channel_, slot_channel_, order_.ring_seconds);
  if (!dialled) {
    log::failed("ottb", "lead_not_dialled", dialled.error(), {{"attempt", order_.attempt}});
    hangup_by_ = "platform";
    co_await end_leg(lead_channel_, 38);
  }
  co_return true;
}

milliseconds pbx_call::patience() const {
  const auto now = world_.time.steady();
  auto until =
      answered_at_ ? up_ + seconds{order_.max_call_seconds} : began_ + seconds{order_.ring_seconds} + set_up_limit;
  if (wait_until_) until = std::min(until, *wait_until_);
  return std::max(milliseconds{1}, std::chrono::ceil<milliseconds>(until - now));
}

// Until both legs have ended. A leg whose end is never announced is given up after `leg_patience`.
task<void> pbx_call::follow(std::shared_ptr<pbx_call> self) {
  int unanswered_ends = 0;
  while (lead_open_ || slot_open_) {
    const bool one_gone = !lead_open_ || !slot_open_ || unanswered_ends > 0;
    const milliseconds limit = one_gone ? leg_patience : patience();
    auto event = co_await inbox_.pop(limit);
    if (event) {
      co_await apply(std::move(*event), self);
      continue;
    }
    if (one_gone && ++unanswered_ends > 2) break;
    if (wait_until_ && !one_gone && world_.time.steady() >= *wait_until_) {
      wait_until_.reset();
      co_await act(flow_->silence(), self);
      continue;
    }
    if (hangup_by_.empty()) hangup_by_ = answered_at_ ? "limit" : "platform";
    if (unanswered_ends == 0) ++unanswered_ends;
    if (lead_open_)
      co_await end_lead(16);
    else if (slot_open_)
      co_await end_leg(slot_channel_, polite_cause(facts_));
  }
}

// Asterisk ends a channel when it cancels; the carrier may answer in that very moment, and a person was reached then
// (docs/slot-fsm.md, the CANCEL/200 race). Only the edge knows how it ended.
task<void> pbx_call::hear_the_edge_out(std::shared_ptr<pbx_call> self) {
  const auto until = world_.time.steady() + edge_patience;
  while (dialled_ && !facts_.answered && !edge_answered_ && !edge_over_ && !facts_.blocked_at_edge) {
    const auto left = std::chrono::ceil<milliseconds>(until - world_.time.steady());
    if (left.count() <= 0) break;
    auto event = co_await inbox_.pop(left);
    if (event) co_await apply(std::move(*event), self);
  }
  // No word at all: the carrier did not even answer our CANCEL, so nobody knows whether it rang through.
  const bool our_timer = facts_.ring_timeout || facts_.q850 == 19;
  if (dialled_ && our_timer && !facts_.answered && !edge_answered_ && !edge_over_) {
    facts_.trying = facts_.silence = true;
  }
  if (edge_answered_ && !facts_.answered) {
    facts_.answered = true;
    answered_at_ = world_.time.now();
    hangup_by_ = "platform";
  }
}

task<void> pbx_call::apply(pbx_event event, std::shared_ptr<pbx_call> self) {
  const bool lead = event.channel == lead_channel_ && !lead_channel_.empty();
  if (event.type == "Dial" && lead) {
    if ((event.dial_status == "RINGING" || event.dial_status == "PROGRESS") && !ringing_at_) {
      ringing_at_ = world_.time.now();
      facts_.ringing = true;
      background("ringing", world_.permits.ringing(order_.attempt, *ringing_at_, trying_));
    }
    if (event.dial_status == "NOANSWER") facts_.ring_timeout = true;
    if (event.dial_status == "ANSWER" && !facts_.answered) co_await on_answer(self);
  } else if (event.type == "ChannelDtmfReceived" && lead) {
    dtmf_ += event.digit;
    if (flow_ && !event.digit.empty()) {
      wait_until_.reset();
      co_await act(flow_->digit(event.digit.front()), self);
    }
  } else if (event.type == "PlaybackFinished" && event.playback == playback_) {
    playback_.clear();
    if (flow_) co_await act(flow_->played(), self);
  } else if (event.type == "ChannelVarset" && lead && event.sent >= 0) {
    packets_ = {event.sent, event.received};
  } else if (event.type == "edge.blocked") {
    facts_.blocked_at_edge = true;
  } else if (event.type == "edge.routed") {
    trunks_ = std::move(event.trunks);
    trying_ = trunks_.empty() ? 0 : trunks_.front();
  } else if (event.type == "edge.trunk_result") {
    trunk_ = event.trunk;
    const auto tried = std::ranges::find(trunks_, event.trunk);
    if (!event.final_word && tried != trunks_.end() && tried + 1 != trunks_.end()) trying_ = *(tried + 1);
    facts_.trying = event.saw >= 100;
    facts_.ringing = facts_.ringing || event.saw >= 180;
    facts_.silence = event.silent && event.final_word;
    edge_over_ = edge_over_ || event.final_word;
  } else if (event.type == "edge.answered") {
    trunk_ = trying_ = event.trunk;
    edge_answered_ = true;
  } else if (event.type == "edge.over") {
    edge_over_ = true;
  } else if (event.type == "hang_up") {
    hangup_by_ = event.reason;
    if (lead_open_) co_await end_lead(16);
  } else if (event.type == "ChannelDestroyed" || event.type == "lost") {
    if (event.type == "lost") on_lost(event.channel);
    if (lead && lead_open_) {
      lead_open_ = false;
      facts_.sip_code = event.tech_cause;
      facts_.q850 = event.cause;
      // The PBX died with the call in it: what the carrier did since then, nobody heard.
      if (event.type == "lost") facts_.trying = facts_.silence = true;
      if (hangup_by_.empty()) hangup_by_ = "lead";
      if (slot_open_) co_await end_leg(slot_channel_, polite_cause(facts_));
    } else if (event.channel == slot_channel_ && slot_open_) {
      slot_open_ = false;
      if (lead_open_) {
        if (hangup_by_.empty()) hangup_by_ = "slot";
        facts_.slot_left = !facts_.answered;
        co_await end_lead(16);
      }
    }
  }
}

void pbx_call::on_lost(const std::string& channel) {
  const std::string& call_id = channel == slot_channel_ ? slot_call_id_ : lead_call_id_;
  if (!call_id.empty()) background("end_dialogs", world_.end_dialogs(call_id));
}

task<void> pbx_call::on_answer(std::shared_ptr<pbx_call> self) {
  facts_.answered = true;
  answered_at_ = world_.time.now();
  up_ = world_.time.steady();
  // The slot's 200 first; what else there is to do would only take the processor from it.
  const auto passed = co_await world_.verbs.answer(slot_channel_);
  if (!passed && slot_open_) log::failed("ottb", "answer_slot", passed.error(), {{"attempt", order_.attempt}});
  background("answered", world_.permits.answered(order_.attempt, *answered_at_, trying_));
  co_await start_flow(self);
}

task<void> pbx_call::start_flow(std::shared_ptr<pbx_call> self) {
  if (order_.mode != "ivr" || order_.flow.empty()) co_return;
  auto document = co_await world_.flow_of(order_.flow);
  if (!document) {
    log::failed("ottb", "flow_not_there", document.error(), {{"attempt", order_.attempt}});
    hangup_by_ = "platform";
    co_await end_leg(lead_channel_, 16);
    co_return;
  }
  flow_ = std::make_unique<ivr_machine>(*document, "en");
  const auto apart = co_await world_.verbs.leave(bridge_, slot_channel_ + "," + lead_channel_);
  if (!apart) log::failed("ottb", "legs_not_parted", apart.error(), {{"attempt", order_.attempt}});
  background("slot_silence", world_.verbs.silence(slot_channel_));
  co_await act(flow_->start(), self);
}

task<void> pbx_call::act(std::vector<ivr_action> actions, std::shared_ptr<pbx_call> self) {
  for (const auto& action : actions) {
    switch (action.verb) {
      case ivr_verb::play: {
        playback_ = "pb-" + order_.attempt + "-" + std::to_string(++playbacks_);
        const auto played = co_await world_.verbs.play(lead_channel_, playback_, action.media);
        if (!played && lead_open_) {
          log::failed("ottb", "prompt_not_played", played.error(),
                      {{"attempt", order_.attempt}, {"media", action.media}});
          co_await act(flow_->played(), self);
        }
        break;
      }
      case ivr_verb::stop_playing:
        if (!playback_.empty()) background("stop_playing", world_.verbs.stop_playing(std::exchange(playback_, {})));
        break;
      case ivr_verb::wait:
        wait_until_ = world_.time.steady() + action.length;
        break;
      case ivr_verb::opt_out: {
        const auto tell = [&permits = world_.permits, attempt = order_.attempt] {
          return permits.opt_out(attempt, "dtmf");
        };
        world_.books.spawn("opt_out", until_heard("opt_out_not_stored", order_.attempt, tell));
        break;
      }
      case ivr_verb::hang_up:
        hangup_by_ = "flow";
        co_await end_lead(16);
        break;
    }
  }
}

// A leg that we end leaves before Asterisk has set its counts: asked first.
task<void> pbx_call::end_lead(int q850) {
  if (facts_.answered && packets_.sent == 0) packets_ = co_await world_.verbs.count(lead_channel_);
  co_await end_leg(lead_channel_, q850);
}

task<void> pbx_call::end_leg(std::string channel, int q850) {
  const std::string which = channel;
  const auto ended = co_await world_.verbs.hang_up(std::move(channel), q850);
  if (!ended) log::failed("ottb", "leg_not_ended", ended.error(), {{"attempt", order_.attempt}, {"channel", which}});
}

void pbx_call::finish() {
  const auto now = world_.time.now();
  background("drop_bridge", world_.verbs.drop_bridge(bridge_));
  call_end facts{order_.attempt,
                 outcome_of(facts_),
                 facts_.sip_code,
                 facts_.q850,
                 trunk_,
                 ringing_at_,
                 answered_at_,
                 now,
                 dtmf_,
                 hangup_by_,
                 lead_call_id_,
                 packets_.sent,
                 packets_.received};
  call_ended fact{order_.story,
                  order_.attempt,
                  call_direction::outbound,
                  slot_,
                  order_.attempt,
                  order_.campaign,
                  trunk_,
                  started_at_,
                  ringing_at_,
                  answered_at_,
                  now,
                  facts.outcome,
                  facts.sip_code,
                  facts.q850,
                  hangup_by_,
                  packets_.sent,
                  packets_.received,
                  dtmf_,
                  slot_call_id_,
                  lead_call_id_};
  if (world_.ended) world_.ended(fact);
  const auto tell = [&permits = world_.permits, facts] { return permits.ended(facts); };
  world_.books.spawn("tell_end", until_heard("end_not_stored", order_.attempt, tell));
}

}  // namespace vss::ottb
