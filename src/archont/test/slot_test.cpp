// A slot on fakes: leads, permits, calls, commands; what the broker, the server and the journal are told.
#include "archont/slot.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "archont/fake_sip_agent.hpp"

using namespace vss;
using namespace vss::archont;
using link::slot_state;

namespace {

class slots : public testing::Test {
 protected:
  slots()
      : file("/tmp/vss-slot-test-" + std::to_string(::getpid()) + ".sqlite"),
        spool((std::filesystem::remove(file), file)),
        life(loop.get_executor(), "test"),
        phone(life, time, [this](sip_event event) { one->tell(std::move(event)); }),
        world{time,
              random,
              phone,
              spool,
              life,
              {},
              [this](link::permit_request request, trail) { return permit(std::move(request)); },
              [this](const std::string& type, const boost::json::value& body) { said.emplace_back(type, body); },
              [] {},
              [this](const std::string&) { ++broken; }} {
    world.limits.cool = milliseconds(1);
    world.limits.answer = milliseconds(1);
    one = std::make_unique<slot>(world, "7001");
    life.spawn("slot", one->run());
  }
  ~slots() override {
    one->close();
    loop.restart();
    loop.run_for(milliseconds(20));
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(file + tail);
  }

  task<result<link::permit_answer>> permit(link::permit_request request) {
    asked.push_back(request.attempt);
    co_return answer;
  }
  template <class F>
  bool until(F holds, int limit_ms = 2000) {
    const auto end = std::chrono::steady_clock::now() + milliseconds(limit_ms);
    while (std::chrono::steady_clock::now() < end) {
      loop.restart();
      loop.run_for(milliseconds(1));
      if (holds()) return true;
    }
    return false;
  }
  bool in(slot_state state) {
    return until([&] { return one->facts().state == state; });
  }
  void tell(link::slot_event what) { one->tell(link::slot_input{.what = what}); }
  void link_up() {
    tell(link::slot_event::reconciled);
    tell(link::slot_event::heartbeat_back);
    tell(link::slot_event::configured);
    phone.put({"7001", "7001", secret("x"), audio_source::tone});
    EXPECT_TRUE(until([&] { return one->facts().registered && one->facts().configured; }));
  }
  offered_lead lead(std::int64_t epoch, std::string attempt) {
    link::lead_message message{1, "trail-1", std::move(attempt), "campaign", "7001", epoch, time.now() + seconds(20)};
    return {message, [this] { ++acknowledged; }, [this] { ++returned; }};
  }
  void grant() {
    link::permit_answer yes;
    yes.permitted = true;
    yes.permit = "p-0123";
    answer = yes;
  }
  std::string states() const {
    std::string out;
    for (const auto& [type, body] : said) {
      if (type != "status" || body.at("from") == body.at("to")) continue;
      out += (out.empty() ? "" : " ") + std::string(body.at("to").as_string());
    }
    return out;
  }
  boost::json::value first(journal::spool where) {
    const auto items = spool.first(where, 10);
    EXPECT_EQ(items.size(), 1U);
    return items.empty() ? boost::json::value() : *dto::parse_json(items.front().body);
  }
  bool command(std::string verb, boost::json::object args = {}, std::optional<std::int64_t> epoch = {}) {
    const auto before = said.size();
    one->tell(link::command{"c-" + verb, "t", verb, "7001", epoch, std::move(args)});
    bool ok = false;
    EXPECT_TRUE(until([&] {
      for (std::size_t i = before; i < said.size(); ++i) {
        if (said[i].first != "command_done") continue;
        ok = said[i].second.at("ok").as_bool();
        return true;
      }
      return false;
    }));
    return ok;
  }

  boost::asio::io_context loop;
  system_clock time;
  system_random random;
  std::string file;
  journal spool;
  scope life;
  fake_sip_agent phone;
  slot_world world;
  std::unique_ptr<slot> one;
  result<link::permit_answer> answer = fail(errc::unavailable, "no server");
  std::vector<std::string> asked;
  std::vector<std::pair<std::string, boost::json::value>> said;
  int acknowledged = 0, returned = 0, broken = 0;
};

constexpr const char* attempt_a = "0190a0b0-0000-7000-8000-00000000000a";
constexpr const char* attempt_b = "0190a0b0-0000-7000-8000-00000000000b";

}  // namespace

TEST_F(slots, a_lead_becomes_one_call_one_report_and_one_cdr) {
  link_up();
  grant();
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until(
      [&] { return spool.first(journal::spool::report, 1).size() == 1 && one->facts().state == slot_state::IDLE; }));
  EXPECT_EQ(states(), "ASSIGNED REGISTERING READY CALLING ACTIVE_CALL POSTCALL IDLE");
  EXPECT_EQ(phone.dialled, std::vector<std::string>{"p-0123"});
  EXPECT_EQ(acknowledged, 1);
  EXPECT_EQ(returned, 0);
  const auto report = first(journal::spool::report);
  EXPECT_EQ(report.at("outcome"), "answered");
  EXPECT_EQ(report.at("attempt"), attempt_a);
  EXPECT_EQ(report.at("epoch"), 1);
  const auto cdr = first(journal::spool::cdr);
  EXPECT_EQ(cdr.at("call_id"), attempt_a);
  EXPECT_EQ(cdr.at("rtp_received"), 50);
  EXPECT_TRUE(spool.open_attempts().empty());
}

