#include "net/process.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "base/scope.hpp"
#include "engines.hpp"

namespace vss::net {
namespace {

process_end go(process_options options) {
  return test::run<process_end>([&options](executor) -> task<process_end> {
    auto done = co_await run_process(std::move(options));
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    if (!done) co_return process_end{};
    co_return std::move(*done);
  });
}

TEST(process, gives_exit_code_and_both_streams_exactly) {
  const auto end = go({.argv = {"sh", "-c", "printf 'a\\0b'; printf err >&2; exit 3"}});
  EXPECT_EQ(end.exit_code, 3);
  EXPECT_EQ(end.out, std::string("a\0b", 3));
  EXPECT_EQ(end.err, "err");
  EXPECT_FALSE(end.timed_out);
}

TEST(process, arguments_are_not_a_shell_line) {
  const auto end = go({.argv = {"printf", "%s|%s", "$(id)", "a b;c"}});
  EXPECT_EQ(end.out, "$(id)|a b;c");
}

TEST(process, feeds_input_and_caps_output) {
  const auto end = go({.argv = {"cat"}, .input = std::string(300000, 'x'), .output_cap = 1000});
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.out.size(), 1000U);
  EXPECT_TRUE(end.cut);
}

TEST(process, the_environment_is_exactly_what_was_given) {
  const auto end = go({.argv = {"/usr/bin/env"}, .environment = {"A=1"}});
  EXPECT_EQ(end.out, "A=1\n");
}

TEST(process, no_descriptor_of_ours_reaches_the_child) {
  const auto end = go({.argv = {"/bin/ls", "/proc/self/fd"}});
  EXPECT_EQ(end.out, "0\n1\n2\n3\n");  // 3: the folder that ls reads
}

TEST(process, the_deadline_ends_the_whole_group) {
  const auto begun = std::chrono::steady_clock::now();
  const auto end = go({.argv = {"sh", "-c", "sleep 30 & wait"}, .limit = milliseconds(100)});
  EXPECT_TRUE(end.timed_out);
  EXPECT_EQ(end.exit_code, 128 + SIGTERM);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(1500));
}

TEST(process, a_program_that_does_not_exist_is_not_found) {
  test::check([](executor) -> task<void> {
    process_options none{.argv = {"/nonexistent"}};
    auto done = co_await run_process(std::move(none));
    EXPECT_FALSE(done);
    if (!done) EXPECT_EQ(done.error().kind, errc::not_found);
  });
}

TEST(process, a_cancelled_caller_leaves_no_child) {
  test::check([](executor on) -> task<void> {
    scope work(on, "test");
    const auto start = []() -> task<void> {
      process_options options{.argv = {"sleep", "30"}};
      co_await run_process(std::move(options));
    };
    work.spawn("sleep", start());
    co_await pause(milliseconds(50));
    EXPECT_TRUE(co_await work.stop(milliseconds(1000)));
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // ECHILD
  });
}

}  // namespace
}  // namespace vss::net
