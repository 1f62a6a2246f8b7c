// The slot's state machine, row by row where people depend on it, and 100,000 random schedules (a million: module
// ring).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "link/test/slot_world.hpp"

using namespace vss;
using namespace vss::link;
using e = slot_event;
using d = slot_deed;
using s = slot_state;

namespace {

// A slot in virtual time.
struct bench {
  slot_facts facts{.configured = true, .registered = true};
  instant now{seconds(1'000'000)};
  slot_step last{};

  bench& on(slot_input in) {
    last = step(facts, in, now);
    facts = last.facts;
    return *this;
  }
  bench& on(e what) { return on(slot_input{.what = what}); }
  bench& call(e what) { return on(slot_input{.what = what, .call = facts.call}); }
  bench& wait(milliseconds length) {
    const auto until = now + length;
    while (const auto next = next_deadline(facts)) {
      if (*next > until) break;
      now = std::max(now, *next);
      on(*due(facts, now));
    }
    now = until;
    return *this;
  }
  bench& assign() { return on(slot_input{.what = e::assign, .epoch = facts.seen + 1}); }
  bench& permit(milliseconds valid = seconds(3)) {
    return on(slot_input{.what = e::permit_granted, .epoch = facts.epoch, .expires = now + valid});
  }
  bench& calling() { return assign().permit(); }
  bool did(d effect) const { return last.effects.has(effect); }
};

std::string path(const slot_step& out) {
  std::string text;
  for (const auto& h : out.hops)
    text += (text.empty() ? std::string(name(h.from)) : "") + " " + std::string(name(h.to));
  return text;
}

}  // namespace

TEST(slot, a_lead_walks_to_ready_at_once_when_registered) {
  bench b;
  b.assign();
  EXPECT_EQ(path(b.last), "IDLE ASSIGNED REGISTERING READY");
  EXPECT_TRUE(b.did(d::ask_permit));
  EXPECT_FALSE(b.did(d::register_now));
}

TEST(slot, an_unregistered_slot_registers_first) {
  bench b;
  b.facts.registered = false;
  b.assign();
  EXPECT_EQ(b.facts.state, s::REGISTERING);
  EXPECT_TRUE(b.did(d::register_now));
  b.on(e::registered);
  EXPECT_EQ(b.facts.state, s::READY);
  EXPECT_TRUE(b.did(d::ask_permit));
}

TEST(slot, the_whole_call_ends_in_idle) {
  bench b;
  b.calling();
  EXPECT_EQ(b.facts.state, s::CALLING);
  ASSERT_EQ(b.last.effects.size(), 2U);
  EXPECT_EQ(*b.last.effects.begin(), d::write_intent);  // the intent is written before anything leaves
  EXPECT_EQ(*(b.last.effects.begin() + 1), d::invite);
  b.call(e::trying).call(e::ringing).call(e::answered);
  EXPECT_EQ(b.facts.state, s::ACTIVE_CALL);
  b.call(e::bye);
  EXPECT_EQ(b.facts.state, s::POSTCALL);
  EXPECT_TRUE(b.did(d::close_call));
  b.on({.what = e::saved, .call = b.facts.closed});
  EXPECT_EQ(b.facts.state, s::POSTCALL);  // cools down first
  b.wait(milliseconds(500));
  EXPECT_EQ(path(b.last), "POSTCALL IDLE");
}

TEST(slot, no_permit_no_call) {
  bench b;
  b.assign();
  b.permit(milliseconds(0));  // expired on arrival: the lead goes back unchanged
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_TRUE(b.did(d::release_work));
  b.assign().on({.what = e::permit_granted, .epoch = b.facts.epoch - 1, .expires = b.now + seconds(3)});
  EXPECT_EQ(b.last.how, verdict::stale);
  EXPECT_EQ(b.facts.state, s::READY);
  b.on({.what = e::permit_refused, .epoch = b.facts.epoch});
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_TRUE(b.did(d::close_lead));
}

TEST(slot, a_permit_that_cannot_be_had_is_asked_for_four_times) {
  bench b;
  b.assign();
  int asked = 1;
  while (b.facts.state == s::READY && asked < 20) {
    b.on({.what = e::permit_failed, .epoch = b.facts.epoch});
    b.wait(milliseconds(300));
    asked += b.did(d::ask_permit);
  }
  EXPECT_EQ(asked, 4);
  EXPECT_EQ(b.facts.state, s::IDLE);
}

