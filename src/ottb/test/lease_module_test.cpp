// Leases against PostgreSQL: one owner, and who follows a dead one.
#include "dial_world.hpp"
#include "ottb/lease.hpp"

namespace vss::ottb {
namespace {

using namespace test;

class leases : public testing::Test {
 protected:
  void SetUp() override { clear(); }
};

task<std::int64_t> held(lease_store& by) {
  auto got = co_await by.hold("pbx:1");
  EXPECT_TRUE(got) << (got ? "" : got.error().message);
  co_return got ? *got : -1;
}
void run_out(const char* ago) {
  sql({std::string("update ottb.lease set until = clock_timestamp() - interval '") + ago + "'"});
}

TEST_F(leases, one_owner_who_keeps_his_number) {
  check([](executor on) -> task<void> {
    world w(on);
    lease_store one(w.db, "a:1:x", seconds{0});
    lease_store two(w.db, "a:2:x", seconds{0});
    const auto first = co_await held(one);
    EXPECT_GT(first, 0);
    EXPECT_EQ(co_await held(two), 0);
    EXPECT_EQ(co_await held(one), first);
    run_out("1 ms");
    EXPECT_EQ(co_await held(two), first + 1);
    EXPECT_EQ(co_await held(one), 0);
  });
}

TEST_F(leases, what_a_dead_owner_had_goes_to_a_settled_process_first) {
  check([](executor on) -> task<void> {
    world w(on);
    lease_store dead(w.db, "a:1:x", seconds{0});
    lease_store successor(w.db, "a:2:x");
    lease_store neighbour(w.db, "a:3:x", seconds{0});
    const auto first = co_await held(dead);
    run_out("800 ms");
    EXPECT_EQ(co_await held(successor), 0);
    EXPECT_EQ(co_await held(neighbour), first + 1);
    run_out("1000 ms");
    EXPECT_EQ(co_await held(successor), first + 2) << "alone, it need not wait for ever";
  });
}

TEST_F(leases, a_database_made_anew_begins_above_the_old_one) {
  check([](executor on) -> task<void> {
    world w(on);
    lease_store one(w.db, "a:1:x", seconds{0});
    const auto before = co_await held(one);
    sql({"truncate ottb.lease"});
    co_await pause(milliseconds(1100));
    EXPECT_GT(co_await held(one), before);
  });
}

TEST_F(leases, a_process_is_present_without_owning_anything_and_is_forgotten_a_day_after_it) {
  check([](executor on) -> task<void> {
    world w(on);
    lease_store one(w.db, "a:1:x", seconds{0});
    sql(
        {"insert into ottb.lease (name, owner, until) values ('server:b:2:y', 'b:2:y', now() - interval '25 h'), "
         "('server:c:3:z', 'c:3:z', now() - interval '23 h'), ('pbx:1', 'b:2:y', now() - interval '25 h')"});
    scope all(on, "test");
    all.spawn("present", stay_present(one));
    const auto there = [] {
      return scalar("select count(*) from ottb.lease where name = 'server:a:1:x' and until > now()");
    };
    for (int i = 0; i < 200 && there() != "1"; ++i) co_await pause(milliseconds(10));
    EXPECT_EQ(there(), "1");
    const auto left = [] { return scalar("select string_agg(name, ' ' order by name) from ottb.lease"); };
    for (int i = 0; i < 200 && left() != "pbx:1 server:a:1:x server:c:3:z"; ++i) co_await pause(milliseconds(10));
    EXPECT_EQ(left(), "pbx:1 server:a:1:x server:c:3:z");
    EXPECT_TRUE(co_await all.stop(seconds(5)));
  });
}

struct mark {
  explicit mark(bool& on) : on_(on) { on_ = true; }
  ~mark() { on_ = false; }
  bool& on_;
};
task<void> owned_work(bool& running) {
  mark here(running);
  co_await pause(milliseconds(30000));
}

TEST_F(leases, a_process_that_stops_ends_its_work_first_and_gives_the_lease_back) {
  check([](executor on) -> task<void> {
    world w(on);
    lease_store one(w.db, "a:1:x", seconds{0});
    lease_store two(w.db, "a:2:x", seconds{0});
    scope all(on, "test");
    bool running = false;
    const auto begin = [&running](std::int64_t, scope& work) { work.spawn("work", owned_work(running)); };
    all.spawn("loop", while_leased(one, "pbx:1", [] { return true; }, begin));
    for (int i = 0; i < 500 && !running; ++i) co_await pause(milliseconds(10));
    EXPECT_TRUE(running);
    EXPECT_TRUE(co_await all.stop(milliseconds(5000)));
    EXPECT_FALSE(running);
    EXPECT_GT(co_await held(two), 0) << "at once, not when the lease runs out";
  });
}

}  // namespace
}  // namespace vss::ottb
