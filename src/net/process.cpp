#include "net/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <stdexcept>

#include "base/scope.hpp"

extern char** environ;

namespace vss::net {
namespace asio = boost::asio;
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
using descriptor = asio::posix::stream_descriptor;

struct pipe_ends {
  int read = -1;
  int write = -1;
  pipe_ends() {
    std::array<int, 2> both{-1, -1};
    if (::pipe2(both.data(), O_CLOEXEC) == 0) {
      read = both[0];
      write = both[1];
    }
  }
  ~pipe_ends() {
    close_read();
    close_write();
  }
  pipe_ends(const pipe_ends&) = delete;
  pipe_ends& operator=(const pipe_ends&) = delete;
  void close_read() {
    if (read >= 0) ::close(std::exchange(read, -1));
  }
  void close_write() {
    if (write >= 0) ::close(std::exchange(write, -1));
  }
};

std::vector<std::string> own_environment() {
  std::vector<std::string> out;
  for (const auto* key : {"PATH", "HOME", "LANG"}) {
    if (const char* value = ::getenv(key)) out.push_back(std::string(key) + "=" + value);
  }
  return out;
}

std::vector<char*> c_strings(std::vector<std::string>& from) {
  std::vector<char*> out;
  for (auto& one : from) out.push_back(one.data());
  out.push_back(nullptr);
  return out;
}

// The child: own process group, default signals, only our three pipes.
int launch(process_options& options, const pipe_ends& in, const pipe_ends& out, const pipe_ends& err, pid_t& pid) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in.read, 0);
  posix_spawn_file_actions_adddup2(&files, out.write, 1);
  posix_spawn_file_actions_adddup2(&files, err.write, 2);
  posix_spawn_file_actions_addclosefrom_np(&files, 3);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (options.environment.empty()) options.environment = own_environment();
  auto argv = c_strings(options.argv);
  auto environment = c_strings(options.environment);
  const int failed = ::posix_spawnp(&pid, argv[0], &files, &attributes, argv.data(), environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

// A child that runs. Whoever leaves early (cancellation) kills its whole group and leaves no zombie.
struct child {
  pid_t pid = -1;
  bool reaped = false;
  void signal(int which) const {
    if (!reaped) ::kill(-pid, which);
  }
  ~child() {
    if (pid <= 0 || reaped) return;
    signal(SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
};

struct stream {
  stream(executor on, int fd) : end(on, fd), over(on) {}
  descriptor end;
  wakeup over;
  std::string text{};
  bool cut = false;
  bool ended = false;
};

// Ends the reading of a stream whose caller left.
struct hold {
  std::shared_ptr<stream> what;
  stream* operator->() const { return what.get(); }
  ~hold() {
    boost::system::error_code ignored;
    what->end.close(ignored);
  }
};

task<void> drain(std::shared_ptr<stream> from, std::size_t cap) {
  std::array<char, 8192> block;
  while (!from->ended) {
    const auto got = co_await from->end.async_read_some(asio::buffer(block), as_result);
    const auto size = std::get<1>(got);
    const auto room = cap - from->text.size();
    from->text.append(block.data(), std::min(size, room));
    from->cut |= size > room;
    from->ended = static_cast<bool>(std::get<0>(got));
  }
  from->over.notify();
}

// A child that does not read its input ends the writing, not us (our programs ignore SIGPIPE).
task<void> feed(std::shared_ptr<stream> to) {
  std::size_t at = 0;
  while (at < to->text.size()) {
    const auto rest = asio::buffer(to->text.data() + at, to->text.size() - at);
    const auto put = co_await to->end.async_write_some(rest, as_result);
    if (std::get<0>(put)) break;
    at += std::get<1>(put);
  }
  boost::system::error_code ignored;
  to->end.close(ignored);
}

// true: it ended within `limit`.
task<bool> ends_within(std::shared_ptr<descriptor> watch, milliseconds limit) {
  asio::steady_timer timer(watch->get_executor(), limit);
  timer.async_wait([weak = std::weak_ptr(watch)](boost::system::error_code stopped) {
    const auto alive = weak.lock();
    if (!stopped && alive) alive->cancel();
  });
  const auto seen = co_await watch->async_wait(descriptor::wait_read, as_result);
  const auto stopped = co_await asio::this_coro::cancellation_state;
  if (stopped.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  co_return !std::get<0>(seen);
}

int exit_code(child& of) {
  int status = 0;
  ::waitpid(of.pid, &status, 0);
  of.reaped = true;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Waits for the end, asks for it when the time is up, insists two seconds later. true: the time was up.
task<bool> see_it_end(const child& of, milliseconds limit) {
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, of.pid, 0));
  if (fd < 0) throw std::runtime_error("no descriptor is left to watch a child process");
  const auto watch = std::make_shared<descriptor>(co_await this_executor(), fd);
  if (co_await ends_within(watch, limit)) co_return false;
  of.signal(SIGTERM);
  if (co_await ends_within(watch, milliseconds(2000))) co_return true;
  of.signal(SIGKILL);
  co_await ends_within(watch, milliseconds(5000));
  co_return true;
}

// What the child wrote is in the pipe when it ends; only a grandchild that kept the pipe makes us wait, and not for
// long.
task<void> rest(const hold& from) {
  const auto until = std::chrono::steady_clock::now() + milliseconds(500);
  while (!from->ended) {
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) co_return;
    co_await from->over.wait(left);
  }
}

}  // namespace

task<result<process_end>> run_process(process_options options) {
  if (options.argv.empty()) co_return fail(errc::invalid, "no program is named");
  const auto on = co_await this_executor();
  pipe_ends in, out, err;
  if (in.read < 0 || out.read < 0 || err.read < 0) co_return fail(errc::unavailable, "no descriptor is left");
  child running;
  const auto limit = options.limit;
  const auto cap = options.output_cap;
  if (const int failed = launch(options, in, out, err, running.pid); failed != 0) {
    running.pid = -1;
    co_return fail(errc::not_found, options.argv[0] + " cannot be started");
  }
  in.close_read();
  out.close_write();
  err.close_write();
  const hold input{std::make_shared<stream>(on, std::exchange(in.write, -1))};
  const hold output{std::make_shared<stream>(on, std::exchange(out.read, -1))};
  const hold errors{std::make_shared<stream>(on, std::exchange(err.read, -1))};
  input->text = std::move(options.input);
  scope work(on, "process");
  work.spawn("stdin", feed(input.what));
  work.spawn("stdout", drain(output.what, cap));
  work.spawn("stderr", drain(errors.what, cap));
  process_end end;
  end.timed_out = co_await see_it_end(running, limit);
  end.exit_code = exit_code(running);
  co_await rest(output);
  co_await rest(errors);
  end.out = std::move(output->text);
  end.err = std::move(errors->text);
  end.cut = output->cut || errors->cut;
  co_return end;
}

}  // namespace vss::net
