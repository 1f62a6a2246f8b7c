#pragma once
// A small world around one slot for property tests: a server that leases it, a network that loses, repeats and
// reorders, a SIP agent that calls, a desk that grants permits, a carrier that counts. `run` plays one random schedule
// and answers the first broken invariant ("" when all hold). Repeatable: the seed is the schedule.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "link/slot.hpp"

namespace vss::link {

struct world_counts {
  std::uint64_t steps = 0, illegal = 0, stale = 0, invites = 0, answered = 0, faults = 0, returned = 0, reported = 0;
};

class slot_world {
 public:
  explicit slot_world(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {
    facts_.configured = chance(90);
    facts_.registered = chance(80);
    facts_.reconciling = chance(20);
    calm_ = chance(60);
    facts_.top_rung = static_cast<std::uint8_t>(below(5));
    facts_.wants_disposition = chance(10);
  }

  std::string run(int actions, world_counts& counts) {
    counts_ = &counts;
    for (int i = 0; i < actions && broken_.empty(); ++i) act();
    if (broken_.empty()) calm_down();
    return broken_;
  }

 private:
  struct lead {
    int invited = 0, reported = 0, returned = 0, refused = 0, taken = 0;
    instant permit_until{};
    bool permit_used = false;
  };
  struct parcel {
    slot_input what;
    int copies = 1;
  };

  std::uint64_t random() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t n) { return random() % n; }
  bool chance(std::uint64_t percent) { return below(100) < percent; }
  void expect(bool holds, const char* what) {
    if (!holds && broken_.empty()) broken_ = what;
  }

  void act() {
    const auto what = below(8);
    if (calm_ && what >= 6 && !chance(10)) return agent_speaks();
    switch (what) {
      case 0:
        return offer_lead();
      case 1:
      case 2:
        return deliver();
      case 3:
      case 4:
        return agent_speaks();
      case 5:
        return pass_time(milliseconds(below(4) == 0 ? below(40'000) : below(1'500)));
      case 6:
        return attribute();
      default:
        return noise();
    }
  }

  // The server: a lease with a higher epoch whenever it believes that the slot is free.
  void offer_lead() {
    if (now_ < lease_until_ && server_busy_) return;
    ++epoch_;
    leads_[epoch_] = {};
    server_busy_ = true;
    lease_until_ = now_ + seconds(30);
    mail_.push_back({slot_input{.what = slot_event::assign, .epoch = epoch_}, chance(20) ? 2 : 1});
  }

  // The network: any parcel, in any order; one in ten is lost, some arrive twice.
  void deliver() {
    if (mail_.empty()) return;
    const auto i = below(mail_.size());
    const auto input = mail_[i].what;
    if (--mail_[i].copies <= 0 || chance(10)) mail_.erase(mail_.begin() + static_cast<std::ptrdiff_t>(i));
    if (!chance(10)) feed(input);
  }

  // The SIP agent tells what may happen to its one call, or to the registration.
  void agent_speaks() {
    using e = slot_event;
    if (chance(calm_ ? 5 : 30)) {
      constexpr e words[] = {e::registered,    e::registered,        e::registration_failed,
                             e::auth_rejected, e::registration_lost, e::configured};
      return feed({.what = words[below(std::size(words))]});
    }
    if (chance(calm_ ? 2 : 20)) return feed({.what = e::inbound});
    if (calling_ == 0) return;
    constexpr e before[] = {e::trying,   e::ringing,  e::ringing, e::answered,
                            e::answered, e::rejected, e::failed,  e::bye};
    constexpr e after[] = {e::bye, e::media_lost, e::bridged, e::bye};
    auto what = up_ ? after[below(std::size(after))] : before[below(std::size(before))];
    if (dying_) what = chance(20) && !up_ ? e::answered : up_ ? e::bye : e::cancelled;
    const auto call = calling_;
    if (what == e::answered) up_ = true;
    if (what == e::rejected || what == e::failed || what == e::bye || what == e::cancelled) calling_ = 0;
    feed({.what = what, .call = call});
    if (chance(15)) feed({.what = what, .call = call});
  }