TEST_F(slots, a_duplicate_delivery_is_acknowledged_and_not_dialled) {
  link_up();
  grant();
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return !spool.first(journal::spool::report, 1).empty(); }));
  ASSERT_TRUE(in(slot_state::IDLE));
  one->tell(lead(1, attempt_a));
  one->tell(lead(2, attempt_a));
  ASSERT_TRUE(until([&] { return acknowledged == 3; }));
  EXPECT_EQ(phone.dialled.size(), 1U);
}

TEST_F(slots, a_busy_slot_gives_the_second_lead_back) {
  link_up();
  grant();
  phone.behaves = [](const std::string&) { return fake_call_plan{.talk = milliseconds(-1)}; };
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  one->tell(lead(2, attempt_b));
  ASSERT_TRUE(until([&] { return returned == 1; }));
  EXPECT_EQ(phone.dialled.size(), 1U);
}

TEST_F(slots, nothing_is_dialled_before_the_server_has_welcomed_us) {
  grant();
  tell(link::slot_event::configured);
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return returned == 1; }));
  EXPECT_TRUE(asked.empty());
}

TEST_F(slots, a_refused_permit_closes_the_lead_and_leaves_no_trace_of_a_call) {
  link_up();
  link::permit_answer no;
  no.reason = "outside_window";
  answer = no;
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return acknowledged == 1; }));
  ASSERT_TRUE(in(slot_state::IDLE));
  EXPECT_TRUE(phone.dialled.empty());
  EXPECT_TRUE(spool.first(journal::spool::cdr, 1).empty());
  EXPECT_TRUE(spool.first(journal::spool::report, 1).empty());
}

TEST_F(slots, a_server_that_is_away_gets_its_lead_back) {
  link_up();
  world.limits.permit_again = milliseconds(1);
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return returned == 1; }));
  EXPECT_EQ(asked.size(), 4U);
  EXPECT_TRUE(phone.dialled.empty());
}

TEST_F(slots, outcomes_follow_the_code) {
  link_up();
  grant();
  const std::pair<int, const char*> table[] = {
      {486, "busy"}, {480, "no_answer"}, {404, "invalid"}, {603, "rejected"}, {500, "failed"}};
  std::int64_t epoch = 0;
  for (const auto& [code, outcome] : table) {
    const int final_code = code;
    phone.behaves = [final_code](const std::string&) { return fake_call_plan{.code = final_code}; };
    ++epoch;
    one->tell(lead(epoch, "0190a0b0-0000-7000-8000-00000000001" + std::to_string(epoch)));
    ASSERT_TRUE(until(
        [&] { return !spool.first(journal::spool::report, 1).empty() && one->facts().state == slot_state::IDLE; }));
    const auto report = first(journal::spool::report);
    EXPECT_EQ(report.at("outcome"), outcome) << code;
    spool.drop(journal::spool::report, {std::string(report.at("attempt").as_string())});
    const auto cdr = first(journal::spool::cdr);
    spool.drop(journal::spool::cdr, {std::string(cdr.at("call_id").as_string())});
  }
}

TEST_F(slots, nobody_answers_is_no_answer) {
  link_up();
  grant();
  world.limits.ring = milliseconds(20);
  phone.behaves = [](const std::string&) { return fake_call_plan{.final_after = milliseconds(-1)}; };
  answer->ring_seconds = -5;  // the slot adds 5 s to the server's own limit
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return !spool.first(journal::spool::report, 1).empty(); }));
  EXPECT_EQ(first(journal::spool::report).at("outcome"), "no_answer");
}

TEST_F(slots, an_edge_that_says_nothing_at_all_is_failed) {
  link_up();
  grant();
  world.limits.setup = milliseconds(20);
  phone.behaves = [](const std::string&) { return fake_call_plan{.ring_after = milliseconds(-1)}; };
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return !spool.first(journal::spool::report, 1).empty(); }));
  EXPECT_EQ(first(journal::spool::report).at("outcome"), "failed");
}

TEST_F(slots, a_call_comes_in_without_the_server) {
  tell(link::slot_event::configured);
  phone.put({"7001", "7001", secret("x"), audio_source::tone});
  ASSERT_TRUE(until([&] { return phone.busy_code("7001") == 0; }));
  ASSERT_TRUE(phone.call_in("7001", 3, "0190a0b0-0000-7000-8000-0000000000cc"));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  EXPECT_EQ(phone.busy_code("7001"), 486);
  phone.far_side_hangs_up("7001");
  ASSERT_TRUE(in(slot_state::IDLE));
  const auto cdr = first(journal::spool::cdr);
  EXPECT_EQ(cdr.at("direction"), "inbound");
  EXPECT_EQ(cdr.at("call_id"), "0190a0b0-0000-7000-8000-0000000000cc");
  EXPECT_EQ(cdr.at("outcome"), "answered");
  EXPECT_EQ(phone.busy_code("7001"), 0);
}

