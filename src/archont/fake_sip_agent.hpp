#pragma once
// A SIP agent without SIP: registers whatever it is given, and plays each call as planned. For tests of slots and for
// the bench of the lead pipeline.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archont/sip_agent.hpp"
#include "base/async.hpp"
#include "base/scope.hpp"

namespace vss::archont {

// How a dialled call goes on: ringing, then a final code (200: answered, talk, BYE by the far side). -1: never comes.
struct fake_call_plan {
  milliseconds ring_after{1};
  milliseconds final_after{1};
  int code = 200;
  milliseconds talk{1};
};

class fake_sip_agent final : public sip_agent {
 public:
  fake_sip_agent(scope& life, const vss::clock& time, listener heard)
      : life_(life), time_(time), heard_(std::make_shared<listener>(std::move(heard))) {}

  std::function<fake_call_plan(const std::string& user)> behaves = [](const std::string&) { return fake_call_plan{}; };
  bool registers = true;
  std::vector<std::string> dialled;  // user parts, in order
  std::vector<std::string> digits;

  void use(sip_settings) override {}
  void put(sip_account account) override {
    if (registers) say({.what = sip_fact::registered, .slot = account.number});
  }
  void remove(std::string slot) override { lines_.erase(slot); }
  void register_now(std::string slot) override {
    say({.what = registers ? sip_fact::registered : sip_fact::registration_failed, .slot = std::move(slot)});
  }
  void stop_registering(std::string) override {}
  void receive(std::string slot, bool open, int busy_code) override { lines_[slot].busy = open ? 0 : busy_code; }
  void dial(std::string slot, call_number call, std::string user) override {
    dialled.push_back(user);
    lines_[slot].call = call;
    life_.spawn("fake call", play(std::move(slot), call, behaves(user)));
  }
  void answer(std::string slot, call_number call) override {
    if (lines_[slot].call == call) say({.what = sip_fact::answered, .slot = std::move(slot), .call = call});
  }
  void hang_up(std::string slot, call_number call) override {
    const bool up = lines_[slot].up;
    end(std::move(slot), call, up ? call_end::local : call_end::cancelled, up ? 0 : 487);
  }
  void send_digits(std::string, call_number, std::string sent) override { digits.push_back(std::move(sent)); }
  void renew_media(std::string, call_number) override {}
  void close(milliseconds) override {}

  // A call from outside. false: the slot does not take it.
  bool call_in(const std::string& slot, call_number call, std::string id) {
    auto& line = lines_[slot];
    if (line.busy != 0 || line.call != 0) return false;
    line.call = call;
    say({.what = sip_fact::incoming, .slot = slot, .call = call, .vss_call_id = std::move(id)});
    return true;
  }
  void far_side_hangs_up(const std::string& slot) { end(slot, lines_[slot].call, call_end::bye, 0); }
  int busy_code(const std::string& slot) { return lines_[slot].busy; }
  void say(sip_event event) {
    event.at = time_.now();
    post(life_.on(), [heard = std::weak_ptr(heard_), event = std::move(event)]() mutable {
      if (const auto alive = heard.lock()) (*alive)(std::move(event));
    });
  }

 private:
  struct line {
    call_number call = 0;
    int busy = 480;
    bool up = false;
  };
  void end(std::string slot, call_number call, call_end how, int code) {
    auto& line = lines_[slot];
    if (line.call != call || call == 0) return;
    line = {.call = 0, .busy = line.busy, .up = false};
    say({.what = sip_fact::ended,
         .slot = std::move(slot),
         .call = call,
         .code = code,
         .how = how,
         .call_id = "fake-" + std::to_string(call),
         .rtp = {50, 50, 0}});
  }
  task<void> play(std::string slot, call_number call, fake_call_plan plan) {
    const auto here = [&] { return lines_[slot].call == call; };
    if (plan.ring_after.count() < 0) co_return;
    co_await pause(plan.ring_after);
    if (here()) say({.what = sip_fact::ringing, .slot = slot, .call = call});
    if (plan.final_after.count() < 0) co_return;
    co_await pause(plan.final_after);
    if (!here()) co_return;
    if (plan.code != 200) co_return end(slot, call, plan.code < 500 ? call_end::rejected : call_end::failed, plan.code);
    lines_[slot].up = true;
    say({.what = sip_fact::answered, .slot = slot, .call = call});
    if (plan.talk.count() < 0) co_return;
    co_await pause(plan.talk);
    end(slot, call, call_end::bye, 0);
  }

  scope& life_;
  const vss::clock& time_;
  std::shared_ptr<listener> heard_;  // what is said on the way is not heard after our end
  std::map<std::string, line> lines_;
};

}  // namespace vss::archont