TEST(slot, an_incoming_call_walks_to_calling_without_the_server) {
  bench b;
  b.facts.unreachable = true;
  b.on(e::inbound);
  EXPECT_EQ(path(b.last), "IDLE ASSIGNED REGISTERING READY CALLING");
  EXPECT_TRUE(b.did(d::ring_back));
  b.wait(milliseconds(200));
  EXPECT_TRUE(b.did(d::answer));
  b.call(e::answered);
  EXPECT_EQ(b.facts.state, s::ACTIVE_CALL);
  b.on(e::inbound);
  EXPECT_TRUE(b.did(d::refuse_call));  // one call per slot
}

TEST(slot, a_busy_slot_refuses_a_second_lead_and_a_drained_one_any) {
  bench b;
  b.calling().assign();
  EXPECT_TRUE(b.did(d::refuse_lead));
  EXPECT_EQ(b.facts.state, s::CALLING);
  bench c;
  c.on(e::drain).assign();
  EXPECT_TRUE(c.did(d::refuse_lead));
}

TEST(slot, a_repeated_lead_is_stale) {
  bench b;
  b.assign();
  b.on({.what = e::assign, .epoch = b.facts.epoch});
  EXPECT_EQ(b.last.how, verdict::stale);
}

TEST(slot, nobody_answers) {
  bench b;
  b.on({.what = e::assign, .epoch = 1});
  b.on({.what = e::permit_granted, .epoch = 1, .expires = b.now + seconds(3), .limit = seconds(20)});
  b.call(e::trying).call(e::ringing).wait(seconds(19));
  EXPECT_FALSE(b.facts.ending);
  b.wait(seconds(1));
  EXPECT_TRUE(b.facts.ending);
  EXPECT_TRUE(b.did(d::cancel));
  b.call(e::cancelled);
  EXPECT_EQ(b.facts.state, s::POSTCALL);
}

TEST(slot, the_answer_may_cross_our_cancel) {
  bench b;
  b.calling().call(e::ringing).on(e::hangup).call(e::answered);
  EXPECT_EQ(b.facts.state, s::ACTIVE_CALL);  // it was answered, and counts as answered
  EXPECT_TRUE(b.did(d::hang_up));
  b.call(e::bye);
  EXPECT_EQ(b.facts.state, s::POSTCALL);
}

TEST(slot, a_silent_agent_cannot_hold_a_call) {
  bench b;
  b.calling().wait(seconds(8));
  EXPECT_TRUE(b.did(d::cancel));
  b.wait(seconds(5));
  EXPECT_EQ(b.facts.state, s::POSTCALL);
}

TEST(slot, a_live_call_is_never_recovered_and_survives_the_loss_of_the_server) {
  bench b;
  b.calling().call(e::answered).on(e::heartbeat_lost);
  EXPECT_TRUE(b.facts.suspect);
  b.wait(seconds(120)).on(e::recover);
  EXPECT_EQ(b.last.how, verdict::illegal);
  b.on(e::fault);
  EXPECT_EQ(b.last.how, verdict::illegal);
  EXPECT_EQ(b.facts.state, s::ACTIVE_CALL);
  b.on(e::heartbeat_back);
  EXPECT_FALSE(b.facts.suspect);
}

TEST(slot, reach_is_an_attribute_and_never_a_fault) {
  bench b;
  b.assign().on(e::heartbeat_lost).wait(seconds(9));
  EXPECT_EQ(b.facts.state, s::READY);
  b.wait(seconds(60));
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_EQ(b.facts.fault, slot_fault::NONE);
}

TEST(slot, lost_registration_and_its_recovery) {
  bench b;
  b.on(e::registration_lost);
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_TRUE(b.did(d::tell));
  b.on(e::registered).assign().on(e::registration_lost);
  EXPECT_EQ(b.facts.fault, slot_fault::LINK);
  EXPECT_TRUE(b.did(d::release_work));
  EXPECT_TRUE(b.did(d::start_rung));
  b.on(e::registered);
  EXPECT_EQ(path(b.last), "FAULT IDLE");
}

TEST(slot, wrong_credentials_are_not_tried_again) {
  bench b;
  b.on(e::auth_rejected);
  EXPECT_EQ(b.facts.state, s::IDLE);
  b.on(e::auth_rejected);
  EXPECT_EQ(b.facts.fault, slot_fault::AUTH);
  EXPECT_TRUE(b.did(d::stop_registering));
  EXPECT_FALSE(next_deadline(b.facts).has_value());
  b.on(e::configured);
  EXPECT_TRUE(b.did(d::register_now));
  b.on(e::registered);
  EXPECT_EQ(b.facts.state, s::IDLE);
}