TEST_F(slots, commands_dial_internal_numbers_only) {
  link_up();
  phone.behaves = [](const std::string&) { return fake_call_plan{.talk = milliseconds(-1)}; };
  EXPECT_FALSE(command("dial", {{"to", "+74951234567"}}));
  EXPECT_FALSE(command("dial", {{"to", "p-0123456789abcdef0123456789abcdef"}}));
  EXPECT_TRUE(command("dial", {{"to", "1001"}}));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  EXPECT_EQ(phone.dialled, std::vector<std::string>{"1001"});
  EXPECT_TRUE(command("dtmf", {{"digits", "42"}}));
  EXPECT_EQ(phone.digits, std::vector<std::string>{"42"});
  EXPECT_FALSE(command("dial", {{"to", "1001"}}));
  EXPECT_TRUE(command("hangup"));
  ASSERT_TRUE(in(slot_state::IDLE));
  EXPECT_EQ(first(journal::spool::cdr).at("hangup_by"), "operator");
  EXPECT_FALSE(command("dance"));
}

TEST_F(slots, a_hang_up_meant_for_one_call_ends_no_other) {
  link_up();
  grant();
  phone.behaves = [](const std::string&) { return fake_call_plan{.talk = milliseconds(-1)}; };
  one->tell(lead(2, attempt_b));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  EXPECT_FALSE(command("hangup", {}, 1)) << "that call is over";
  EXPECT_EQ(one->facts().state, slot_state::ACTIVE_CALL);
  EXPECT_TRUE(command("hangup", {}, 2));
  ASSERT_TRUE(in(slot_state::IDLE));
  EXPECT_EQ(first(journal::spool::cdr).at("hangup_by"), "operator");
  EXPECT_TRUE(command("dial", {{"to", "1001"}}));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  EXPECT_FALSE(command("hangup", {}, 2)) << "it comes late: this call is no attempt";
  EXPECT_EQ(one->facts().state, slot_state::ACTIVE_CALL);
  EXPECT_TRUE(command("hangup"));
}

TEST_F(slots, drain_and_lock_close_the_door) {
  link_up();
  EXPECT_TRUE(command("drain"));
  EXPECT_EQ(phone.busy_code("7001"), 480);
  one->tell(lead(1, attempt_a));
  ASSERT_TRUE(until([&] { return returned == 1; }));
  EXPECT_TRUE(command("undrain"));
  EXPECT_TRUE(command("lock"));
  EXPECT_FALSE(phone.call_in("7001", 3, ""));
  EXPECT_TRUE(command("unlock"));
  EXPECT_TRUE(until([&] { return phone.busy_code("7001") == 0; }));
}

TEST_F(slots, a_fault_is_told_and_healed_by_registering) {
  link_up();
  phone.registers = false;
  EXPECT_TRUE(command("fault"));
  EXPECT_EQ(one->facts().state, slot_state::FAULT);
  EXPECT_EQ(broken, 1);
  EXPECT_EQ(one->picture().fault_code, "OPERATOR");
  phone.registers = true;
  EXPECT_TRUE(command("recover"));
  ASSERT_TRUE(in(slot_state::IDLE));
}

TEST_F(slots, the_server_may_end_what_only_we_still_see) {
  link_up();
  grant();
  phone.behaves = [](const std::string&) { return fake_call_plan{.talk = milliseconds(-1)}; };
  one->tell(lead(5, attempt_a));
  ASSERT_TRUE(in(slot_state::ACTIVE_CALL));
  EXPECT_TRUE(command("recover"));
  ASSERT_TRUE(in(slot_state::IDLE));
}

TEST_F(slots, a_new_life_goes_on_in_the_epoch_of_the_last_one) {
  link_up();
  grant();
  one->tell(lead(5, attempt_a));
  ASSERT_TRUE(until([&] { return acknowledged == 1; }));
  ASSERT_TRUE(in(slot_state::IDLE));
  const slot reborn(world, "7001");
  EXPECT_EQ(reborn.picture().epoch, 5) << "else the server takes its words for old ones";
  EXPECT_EQ(slot(world, "7002").picture().epoch, 0);
}

TEST_F(slots, a_call_of_an_earlier_life_is_unknown_and_never_dialled_again) {
  spool.begin_attempt(attempt_b, "7009", 7, "trail-2");
  slot reborn(world, "7009");
  reborn.restore(spool.open_attempts().front());
  EXPECT_EQ(reborn.facts().state, slot_state::IDLE);
  EXPECT_EQ(reborn.picture().epoch, 7);
  EXPECT_EQ(states(), "IDLE");
  EXPECT_EQ(first(journal::spool::report).at("outcome"), "unknown");
  EXPECT_EQ(first(journal::spool::cdr).at("hangup_by"), "lost");
  EXPECT_TRUE(spool.open_attempts().empty());
  EXPECT_TRUE(spool.knows_attempt(attempt_b));
}