  void attribute() {
    using e = slot_event;
    constexpr e words[] = {e::drain,          e::undrain,       e::lock,          e::unlock,         e::unlock,
                           e::hold,           e::unhold,        e::unhold,        e::undrain,        e::fault,
                           e::died,           e::recover,       e::clear,         e::rung_ok,        e::rung_failed,
                           e::hangup,         e::unassign,      e::dial,          e::heartbeat_lost, e::heartbeat_back,
                           e::heartbeat_back, e::lease_renewed, e::lease_expired, e::reconciled,     e::reconciled,
                           e::boot,           e::orphan,        e::unconfigured,  e::configured};
    const auto what = words[below(std::size(words))];
    if (what == e::boot) calling_ = 0;
    feed({.what = what});
  }

  // Anything at all, from any time: old epochs, old calls, deadlines that were never armed. Only permits are not
  // invented.
  void noise() {
    slot_input in;
    in.what = static_cast<slot_event>(below(slot_events));
    if (in.what == slot_event::permit_granted || in.what == slot_event::assign) return;
    if (in.what >= slot_event::t_assign) return feed(in);
    in.epoch = chance(50) ? static_cast<std::int64_t>(below(static_cast<std::uint64_t>(epoch_) + 2)) : 0;
    in.call = chance(70) && facts_.calls > 0 ? static_cast<std::uint32_t>(below(facts_.calls) + 1) : 0;
    const bool of_a_call = in.what >= slot_event::trying && in.what <= slot_event::bye;
    if (of_a_call && (in.call == 0 || in.call == facts_.call)) in.call = 9999;
    if (in.what == slot_event::boot) calling_ = 0;
    feed(in);
  }

  void pass_time(milliseconds length) {
    const auto until = now_ + length;
    while (broken_.empty()) {
      const auto next = next_deadline(facts_);
      if (!next || *next > until) break;
      if (*next > now_) now_ = *next;
      const auto event = due(facts_, now_);
      expect(event.has_value(), "a deadline that passed has no event");
      if (event) feed({.what = *event});
    }
    now_ = until;
  }

  void feed(slot_input in) {
    if (!broken_.empty()) return;
    const auto before = facts_;
    const auto out = step(before, in, now_);
    ++counts_->steps;
    counts_->illegal += out.how == verdict::illegal;
    counts_->stale += out.how == verdict::stale;
    facts_ = out.facts;
    if (out.how != verdict::done) {
      expect(facts_ == before, "an illegal or stale event changed something");
      expect(out.hops.size() == 0 && out.effects.size() == 0, "an illegal or stale event had an effect");
      return;
    }
    check_hops(before, out);
    if (in.what == slot_event::assign && facts_.epoch == in.epoch && before.epoch != in.epoch) ++leads_[in.epoch].taken;
    for (const auto effect : out.effects) obey(effect, in, before);
    check_facts();
  }

  void check_hops(const slot_facts& before, const slot_step& out) {
    auto at = before.state;
    for (const auto& h : out.hops) {
      expect(h.from == at && h.to != h.from, "transitions do not join");
      expect(h.from != slot_state::POSTCALL || h.to != slot_state::READY, "POSTCALL went to READY");
      at = h.to;
      if (at == slot_state::FAULT) ++counts_->faults;
    }
    expect(at == out.facts.state, "the last transition is not the state");
    if (at == slot_state::IDLE) server_busy_ = false;
  }

  void check_facts() {
    const bool busy = facts_.state != slot_state::IDLE && facts_.state != slot_state::FAULT;
    expect(!busy || next_deadline(facts_).has_value(), "a busy slot without a deadline could stay for ever");
    expect(live(facts_.state) == (facts_.call != 0) || facts_.state == slot_state::ASSIGNED, "state and call disagree");
    expect(busy == (facts_.purpose != slot_purpose::none), "work without purpose or purpose without work");
    expect((facts_.fault == slot_fault::NONE) || facts_.state == slot_state::FAULT, "a fault outside FAULT");
    expect(!assignable(facts_, now_) || facts_.state == slot_state::IDLE, "capacity that is not free");
    expect(!receivable(facts_) || (facts_.registered && !facts_.drain && !facts_.locked), "reception that may not be");
  }