TEST(slot, the_ladder_ends_in_quarantine_and_a_person_opens_it) {
  bench b;
  b.facts.top_rung = 1;
  b.on({.what = e::fault, .fault = slot_fault::DEVICE});
  EXPECT_TRUE(b.did(d::start_rung));
  b.wait(seconds(15));
  EXPECT_EQ(b.facts.rung, 0);  // R0 twice
  b.wait(seconds(15));
  EXPECT_EQ(b.facts.rung, 1);
  b.wait(seconds(15));
  EXPECT_TRUE(b.facts.quarantine);
  b.on(e::rung_ok);
  EXPECT_EQ(b.facts.state, s::FAULT);
  b.on(e::clear).on(e::rung_ok);
  EXPECT_EQ(b.facts.state, s::IDLE);
}

TEST(slot, a_common_cause_stops_the_ladder) {
  bench b;
  b.facts.top_rung = 1;
  b.on(e::died).on(e::hold).wait(seconds(600));
  EXPECT_EQ(b.facts.rung, 0);
  EXPECT_FALSE(b.facts.quarantine);
}

TEST(slot, four_faults_in_half_an_hour_are_flapping) {
  bench b;
  for (int i = 0; i < 3; ++i) {
    b.on(e::died).on(e::rung_ok);
    EXPECT_EQ(b.facts.state, s::IDLE);
  }
  b.on(e::died);
  EXPECT_TRUE(b.facts.quarantine);
  EXPECT_TRUE(b.did(d::alert));
}

TEST(slot, drain_lets_a_call_finish_and_ends) {
  bench b;
  b.calling().call(e::answered).on(e::drain).wait(seconds(600));
  EXPECT_TRUE(b.did(d::ask_drain));
  EXPECT_EQ(b.facts.state, s::ACTIVE_CALL);
  b.call(e::bye).on({.what = e::saved, .call = b.facts.closed}).wait(seconds(1));
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_FALSE(assignable(b.facts, b.now));
  bench c;
  c.assign().on(e::drain);
  EXPECT_EQ(c.facts.state, s::IDLE);
  EXPECT_TRUE(c.did(d::release_work));
}

TEST(slot, boot_closes_the_calls_that_died_with_the_process) {
  bench b;
  b.calling().call(e::answered).on(e::boot);
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_TRUE(b.did(d::close_call));
  b.assign();
  EXPECT_TRUE(b.did(d::refuse_lead));  // no dial before reconcile ends
  b.on(e::reconciled).assign();
  EXPECT_EQ(b.facts.state, s::READY);
}

TEST(slot, an_operator_who_does_not_come_is_a_safe_harbour_after_two_seconds) {
  bench b;
  b.on({.what = e::assign, .epoch = 1});
  b.on({.what = e::permit_granted, .epoch = 1, .expires = b.now + seconds(3), .wants_bridge = true});
  b.call(e::answered).wait(seconds(2));
  EXPECT_TRUE(b.did(d::play_harbour));
  b.wait(seconds(30));
  EXPECT_TRUE(b.did(d::hang_up));
  b.call(e::bye);
  EXPECT_EQ(b.facts.state, s::POSTCALL);
}

TEST(slot, a_journal_that_cannot_write_delays_a_slot_no_longer_than_half_a_minute) {
  bench b;
  b.calling().call(e::rejected).wait(seconds(29));
  EXPECT_EQ(b.facts.state, s::POSTCALL);
  b.wait(seconds(1));
  EXPECT_EQ(b.facts.state, s::IDLE);
  EXPECT_TRUE(b.facts.spooled);
}

TEST(slot, every_name_is_spelled) {
  EXPECT_EQ(name(s::ACTIVE_CALL), "ACTIVE_CALL");
  EXPECT_EQ(name(e::t_rung), "t_rung");
  EXPECT_EQ(name(slot_fault::DIED_ACTIVE), "DIED_ACTIVE");
  EXPECT_EQ(name(slot_guard::ladder_left), "ladder_left");
  EXPECT_EQ(name(d::tell), "tell");
}

TEST(slot, the_document_is_the_table) {
  const std::string file = "docs/slot-fsm.md";  // tests run at the top of the checkout
  if (std::getenv("VSS_WRITE_DOCS") != nullptr) std::ofstream(file) << slot_fsm_markdown();
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_TRUE(text == slot_fsm_markdown()) << "docs/slot-fsm.md is not the table: VSS_WRITE_DOCS=1 link_test writes it";
}

TEST(slot_schedules, a_hundred_thousand_break_no_invariant) {
#ifdef NDEBUG
  constexpr std::uint64_t schedules = 100'000;
#else
  constexpr std::uint64_t schedules = 10'000;  // unoptimised and sanitised builds
#endif
  world_counts counts;
  for (std::uint64_t seed = 0; seed < schedules; ++seed) {
    ASSERT_EQ(slot_world(seed + 7'000'000).run(40, counts), "") << "seed " << seed + 7'000'000;
  }
  EXPECT_GT(counts.invites, 1'000U);
}
