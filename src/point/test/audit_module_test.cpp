#include <gtest/gtest.h>

#include "point/crypto.hpp"
#include "point/test/point_rig.hpp"

namespace vss::point {
namespace {

using namespace test;

class audit_with : public testing::Test {
 protected:
  void SetUp() override { at_ = std::make_unique<site>("vss_point_audit"); }
  std::unique_ptr<site> at_;
};

audit_entry entry(int n) {
  return {.actor = "system",
          .action = "test.thing",
          .object = "thing:" + std::to_string(n),
          .trail = "t",
          .detail = {{"n", n}, {"text", "quotes \" and \\ and Привет"}}};
}

task<void> append_many(server* at, int count) {
  for (int i = 0; i < count; ++i) {
    auto done = co_await at->point.audit().append(entry(i));
    EXPECT_TRUE(done) << done.error().message;
  }
}

task<verification> verified(server& at, const site& where) {
  const auto options = options_for(where.where, where.folder);
  auto done = co_await verify_audit_offline(at.db, options.secrets, options.checkpoints, at.time.now());
  if (!done) throw std::runtime_error(done.error().message);
  co_return *done;
}

TEST_F(audit_with, eight_writers_in_two_processes_leave_no_gap) {
  with_servers(*at_, 2, [this](auto& servers) -> task<void> {
    const auto started = std::chrono::steady_clock::now();
    scope many(servers[0]->work.on(), "many");
    for (int i = 0; i < 8; ++i) many.spawn("writer", append_many(servers[static_cast<std::size_t>(i % 2)].get(), 150));
    while (many.running() > 0) co_await pause(milliseconds(5));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    const auto whole = co_await verified(*servers[0], *at_);
    EXPECT_TRUE(whole.ok) << (whole.findings.empty() ? "" : whole.findings[0].message);
    EXPECT_EQ(whole.rows, 1200);
    EXPECT_EQ(whole.last_seq, 1200);
    RecordProperty("rows_per_second", static_cast<int>(1200 / took.count()));
  });
}

TEST_F(audit_with, waiting_rows_are_written_together) {
  with_servers(*at_, 1, [this](auto& servers) -> task<void> {
    scope many(servers[0]->work.on(), "many");
    for (int i = 0; i < 2000; ++i) many.spawn("writer", append_many(servers[0].get(), 1));
    while (many.running() > 0) co_await pause(milliseconds(5));
    const auto whole = co_await verified(*servers[0], *at_);
    EXPECT_TRUE(whole.ok);
    EXPECT_EQ(whole.rows, 2000);
  });
}

TEST_F(audit_with, the_log_is_append_only_for_the_application) {
  with_servers(*at_, 1, [this](auto& servers) -> task<void> {
    co_await append_many(servers[0].get(), 3);
    for (const char* sql : {"update point.security_audit_log set actor = 'x'", "delete from point.security_audit_log",
                            "truncate point.security_audit_log"}) {
      EXPECT_ANY_THROW(vss::test::psql(at_->where, {sql})) << sql;
    }
    EXPECT_EQ((co_await verified(*servers[0], *at_)).rows, 3);
  });
}

TEST_F(audit_with, entries_that_cannot_be_kept_are_refused_alone) {
  with_servers(*at_, 1, [this](auto& servers) -> task<void> {
    auto& log = servers[0]->point.audit();
    auto fraction = entry(1);
    fraction.detail["x"] = 1.5;
    EXPECT_EQ((co_await log.append(fraction)).error().kind, errc::invalid);
    auto nul = entry(1);
    nul.detail["x"] = std::string("a\0b", 3);
    EXPECT_EQ((co_await log.append(nul)).error().kind, errc::invalid);
    auto large = entry(1);
    large.detail["x"] = std::string(20'000, 'x');
    EXPECT_EQ((co_await log.append(large)).error().kind, errc::invalid);
    auto odd = entry(1);
    odd.actor = "\xff\xfe";
    odd.object = std::string(2000, 'o');
    EXPECT_TRUE(co_await log.append(odd));
    const auto whole = co_await verified(*servers[0], *at_);
    EXPECT_TRUE(whole.ok);
    EXPECT_EQ(whole.rows, 1);
  });
}

// What somebody does who owns the database: triggers off, then anything.
TEST_F(audit_with, every_kind_of_tampering_is_found) {
  const std::string off = "alter table point.security_audit_log disable trigger all";
  const std::string on = "alter table point.security_audit_log enable trigger all";
  struct attack {
    std::string kind;
    std::vector<std::string> sql;
  };
  const std::vector<attack> attacks{
      {"edited", {"update point.security_audit_log set actor = 'somebody' where seq = 5"}},
      {"edited", {"update point.security_audit_log set at = at + interval '1 microsecond' where seq = 5"}},
      {"edited", {"update point.security_audit_log set detail = '{}' where seq = 5"}},
      {"missing", {"delete from point.security_audit_log where seq = 5"}},
      {"moved",
       {"update point.security_audit_log set seq = 1005 where seq = 5",
        "update point.security_audit_log set seq = 5 where seq = 6",
        "update point.security_audit_log set seq = 6 where seq = 1005"}},
      {"cut",
       {"delete from point.security_audit_log where seq > 15",
        "update point.audit_head set seq = 15, hash = (select hash from point.security_audit_log where seq = 15)"}},
      {"checkpoint", {"update point.audit_head set chain = gen_random_uuid()"}},
  };
  for (const auto& one : attacks) {
    at_ = std::make_unique<site>("vss_point_audit");
    with_servers(*at_, 1, [&](auto& servers) -> task<void> {
      co_await append_many(servers[0].get(), 20);
      co_await servers[0]->point.finish();
      const auto before = co_await verified(*servers[0], *at_);
      EXPECT_TRUE(before.ok);
      EXPECT_EQ(before.checkpoints, 1u);
    });
    vss::test::psql(at_->where, {off});
    for (const auto& sql : one.sql) vss::test::psql(at_->where, {sql});
    vss::test::psql(at_->where, {on});
    with_servers(*at_, 1, [&](auto& servers) -> task<void> {
      const auto after = co_await verified(*servers[0], *at_);
      EXPECT_FALSE(after.ok) << one.sql[0];
      EXPECT_FALSE(after.findings.empty());
      if (one.kind != "checkpoint") EXPECT_EQ(after.findings.at(0).kind, one.kind) << one.sql[0];
    });
  }
}

TEST_F(audit_with, a_checkpoint_is_written_once_and_torn_lines_are_cut_off) {
  const std::string file = at_->folder + "/c.jsonl";
  const std::string seed(32, 'c');
  const checkpoint first{"chain", 10, std::string(64, 'a'), "2026-11-22T00:00:00.000000Z", ""};
  EXPECT_TRUE(append_checkpoint(file, first, seed).value());
  EXPECT_FALSE(append_checkpoint(file, first, seed).value());
  std::ofstream(file, std::ios::app) << "{\"torn";
  auto second = first;
  second.seq = 20;
  EXPECT_TRUE(append_checkpoint(file, second, seed).value());
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto read = read_checkpoints(text, "chain", ed25519_from_seed(seed).open);
  EXPECT_TRUE(read.findings.empty());
  EXPECT_EQ(read.mine.size(), 2u);
  EXPECT_FALSE(append_checkpoint("/nowhere/at/all", first, seed));
}

TEST_F(audit_with, the_log_goes_on_after_its_connection_was_cut) {
  with_servers(*at_, 1, [this](auto& servers) -> task<void> {
    co_await append_many(servers[0].get(), 5);
    scope many(servers[0]->work.on(), "many");
    int done = 0;
    const auto keep_on = [&]() -> task<void> {
      for (int i = 0; i < 40; ++i) {
        auto written = co_await servers[0]->point.audit().append(entry(i));
        if (written)
          ++done;
        else
          co_await pause(milliseconds(50));
      }
    };
    for (int i = 0; i < 8; ++i) many.spawn("writer", keep_on());
    for (int i = 0; i < 5; ++i) {
      co_await pause(milliseconds(60));
      vss::test::psql(vss::test::conninfo("vss_point_audit", "postgres"),
                      {"select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%audit%'"});
    }
    while (many.running() > 0) co_await pause(milliseconds(5));
    // the last cut may have been later than the last writer: then the first word after it is refused, and no later one
    const auto goes_on = [&]() -> task<bool> {
      co_return (co_await servers[0]->point.audit().append(entry(1))).has_value();
    };
    EXPECT_TRUE(co_await eventually(goes_on));
    const auto whole = co_await verified(*servers[0], *at_);
    EXPECT_TRUE(whole.ok);
    // every row that was promised is there; none is there that was refused
    EXPECT_EQ(whole.rows, 5 + done + 1);
  });
}

}  // namespace
}  // namespace vss::point
