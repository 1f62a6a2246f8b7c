// A whole hub against a server that speaks the real protocol over real TLS: enrolment, configuration, numbered words
// that arrive once and in order whatever the link does, commands, reports, restarts.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "archont/archont.hpp"
#include "archont/fake_sip_agent.hpp"
#include "archont/test/fake_server.hpp"
#include "net/test/engines.hpp"

using namespace vss;
using namespace vss::archont;

namespace {

class hubs : public testing::Test {
 protected:
  hubs() : folder("/tmp/vss-hub-test-" + std::to_string(::getpid())) {
    std::filesystem::remove_all(folder);
    server = std::make_unique<fake_server>(loop.get_executor(), test::port(92), folder);
    finish(server->start());
  }
  ~hubs() override {
    if (hub) leave();
    finish(server->stop());
    std::filesystem::remove_all(folder);
  }

  template <class F>
  bool until(F holds, int limit_ms = 10000) {
    const auto end = std::chrono::steady_clock::now() + milliseconds(limit_ms);
    while (std::chrono::steady_clock::now() < end) {
      loop.restart();
      loop.run_for(milliseconds(5));
      if (holds()) return true;
    }
    return false;
  }
  void finish(task<void> work) {
    auto done = boost::asio::co_spawn(loop, std::move(work), boost::asio::use_future);
    EXPECT_TRUE(until([&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 20000));
    done.get();
  }
  void enter() {
    life = std::make_unique<scope>(loop.get_executor(), "fake phone");
    auto made = std::make_unique<fake_sip_agent>(*life, time, [this](sip_event event) {
      if (hub) hub->on_phone(std::move(event));
    });
    phone = made.get();
    hub = std::make_unique<vss::archont::archont>(loop.get_executor(), server->options("hub"), time, random,
                                                  std::move(made));
    finish(hub->start());
  }
  void leave() {
    finish(hub->stop());
    hub.reset();
    finish([](scope& s) -> task<void> { co_await s.stop(seconds(1)); }(*life));
  }
  // As kill -9 would leave it: the state folder of this moment is what the next life finds, whatever this one does.
  void die() {
    finish(server->cut());
    std::filesystem::copy(folder + "/hub", folder + "/left");
    leave();
    std::filesystem::remove_all(folder + "/hub");
    std::filesystem::rename(folder + "/left", folder + "/hub");
    server->listen();
  }
  link::hub_config config(int slots) const {
    link::hub_config out;
    out.realm = "vss.local";
    out.proxy = "127.0.0.1:46060";
    out.rtp_ports = "46400-46498";
    out.rest = server->rest();
    out.cdr_conninfo = "";
    for (int i = 0; i < slots; ++i) {
      const auto number = std::to_string(7001 + i);
      out.slots.push_back({number, link::slot_kind::MF, number, "secret", "tone", true});
    }
    return out;
  }
  void run_with(int slots) {
    enter();
    ASSERT_TRUE(until([&] { return server->linked(); }));
    server->push(config(slots));
    ASSERT_TRUE(until([&] { return last("config_state") != nullptr && registered() == slots; }));
  }
  const boost::json::value* last(const std::string& type) const {
    for (auto one = server->all.rbegin(); one != server->all.rend(); ++one) {
      if (one->t == type) return &one->body;
    }
    return nullptr;
  }
  std::string hash() const { return std::string(last("config_state")->at("hash").as_string()); }
  int registered() const {
    std::set<std::string> who;
    for (const auto& one : server->all) {
      if (one.t == "status" && one.body.at("registered").as_bool())
        who.insert(std::string(one.body.at("slot").as_string()));
    }
    return static_cast<int>(who.size());
  }
  int came_to_rest() const {
    std::set<std::int64_t> seen;
    for (const auto& one : server->all) {
      if (one.t == "status" && one.body.at("to") == "IDLE" && one.body.at("from") == "POSTCALL") seen.insert(one.n);
    }
    return static_cast<int>(seen.size());
  }
  bool all_lines(int slots, int code) {
    return until([&, this] {
      for (int i = 0; i < slots; ++i) {
        if (phone->busy_code(std::to_string(7001 + i)) != code) return false;
      }
      return true;
    });
  }
  // Every number from 1 on, each once when repeats are taken out, in order.
  void expect_complete() const {
    std::int64_t next = 1;
    for (const auto& one : server->all) {
      if (one.n < next) continue;  // sent again after a cut
      EXPECT_EQ(one.n, next);
      next = one.n + 1;
    }
    EXPECT_EQ(next, server->all.empty() ? 1 : server->all.back().n + 1);
  }
  void order(std::string id, std::string verb, std::string slot, boost::json::object args = {}) {
    link::command command;
    command.id = std::move(id);
    command.trail = "t";
    command.verb = std::move(verb);
    command.slot = std::move(slot);
    command.args = std::move(args);
    server->order(std::move(command));
  }
  int answers(const std::string& id) const {
    int count = 0;
    for (const auto& one : server->all) count += one.t == "command_done" && one.body.at("id").as_string() == id;
    return count;
  }

  boost::asio::io_context loop;
  system_clock time;
  system_random random;
  std::string folder;
  std::unique_ptr<fake_server> server;
  std::unique_ptr<scope> life;
  fake_sip_agent* phone = nullptr;
  std::unique_ptr<vss::archont::archont> hub;
};

}  // namespace

TEST_F(hubs, enrol_with_a_key_born_here_and_run_what_they_are_told) {
  run_with(3);
  EXPECT_FALSE(std::filesystem::exists(folder + "/token"));
  EXPECT_EQ(std::filesystem::status(folder + "/hub/hub.key").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(hash(), server->wanted_hash);
  EXPECT_EQ(last("config_state")->at("drift").as_array().size(), 0U);
  EXPECT_EQ(server->peers.size(), 1U);
  EXPECT_NE(server->peers.front(), "");
  ASSERT_TRUE(until([&] { return server->pings > 0; }));
  expect_complete();
}

TEST_F(hubs, say_what_of_a_configuration_does_not_run) {
  run_with(1);
  auto other = config(2);
  other.rtp_ports = "garbage";
  server->push(other);
  ASSERT_TRUE(until([&] { return !last("config_state")->at("drift").as_array().empty(); }));
  EXPECT_NE(hash(), server->wanted_hash);
  const auto drift = boost::json::serialize(last("config_state")->at("drift"));
  EXPECT_NE(drift.find("rtp_ports"), std::string::npos) << drift;
  EXPECT_EQ(hub->slots(), 1U);
}

TEST_F(hubs, do_not_run_a_configuration_that_is_not_what_its_hash_says) {
  run_with(1);
  const auto before = hash();
  server->push(config(3), std::string(64, '0'));
  ASSERT_TRUE(until([&] { return !last("config_state")->at("drift").as_array().empty(); }));
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(hub->slots(), 1U);
}

TEST_F(hubs, say_every_word_once_and_in_order_over_a_cut_link) {
  run_with(5);
  ASSERT_TRUE(all_lines(5, 0));
  for (int round = 0; round < 3; ++round) {
    server->acknowledges = round != 1;  // once the acks are lost, too
    finish(server->cut());
    for (int i = 0; i < 5; ++i) {
      ASSERT_TRUE(phone->call_in(std::to_string(7001 + i), static_cast<call_number>(100 * round + 2 * i + 1), ""));
    }
    ASSERT_TRUE(all_lines(5, 486));
    for (int i = 0; i < 5; ++i) phone->far_side_hangs_up(std::to_string(7001 + i));
    ASSERT_TRUE(all_lines(5, 0));
    server->listen();
    ASSERT_TRUE(until([&] { return came_to_rest() == 5 * (round + 1); }, 20000));
  }
  server->acknowledges = true;
  expect_complete();
  EXPECT_EQ(server->hellos.size(), 4U);
  EXPECT_EQ(server->hellos.back().generation, server->hellos.front().generation);
}

TEST_F(hubs, work_from_what_they_remember_when_the_server_is_away) {
  run_with(2);
  leave();
  finish(server->cut());
  enter();
  ASSERT_TRUE(all_lines(2, 0));
  EXPECT_TRUE(phone->call_in("7001", 1, ""));
  ASSERT_TRUE(until([&] { return phone->busy_code("7001") == 486; }));
  phone->far_side_hangs_up("7001");
  ASSERT_TRUE(all_lines(2, 0));
  server->listen();
  ASSERT_TRUE(until([&] { return came_to_rest() == 1; }, 20000));
  ASSERT_EQ(server->hellos.size(), 2U);
  EXPECT_EQ(server->hellos[1].generation, server->hellos[0].generation + 1);
  EXPECT_NE(server->hellos[1].run_id, server->hellos[0].run_id);
  EXPECT_EQ(server->hellos[1].config_hash, server->wanted_hash);
  EXPECT_EQ(server->hellos[1].slots.size(), 2U);
  expect_complete();
}

TEST_F(hubs, forget_nothing_when_they_are_killed) {
  run_with(2);
  ASSERT_TRUE(all_lines(2, 0));
  ASSERT_TRUE(phone->call_in("7001", 1, ""));
  ASSERT_TRUE(until([&] { return phone->busy_code("7001") == 486; }));
  server->acknowledges = false;
  order("c1", "drain", "7002");
  ASSERT_TRUE(until([&] { return answers("c1") == 1; }));
  die();
  server->acknowledges = true;
  enter();
  ASSERT_TRUE(until([&] { return answers("c1") == 2; }, 20000));  // not acknowledged before the end: it came again
  EXPECT_EQ(server->hellos.size(), 2U);
  expect_complete();
}

TEST_F(hubs, answer_a_repeated_command_again_and_do_it_once) {
  run_with(1);
  phone->behaves = [](const std::string&) { return fake_call_plan{.talk = milliseconds(-1)}; };
  order("c1", "dial", "7001", {{"to", "1001"}});
  ASSERT_TRUE(until([&] { return answers("c1") == 1; }));
  order("c1", "dial", "7001", {{"to", "1001"}});
  ASSERT_TRUE(until([&] { return answers("c1") == 2; }));
  EXPECT_EQ(phone->dialled.size(), 1U);
  order("c2", "hangup", "7001");
  order("c3", "drain", "7999");
  ASSERT_TRUE(until([&] { return answers("c2") == 1 && answers("c3") == 1; }));
}

TEST_F(hubs, let_a_slot_go_that_is_no_longer_theirs) {
  run_with(3);
  ASSERT_TRUE(all_lines(3, 0));
  server->push(config(1));
  ASSERT_TRUE(until([&] { return hash() == server->wanted_hash; }));
  ASSERT_TRUE(until([&] { return phone->busy_code("7003") != 0; }));
  ASSERT_TRUE(until([&] { return hub->slots() == 1; }, 12000));
}

TEST_F(hubs, give_a_call_ten_seconds_and_then_stop) {
  run_with(1);
  ASSERT_TRUE(all_lines(1, 0));
  ASSERT_TRUE(phone->call_in("7001", 1, ""));
  ASSERT_TRUE(until([&] { return phone->busy_code("7001") == 486; }));
  const auto began = std::chrono::steady_clock::now();
  leave();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(16));
}