  void obey(slot_deed effect, const slot_input& in, const slot_facts& before) {
    using d = slot_deed;
    switch (effect) {
      case d::invite:
        return invite();
      case d::ring_back:
        begin_call();
        return;
      case d::cancel:
      case d::hang_up:
        if (before.state == slot_state::IDLE) begin_call();  // an orphan
        dying_ = true;
        return;
      case d::close_call:
        return close_call(before);
      case d::release_work:
        if (before.purpose == slot_purpose::attempt) give_back(before.epoch);
        return;
      case d::refuse_lead:
        return give_back(in.epoch);
      case d::close_lead:
        expect(leads_[before.epoch].invited == 0, "a refused lead was dialled");
        ++leads_[before.epoch].refused;
        return;
      case d::ask_permit:
        return grant();
      case d::start_rung:
        expect(facts_.rung == 0 || !live(facts_.state), "a rung with a live call");
        return;
      default:
        return;
    }
  }

  void begin_call() {
    expect(calling_ == 0 || dying_, "a second call on one slot");
    calling_ = facts_.call;
    dying_ = up_ = false;
  }

  void invite() {
    begin_call();
    ++counts_->invites;
    if (facts_.purpose == slot_purpose::internal) return;
    auto& mine = leads_[facts_.epoch];
    expect(facts_.purpose == slot_purpose::attempt, "an invite without a reason");
    expect(++mine.invited == 1, "an attempt dialled twice");
    expect(now_ < mine.permit_until && !mine.permit_used, "an invite without a fresh permit");
    mine.permit_used = true;
  }

  void close_call(const slot_facts& before) {
    const auto call = before.call != 0 ? before.call : facts_.closed;
    expect(++closed_[call] == 1, "a call with two CDRs");
    counts_->answered += facts_.was_answered;
    if (facts_.state != slot_state::POSTCALL) calling_ = 0;
    if (before.purpose == slot_purpose::attempt) {
      auto& mine = leads_[before.epoch];
      expect(mine.invited == 1, "a report of an attempt that was not dialled");
      expect(++mine.reported == 1, "an attempt with two outcomes");
      ++counts_->reported;
    }
    if (chance(85)) mail_.push_back({slot_input{.what = slot_event::saved, .call = call}, chance(20) ? 2 : 1});
  }

  void give_back(std::int64_t epoch) {
    auto& mine = leads_[epoch];
    expect(mine.invited == 0, "a lead that was dialled went back as undialled");
    ++mine.returned;
    ++counts_->returned;
  }

  void grant() {
    auto& mine = leads_[facts_.epoch];
    const auto kind = below(10);
    slot_input answer{.what = slot_event::permit_granted, .epoch = facts_.epoch};
    if (kind == 0) answer.what = slot_event::permit_refused;
    if (kind == 1) answer.what = slot_event::permit_failed;
    if (answer.what == slot_event::permit_granted) {
      mine.permit_until = now_ + seconds(3);
      answer.expires = mine.permit_until;
      answer.limit = milliseconds(chance(50) ? 25'000 : 0);
      answer.wants_bridge = chance(20);
    }
    if (kind != 2) mail_.push_back({answer, chance(20) ? 2 : 1});
  }

  // Nobody speaks any more: the deadlines alone must bring the slot to rest.
  void calm_down() {
    mail_.clear();
    for (int i = 0; i < 200 && next_deadline(facts_) && broken_.empty(); ++i) pass_time(seconds(60));
    expect(facts_.state == slot_state::IDLE || facts_.state == slot_state::FAULT, "stuck");
    expect(!next_deadline(facts_) || facts_.held, "deadlines without end");
    if (facts_.drain) expect(!live(facts_.state), "a drain that does not end");
    for (const auto& [epoch, one] : leads_) {
      if (one.taken == 0) continue;
      expect(one.returned + one.refused + one.reported == 1, "a lead that was taken has not exactly one end");
    }
    for (std::uint32_t call = 1; call <= facts_.calls; ++call) {
      if (began_.contains(call)) expect(closed_[call] == 1, "a call without its CDR");
    }
  }

  std::uint64_t state_;
  slot_facts facts_{};
  instant now_{seconds(1'000'000)};
  std::int64_t epoch_ = 0;
  bool server_busy_ = false;
  instant lease_until_{};
  std::vector<parcel> mail_;
  std::map<std::int64_t, lead> leads_;
  std::map<std::uint32_t, int> closed_;
  std::map<std::uint32_t, bool> began_;
  std::uint32_t calling_ = 0;  // the call the SIP agent has
  bool up_ = false, dying_ = false, calm_ = false;
  world_counts* counts_ = nullptr;
  std::string broken_;
};

}  // namespace vss::link
