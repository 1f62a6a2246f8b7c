#include "archont/journal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "archont/identity.hpp"

using namespace vss;
using namespace vss::archont;

namespace {

class journals : public testing::Test {
 protected:
  journals() : file("/tmp/vss-journal-test-" + std::to_string(::getpid()) + ".sqlite") {
    remove();
    reopen();
  }
  ~journals() override {
    it.reset();
    remove();
  }
  void reopen() {
    it.reset();
    it = std::make_unique<journal>(file);
  }
  void remove() {
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(file + tail);
  }
  std::string file;
  std::unique_ptr<journal> it;
};

}  // namespace

TEST_F(journals, numbers_only_grow_also_over_restarts_and_acks) {
  EXPECT_EQ(it->last_message(), 0);
  EXPECT_EQ(*it->add_message("status", "{}"), 1);
  EXPECT_EQ(*it->add_message("status", "{}"), 2);
  it->drop_messages(2);
  reopen();
  EXPECT_EQ(it->last_message(), 2);
  EXPECT_EQ(*it->add_message("event", R"({"a":1})"), 3);
  const auto waiting = it->messages_after(0, 10);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].n, 3);
  EXPECT_EQ(waiting[0].t, "event");
  EXPECT_EQ(waiting[0].body, R"({"a":1})");
}

TEST_F(journals, go_on_above_what_the_server_has_seen) {
  it->add_message("status", "{}");
  it->raise_last_message(40);
  EXPECT_EQ(*it->add_message("status", "{}"), 41);
  it->raise_last_message(7);
  EXPECT_EQ(*it->add_message("status", "{}"), 42);
}

TEST_F(journals, pages_come_in_order) {
  for (int i = 0; i < 10; ++i) it->add_message("status", std::to_string(i));
  const auto page = it->messages_after(4, 3);
  ASSERT_EQ(page.size(), 3U);
  EXPECT_EQ(page.front().n, 5);
  EXPECT_EQ(page.back().n, 7);
}

TEST_F(journals, a_spool_keeps_each_paper_once_until_it_is_dropped) {
  EXPECT_TRUE(it->put(journal::spool::cdr, "a", "1"));
  EXPECT_TRUE(it->put(journal::spool::cdr, "a", "2"));
  EXPECT_TRUE(it->put(journal::spool::cdr, "b", "3"));
  EXPECT_TRUE(it->put(journal::spool::report, "a", "4"));
  reopen();
  auto items = it->first(journal::spool::cdr, 10);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].body, "1");
  it->drop(journal::spool::cdr, {"a"});
  EXPECT_EQ(it->first(journal::spool::cdr, 10).size(), 1U);
  EXPECT_EQ(it->first(journal::spool::report, 10).size(), 1U);
  EXPECT_EQ(it->depth(), 2);
}

TEST_F(journals, an_attempt_begins_once_whatever_happens) {
  EXPECT_TRUE(it->begin_attempt("x", "7001", 3, "t"));
  EXPECT_FALSE(it->begin_attempt("x", "7001", 4, "t"));
  reopen();
  ASSERT_EQ(it->open_attempts().size(), 1U);
  EXPECT_EQ(it->open_attempts()[0].epoch, 3);
  it->end_attempt("x");
  EXPECT_TRUE(it->open_attempts().empty());
  EXPECT_TRUE(it->knows_attempt("x"));
  EXPECT_FALSE(it->begin_attempt("x", "7001", 5, "t"));
  EXPECT_FALSE(it->knows_attempt("y"));
}

TEST_F(journals, values_counters_and_answers_stay) {
  EXPECT_FALSE(it->value("config").has_value());
  it->set("config", "one");
  it->set("config", "two");
  EXPECT_EQ(it->count("generation"), 1);
  it->keep_command_answer("c", "done");
  reopen();
  EXPECT_EQ(it->value("config"), "two");
  EXPECT_EQ(it->count("generation"), 2);
  EXPECT_EQ(it->command_answer("c"), "done");
  EXPECT_FALSE(it->command_answer("d").has_value());
}

TEST(identity, a_key_signs_and_asks_for_a_certificate) {
  const auto key = make_key_pem();
  EXPECT_NE(key, make_key_pem());
  EXPECT_TRUE(key.starts_with("-----BEGIN"));
  const auto csr = make_csr_pem(key, "archont");
  EXPECT_TRUE(csr.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
  const auto signature = sign_base64url(key, "text");
  EXPECT_GT(signature.size(), 60U);
  EXPECT_EQ(signature.find_first_of("+/="), std::string::npos);
}
