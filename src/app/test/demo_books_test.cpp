#include "app/demo_books.hpp"

#include <gtest/gtest.h>

namespace vss::app {
namespace {

constexpr auto log =
    "2026-11-22\t16:31:46.771988\t1795365106.771988\tinvite\tcall-1\t+12125550100\t\n"
    "2026-11-22\t16:31:46.775770\t1795365106.775770\tringing\tcall-1\t+12125550100\t\n"
    "2026-11-22\t16:31:47.587748\t1795365107.587748\tanswered\tcall-1\t+12125550100\t\n"
    "2026-11-22\t16:31:47.771988\t1795365107.771988\tinvite\tcall-2\t+12125550155\t\n"
    "2026-11-22\t16:31:47.971988\t1795365107.971988\tinvite\tcall-2\t+12125550155\t\n"
    "broken line\n";

TEST(carrier_books, one_call_counts_once_however_often_its_invite_comes) {
  const auto books = read_carrier_log(log);
  EXPECT_EQ(books.invites, 2);
  EXPECT_EQ(books.answered, 1);
  EXPECT_EQ(books.double_dialled, 0);
}

TEST(carrier_books, two_distinct_calls_to_one_number_are_double_dialled) {
  const auto books = read_carrier_log(std::string(log) + "d\tt\ts\tinvite\tcall-3\t+12125550155\t\n");
  EXPECT_EQ(books.double_dialled, 1);
}

demo_books balanced() {
  demo_books books;
  books.leads = 3;
  books.finished = 2;
  books.due = 1;
  books.attempts = 3;
  books.outcomes = {{"answered", 1}, {"busy", 1}, {"refused", 1}};
  books.cdrs = 2;
  books.carrier.answered = 1;
  return books;
}

TEST(demo_books, say_nothing_when_they_balance) { EXPECT_TRUE(imbalances(balanced()).empty()); }

TEST(demo_books, name_every_sum_that_does_not_fit) {
  auto books = balanced();
  books.due = 0;
  books.outcomes["busy"] = 2;
  books.carrier.answered = 2;
  books.carrier.double_dialled = 1;
  EXPECT_EQ(imbalances(books).size(), 5U);
}

TEST(demo_books, the_line_has_what_machines_read) {
  const auto line = to_line(balanced());
  for (const char* key : {"leads", "attempts", "answered", "busy", "no_answer", "failed", "refused", "dtmf",
                          "carrier_invites", "double_dialled", "cdrs", "seconds"}) {
    EXPECT_TRUE(line.contains(key)) << key;
  }
}

}  // namespace
}  // namespace vss::app
